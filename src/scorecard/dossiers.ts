// What is known about each client, gathered piece by piece, and judged at the end.
import { type Batch, BatchReader, type OwnedAttempt } from './batch.ts';
import type { Attempt, Delivery, Happened, LeftOut, Span } from './evidence.ts';
import { type ClientScorecard, scoreClient } from './score.ts';
import type { Thresholds } from './thresholds.ts';

export type OwnedHappening = Happened & { readonly client: string };
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

interface Dossier {
  readonly attempts: Attempt[];
  readonly happened: Happened[];
  readonly deliveries: Delivery[];
}

/** Something that is known about clients. */
export type Piece =
  | { readonly batch: Batch }
  | { readonly happened: readonly OwnedHappening[] }
  | { readonly deliveries: readonly OwnedDelivery[] };

export class Dossiers {
  readonly #reader = new BatchReader();
  readonly #byClient = new Map<string, Dossier>();

  take(piece: Piece): void {
    if ('batch' in piece)
      for (const attempt of this.#reader.read(piece.batch)) this.#of(attempt).attempts.push(attempt);
    else if ('happened' in piece) for (const happening of piece.happened) this.#of(happening).happened.push(happening);
    else for (const delivery of piece.deliveries) this.#of(delivery).deliveries.push(delivery);
  }

  /** By client's name. */
  score(circumstances: Circumstances): ClientScorecard[] {
    const { client: only } = circumstances;
    if (only !== null) this.#of({ client: only });
    return [...this.#byClient]
      .filter(([client]) => only === null || client === only)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([client, dossier]) => scoreDossier(client, dossier, circumstances));
  }

  #of({ client }: Pick<OwnedAttempt, 'client'>): Dossier {
    const known = this.#byClient.get(client);
    if (known) return known;
    const dossier: Dossier = { attempts: [], happened: [], deliveries: [] };
    this.#byClient.set(client, dossier);
    return dossier;
  }
}

function scoreDossier(client: string, dossier: Dossier, circumstances: Circumstances): ClientScorecard {
  const { to, demand, timeScale, evicted, leftOut, thresholds, isNewestFirst } = circumstances;
  const { attempts, happened, deliveries } = dossier;
  if (isNewestFirst) for (const list of [attempts, happened]) list.reverse();
  for (const list of [attempts, happened, deliveries]) list.sort((a, b) => a.at - b.at); // a record has them as they ended
  const from = Math.min(to, attempts[0]?.at ?? to, happened[0]?.at ?? to);
  const faults = mergedFor(client, circumstances.faults, { from, to });
  const evidence = { client, whole: { from, to }, faults, demand: demand ?? undefined, timeScale, evicted, leftOut };
  return scoreClient({ ...evidence, attempts, happened, deliveries }, thresholds);
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
