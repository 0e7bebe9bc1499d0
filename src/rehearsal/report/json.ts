// The report as JSON: all of it, with times in RFC 3339.
import type { Comparison } from './comparison.ts';
import type { Report } from './report.ts';

const TIMES = new Set(['at', 'from', 'to', 'startedAt', 'endedAt', 'healedAt']);
/** Epoch milliseconds are above, and lengths and figures below. */
const EARLIEST_MS = 1e11;

export function jsonReport(report: Report, against: Comparison | null): string {
  const whole = against === null ? report : { ...report, against };
  return `${JSON.stringify(whole, (key, value: unknown) => (isTime(key, value) ? new Date(value).toISOString() : value), 2)}\n`;
}

const isTime = (key: string, value: unknown): value is number =>
  typeof value === 'number' && value > EARLIEST_MS && TIMES.has(key);
