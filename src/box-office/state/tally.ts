// A tally holds, by claim, what is claimed of something scarce across sessions: tickets per film, uses of a code.
import { applyWrites, Overlay, type Writes } from './overlay.ts';
import type { Aggregate, Draft } from './store.ts';

export interface TallyEntry {
  readonly sessionId: string;
  readonly count: number;
}

export interface Tally {
  /** By claim id; ids are never used again. */
  readonly entries: Map<string, TallyEntry>;
  /** The sum over the entries of this copy; never part of a patch, or claims made elsewhere would be lost. */
  total: number;
}

export type TallyAggregate = Aggregate<Tally, TallyDraft>;

export class TallyDraft implements Draft {
  readonly #tally: Tally;
  readonly #entries: Overlay<TallyEntry>;
  #written = 0;

  constructor(tally: Tally) {
    this.#tally = tally;
    this.#entries = new Overlay(tally.entries);
  }

  get total(): number {
    return this.#tally.total + this.#written;
  }

  has(claimId: string): boolean {
    return this.#entries.has(claimId);
  }

  /** Once or many times, the claim stands once. */
  put(claimId: string, entry: TallyEntry): void {
    if (this.has(claimId)) return;
    this.#entries.set(claimId, entry);
    this.#written += entry.count;
  }

  /** What does not stand is none the worse for it. */
  remove(claimId: string): void {
    const entry = this.#entries.get(claimId);
    if (!entry) return;
    this.#entries.delete(claimId);
    this.#written -= entry.count;
  }

  patch(): Writes<TallyEntry> | undefined {
    return this.#entries.writes();
  }
}

/** Entries may be put and removed any number of times: each counts once or not at all. */
function apply(tally: Tally, writes: Writes<TallyEntry>): void {
  for (const [claimId, entry] of writes) tally.total += (entry?.count ?? 0) - (tally.entries.get(claimId)?.count ?? 0);
  applyWrites(tally.entries, writes);
}

const begin = (): Tally => ({ entries: new Map(), total: 0 });
const draft = (tally: Tally): TallyDraft => new TallyDraft(tally);
const isEmpty = ({ entries }: Tally): boolean => entries.size === 0;

/** By its id, as the two below give it. */
export const tally = (kind: 'limit' | 'quota', id: string): TallyAggregate => ({
  kind,
  id,
  begin,
  draft,
  apply,
  isEmpty,
});

/** Tickets a customer holds or owns of a film. Film ids have no line break, so the id is unambiguous. */
export const filmTally = (filmId: string, customerRef: string): TallyAggregate =>
  tally('limit', `${filmId}\n${customerRef}`);

/** Standing orders that use a code. */
export const codeTally = (code: string): TallyAggregate => tally('quota', code);
