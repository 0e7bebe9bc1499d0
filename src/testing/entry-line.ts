// An entry of the journal as one line for the message of a failed test.
import type { Entry } from '../admin/contract/entry.ts';

export type ArrivedEntry = Exclude<Entry, { kind: 'event' }>;

const MAX_URL_CHARS = 80;
const MAX_LINE_CHARS = 240;
const SINCE_WIDTH = 9;

/** `+12 ms  GET /v1/sessions → 503 in 3 ms  by flaky-503/0 (error-status)  client my-shop`; times since `startedAtMs`. */
export function entryLine(entry: ArrivedEntry, startedAtMs: number): string {
  const isExchange = entry.kind === 'exchange';
  const asked = isExchange
    ? `${entry.method} ${shortened(entry.url, MAX_URL_CHARS)}`
    : `connection ${entry.connection}`;
  const columns = [
    `+${Math.max(0, Date.parse(entry.at) - startedAtMs)} ms`.padEnd(SINCE_WIDTH),
    `${asked} → ${outcomeOf(entry)}`,
    ...(entry.hits.length > 0 ? [`by ${hitsOf(entry)}`] : []),
    ...(isExchange ? [`client ${entry.client}`] : []),
  ];
  return shortened(columns.join('  '), MAX_LINE_CHARS);
}

function outcomeOf(entry: ArrivedEntry): string {
  if (entry.ended === null || entry.endedAt === null) return 'open';
  const lasted = `in ${Date.parse(entry.endedAt) - Date.parse(entry.at)} ms`;
  const status = entry.kind === 'exchange' ? entry.status : null;
  if (status === null) return `${entry.ended} ${lasted}`;
  return entry.ended === 'answered' ? `${status} ${lasted}` : `${status}, ${entry.ended} ${lasted}`;
}

function hitsOf({ hits }: ArrivedEntry): string {
  const faults = new Map(hits.map(({ rule, fault }) => [rule, fault]));
  return [...faults].map(([rule, fault]) => `${rule} (${fault})`).join(', ');
}

const shortened = (text: string, maxChars: number): string =>
  text.length <= maxChars ? text : `${text.slice(0, maxChars - 1)}…`;
