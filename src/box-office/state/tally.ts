// A tally counts, by session, what is claimed of something scarce across sessions: tickets per film, uses of a code.
import { Overlay } from './overlay.ts';
import type { Aggregate, Draft } from './store.ts';

export interface Tally {
  readonly bySession: Map<string, number>;
  total: number;
}

export type TallyAggregate = Aggregate<Tally, TallyDraft>;

export class TallyDraft implements Draft {
  total: number;
  readonly #tally: Tally;
  readonly #bySession: Overlay<number>;

  constructor(tally: Tally) {
    this.#tally = tally;
    this.total = tally.total;
    this.#bySession = new Overlay(tally.bySession);
  }

  add(sessionId: string, count: number): void {
    const sum = (this.#bySession.get(sessionId) ?? 0) + count;
    if (sum === 0) this.#bySession.delete(sessionId);
    else this.#bySession.set(sessionId, sum);
    this.total += count;
  }

  commit(): void {
    this.#bySession.commit();
    this.#tally.total = this.total;
  }
}

const tally = (kind: string, id: string): TallyAggregate => ({
  kind,
  id,
  begin: () => ({ bySession: new Map(), total: 0 }),
  draft: (state) => new TallyDraft(state),
  isEmpty: (state) => state.bySession.size === 0,
});

/** Tickets a customer holds or owns of a film. Film ids have no line break, so the id is unambiguous. */
export const filmTally = (filmId: string, customerRef: string): TallyAggregate =>
  tally('limit', `${filmId}\n${customerRef}`);

/** Standing orders that use a code. */
export const codeTally = (code: string): TallyAggregate => tally('quota', code);
