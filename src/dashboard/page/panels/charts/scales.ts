// How far the axes of charts reach: to round numbers, so that they stand still while values move a little.

export type Range = [min: number, max: number];
export type Scale = 'from-zero' | 'share' | 'latency' | 'near';

/** The least that a latency axis reaches to, in ms. */
const LATENCY_MS = 1000;
/** The least that an axis near its values spans. */
const NEAR_SPAN = 10;

/** Null: there is no value to show. */
export function rangeOf(scale: Scale, min: number | null, max: number | null): Range {
  const [least, most] = [min ?? 0, max ?? 0];
  switch (scale) {
    case 'share':
      return [0, 1];
    case 'from-zero':
      return [0, roundUp(Math.max(1, most))];
    case 'latency': // logarithmic: an outage takes a thousand times as long as the calm
      return [least < 1 && min !== null ? 0.1 : 1, 10 ** Math.ceil(Math.log10(Math.max(LATENCY_MS, most)))];
    case 'near': {
      const step = 10 ** Math.floor(Math.log10(Math.max(NEAR_SPAN, most - least)));
      const from = Math.floor(least / step) * step;
      return [from, Math.max(from + NEAR_SPAN, Math.ceil((most + 1) / step) * step)];
    }
  }
}

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** To the next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((one) => value <= one * power * (1 + Number.EPSILON));
  return (step ?? 10) * power;
}

/** Distances that ticks of counts may have. */
export const COUNT_STEPS: number[] = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();
