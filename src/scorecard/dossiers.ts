// What is known about each client, gathered piece by piece, and judged at the end.
import { ATTEMPT_LAYOUT, RowAttempt } from './attempt-rows.ts';
import type { Columns } from './columns.ts';
import type { Delivery, LeftOut, Span } from './evidence.ts';
import { Gathered } from './gathered.ts';
import { addTo } from './groups.ts';
import { HAPPENED_LAYOUT, RowHappened } from './happened-rows.ts';
import { Names } from './names.ts';
import type { Rows } from './rows.ts';
import { type ClientScorecard, scoreClient } from './score.ts';
import type { Thresholds } from './thresholds.ts';

export type OwnedDelivery = Delivery & { readonly client: string };

/** When rules were in force that struck these clients; none named: everybody. */
export interface FaultTime extends Span {
  readonly clients: readonly string[];
}

/** All that is the same for every client, times in milliseconds since the origin. */
export interface Circumstances {
  /** Until when it is looked at. */
  readonly to: number;
  /** In any order; they may overlap. */
  readonly faults: readonly FaultTime[];
  /** Operations a second that are said to be asked of each client. */
  readonly demand: number | null;
  readonly timeScale: number;
  readonly evicted: number;
  readonly leftOut?: LeftOut;
  readonly thresholds: Thresholds;
  /** Whether attempts and happenings came newest first. */
  readonly isNewestFirst: boolean;
  /** Only this one. */
  readonly client: string | null;
}

/** Something that is known about clients. */
export type Piece =
  | { readonly attempts: Rows }
  | { readonly happened: Rows }
  | { readonly deliveries: readonly OwnedDelivery[] };

export class Dossiers {
  readonly #names = new Names();
  readonly #attempts = new Gathered(ATTEMPT_LAYOUT, this.#names);
  readonly #happened = new Gathered(HAPPENED_LAYOUT, this.#names);
  readonly #deliveries = new Map<string, OwnedDelivery[]>();

  take(piece: Piece): void {
    if ('attempts' in piece) this.#attempts.take(piece.attempts);
    else if ('happened' in piece) this.#happened.take(piece.happened);
    else for (const delivery of piece.deliveries) addTo(this.#deliveries, delivery.client, this.#named(delivery));
  }

  /** Once, and nothing more is taken. By client's name; one is judged after the other, and what is known of it is forgotten then. */
  score(circumstances: Circumstances): ClientScorecard[] {
    const { client: only } = circumstances;
    this.#names.forget();
    const known = new Set([...this.#attempts.clients, ...this.#happened.clients, ...this.#deliveries.keys()]);
    const clients = only === null ? [...known] : [only];
    return clients.sort((a, b) => (a < b ? -1 : 1)).map((client) => this.#scoreOne(client, circumstances));
  }

  #named(delivery: OwnedDelivery): OwnedDelivery {
    return { ...delivery, order: typeof delivery.order === 'string' ? this.#names.ofText(delivery.order) : null };
  }

  #scoreOne(client: string, circumstances: Circumstances): ClientScorecard {
    const { to, demand, timeScale, evicted, leftOut, thresholds, isNewestFirst } = circumstances;
    const [attemptRows, happenedRows] = [this.#attempts.of(client), this.#happened.of(client)];
    const attempts = rowsOf(attemptRows, isNewestFirst, (of, row) => new RowAttempt(of, row));
    const happened = rowsOf(happenedRows, isNewestFirst, (of, row) => new RowHappened(of, row));
    const deliveries = this.#deliveries.get(client) ?? [];
    for (const list of [attempts, happened, deliveries]) list.sort((a, b) => a.at - b.at); // a record has them as they ended
    const from = Math.min(to, attempts[0]?.at ?? to, happened[0]?.at ?? to);
    const faults = mergedFor(client, circumstances.faults, { from, to });
    const evidence = { client, whole: { from, to }, faults, demand: demand ?? undefined, timeScale, evicted, leftOut };
    const scorecard = scoreClient({ ...evidence, attempts, happened, deliveries }, thresholds);
    for (const columns of [attemptRows, happenedRows]) columns?.forget();
    return scorecard;
  }
}

/** Of each row, the last first where they came newest first. */
function rowsOf<Item>(
  columns: Columns | undefined,
  isReversed: boolean,
  make: (of: Columns, row: number) => Item,
): Item[] {
  const items: Item[] = [];
  if (!columns) return items;
  const last = columns.count - 1;
  for (let at = 0; at <= last; at++) items.push(make(columns, isReversed ? last - at : at));
  return items;
}

/** Within the whole, in order, without gaps of no length. */
export function mergedFor(client: string, times: readonly FaultTime[], whole: Span): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const time of [...times].sort((a, b) => a.from - b.from)) {
    if (time.clients.length > 0 && !time.clients.includes(client)) continue;
    const from = Math.max(time.from, whole.from);
    const to = Math.min(time.to, whole.to);
    const last = spans.at(-1);
    if (to < from) continue;
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}
