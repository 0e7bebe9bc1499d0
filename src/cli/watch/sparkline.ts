// Numbers as a line of bars, a character each.

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * From nothing to `top`; null is left blank, and whatever is above nothing is seen to be. Written here: sparkly, the
 * library for it, brings five packages of colours for these lines.
 */
export function sparkline(values: readonly (number | null)[], top: number): string {
  const bar = (value: number): string => {
    const step = top > 0 ? Math.ceil((value / top) * (BARS.length - 1)) : 0;
    return BARS[Math.min(Math.max(step, 0), BARS.length - 1)] as string;
  };
  return values.map((value) => (value === null ? ' ' : bar(value))).join('');
}
