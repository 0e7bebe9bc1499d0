// What must be true of a box office at any moment, whatever its sellers did; a pure check over its books.
import type { Breach } from './audit/breach.ts';
import { ClaimCheck, type Tallies } from './audit/check-claims.ts';
import { breachesOfSession } from './audit/check-session.ts';
import type { Season } from './season/season.ts';
import type { Ledger } from './state/ledger.ts';

export interface Books {
  readonly season: Season;
  /** Of the touched sessions. */
  readonly ledgers: Iterable<readonly [string, Ledger]>;
  /** Tickets by film and customer, as `filmTally` names them. */
  readonly limits: Tallies;
  /** Uses by discount code. */
  readonly quotas: Tallies;
}

/** Every breach; none is the only right answer. While verbs run, a claim may be ahead of its order, never behind. */
export const breachesOf = (books: Books): Breach[] => [...checkBooks(books)].filter((found) => found !== undefined);

/** The same a step at a time: between two steps others may get their turn and change what they like. */
export function* checkBooks(books: Books): Iterable<Breach | undefined> {
  const claims = new ClaimCheck(books);
  yield* claims.tallies();
  for (const [sessionId, ledger] of books.ledgers) {
    const plan = books.season.index.find(sessionId);
    yield* plan ? [...breachesOfSession(plan, ledger), ...claims.ofSession(plan, ledger)] : [];
    yield undefined;
  }
  yield* claims.bounds();
}
