// Spans and moments as a terminal shows them: `4m10s`, `2026-11-26 12:33:02 UTC`.

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** `45s`, `4m10s`, `2h14m`, `3d04h`: two units at most, and nothing below a second; what is past is `0s`. */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS));
  const two = (count: number): string => String(count).padStart(2, '0');
  if (seconds < MINUTE_S) return `${seconds}s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)}m${two(seconds % MINUTE_S)}s`;
  if (seconds < DAY_S) return `${Math.floor(seconds / HOUR_S)}h${two(Math.floor((seconds % HOUR_S) / MINUTE_S))}m`;
  return `${Math.floor(seconds / DAY_S)}d${two(Math.floor((seconds % DAY_S) / HOUR_S))}h`;
}

/** In UTC, to the second. */
export const momentWords = (epochMs: number): string => `${isoSecond(epochMs).replace('T', ' ')} UTC`;

/** The time of day in UTC. */
export const timeOfDay = (at: string): string => isoSecond(Date.parse(at)).slice('2026-11-26T'.length);

const isoSecond = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, '2026-11-26T12:33:02'.length);

/** The clock of the box office beside the real one. */
export function boxOfficeWords(epochMs: number, aheadMs: number): string {
  if (Math.abs(aheadMs) < SECOND_MS) return 'the same';
  return `${momentWords(epochMs)} (${spanWords(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead' : 'behind'})`;
}
