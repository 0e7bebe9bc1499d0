// The rows of the clients: figures of the last summary, rates of the last seconds, and their order.
import type { Summary, SummaryClient } from '../../../../admin/contract/summary.ts';
import { GAP_MS } from '../../live/rates.ts';

/** How the server names all clients that it does not tell one by one. */
export const OTHER = 'other';

const RATE_MS = 5000;
const FAILED_MS = 30_000;

export interface ClientRow extends SummaryClient {
  /** A second; null: not known. */
  readonly rate: number | null;
  /** Of those that ended lately; null: none did. */
  readonly failedShare: number | null;
}

export function clientRows(summaries: readonly Summary[]): ClientRow[] {
  return (summaries.at(-1)?.clients ?? []).map((now) => {
    const known = spanOf(summaries, now.client);
    return { ...now, rate: rateOf(known), failedShare: failedShareOf(known) };
  });
}

interface Seen extends SummaryClient {
  readonly atMs: number;
}

/** The newest seconds without a gap in which the row stands for the same; the newest first. */
function spanOf(summaries: readonly Summary[], client: string): Seen[] {
  const span: Seen[] = [];
  const now = summaries.at(-1);
  if (!now) return span;
  const told = namesIn(now);
  for (let at = summaries.length - 1; at >= 0; at--) {
    const summary = summaries[at] as Summary;
    const row = summary.clients.find((one) => one.client === client);
    const later = span.at(-1);
    const atMs = Date.parse(summary.at);
    if (!row || (later && (later.atMs - atMs > GAP_MS || later.arrived < row.arrived))) break;
    if (client === OTHER && namesIn(summary) !== told) break; // who is counted here has changed
    if (span[0] && span[0].atMs - atMs > FAILED_MS) break;
    span.push({ ...row, atMs });
  }
  return span;
}

const namesIn = ({ clients }: Summary): string =>
  clients
    .map(({ client }) => client)
    .sort()
    .join('\n');

function rateOf(span: readonly Seen[]): number | null {
  const now = span[0];
  const first = span.findLast(({ atMs }) => now !== undefined && now.atMs - atMs <= RATE_MS);
  if (!now || !first || first === now) return null;
  return ((now.arrived - first.arrived) * 1000) / (now.atMs - first.atMs);
}

function failedShareOf(span: readonly Seen[]): number | null {
  const [now, first] = [span[0], span.at(-1)];
  if (!now || !first) return null;
  const ended = now.arrived - now.open - (first.arrived - first.open);
  return ended <= 0 ? null : Math.min(1, (now.failed - first.failed) / ended);
}
