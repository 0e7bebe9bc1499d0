// How durations are written, 250ms, 3s, 5m, 2h, 1d, and read.
// No library: `ms`, `@lukeed/ms` and `parse-duration` also take `5`, `-5s` and `3 weeks`, and the first two write 90000 as
// `2m`, so the form and the schema would still be ours, and only a table of five units saved.

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** So many digits behind the point that the number is never written with an exponent. */
export const FORM = /^(\d{1,11}(?:\.\d{1,6})?)(ms|s|m|h|d)$/;

/** No duration is longer, so that a moment and a duration still make a moment that can be written. */
export const MAX_DURATION_MS = 366 * UNIT_MS.d;

/** What is allowed, for messages. */
export const DURATION_FORM = `a duration such as 250ms, 3s, 5m, 2h or 1d, at most ${MAX_DURATION_MS / UNIT_MS.d}d`;

/** Milliseconds of a written duration, or undefined when it is none or longer than MAX_DURATION_MS. */
export function parseDuration(text: string): number | undefined {
  const parts = FORM.exec(text.trim());
  if (!parts) return undefined;
  const ms = Number(parts[1]) * UNIT_MS[parts[2] as keyof typeof UNIT_MS];
  return ms <= MAX_DURATION_MS ? ms : undefined;
}

/** Writes milliseconds in the largest unit that keeps them whole. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const)
    if (ms >= UNIT_MS[unit] && ms % UNIT_MS[unit] === 0) return `${ms / UNIT_MS[unit]}${unit}`;
  return `${ms}ms`;
}
