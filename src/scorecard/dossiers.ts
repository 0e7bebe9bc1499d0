// What is known about each client, gathered piece by piece, and judged at the end.
import { ATTEMPT_LAYOUT } from './attempt-rows.ts';
import { Dossier } from './dossier.ts';
import type { Delivery, LeftOut, Span } from './evidence.ts';
import { HAPPENED_LAYOUT } from './happened-rows.ts';
import { RowReader } from './row-reader.ts';
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
  /** Only this one. */
  readonly client: string | null;
}

/** Something that is known about clients. */
export type Piece =
  | { readonly attempts: Rows }
  | { readonly happened: Rows }
  | { readonly deliveries: readonly OwnedDelivery[] };

export class Dossiers {
  readonly #byClient = new Map<string, Dossier>();
  readonly #attempts = new RowReader(ATTEMPT_LAYOUT, (client, texts) => this.#of(client).attempts(texts));
  readonly #happened = new RowReader(HAPPENED_LAYOUT, (client, texts) => this.#of(client).happened(texts));

  take(piece: Piece): void {
    if ('attempts' in piece) this.#attempts.take(piece.attempts);
    else if ('happened' in piece) this.#happened.take(piece.happened);
    else for (const delivery of piece.deliveries) this.#of(delivery.client).deliver(delivery);
  }

  /** Once, and nothing more is taken. By client's name; one is judged after the other, and what is known of it is forgotten then. */
  score(circumstances: Circumstances): ClientScorecard[] {
    const { client: only } = circumstances;
    for (const dossier of this.#byClient.values()) dossier.close();
    const clients = only === null ? [...this.#byClient.keys()] : [only];
    return clients.sort((a, b) => (a < b ? -1 : 1)).map((client) => this.#scoreOne(client, circumstances));
  }

  #of(client: string): Dossier {
    const known = this.#byClient.get(client);
    if (known) return known;
    const dossier = new Dossier();
    this.#byClient.set(client, dossier);
    return dossier;
  }

  #scoreOne(client: string, circumstances: Circumstances): ClientScorecard {
    const { to, demand, timeScale, evicted, leftOut, thresholds } = circumstances;
    const dossier = this.#of(client);
    const { arrivals, happened, deliveries } = dossier.read();
    const attempts = arrivals.all;
    const from = Math.min(to, attempts[0]?.at ?? to, happened[0]?.at ?? to);
    const faults = mergedFor(client, circumstances.faults, { from, to });
    const evidence = { client, whole: { from, to }, faults, demand: demand ?? undefined, timeScale, evicted, leftOut };
    const scorecard = scoreClient({ ...evidence, attempts, happened, deliveries }, thresholds, arrivals);
    dossier.forget();
    return scorecard;
  }
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
