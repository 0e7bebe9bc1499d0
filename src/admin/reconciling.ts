// Reconciles what a seller believes with what is true, a few at a time, and writes the answer in pieces.
import { Readable } from 'node:stream';
import type { Pseudonym } from '../base/pseudonym.ts';
import { Refusal } from '../base/refusal.ts';
import { nextTurn } from '../base/turn.ts';
import { type Reconciled, reconcile } from '../director/auditing.ts';
import type { World } from '../director/world-port.ts';
import type { ReconciliationMade } from '../rehearsal/reconciliation.ts';
import { type BeliefData, readApart } from './belief/read-apart.ts';
import { malformed } from './input.ts';
import { presentDifference } from './present-audit.ts';
import type { TypedData } from './route.ts';
import type { AdminCode } from './statuses.ts';

/** Each may take two hundred megabytes for some seconds. */
const MAX_AT_ONCE = 2;
/** Written in one turn. */
const DIFFERENCES_A_PIECE = 100;

export interface ReconcileAsked {
  readonly data: TypedData;
  /** As the query says; the body may say it instead. */
  readonly client: string | undefined;
  /** What is told in the place of a reference that is not in the rows; unset: the reference itself. */
  readonly shownAs: Pseudonym | undefined;
  /** What a client is called that is named so; throws a Refusal for who can be nobody. */
  named(client: string): string;
  /** Told what came of it. */
  made(made: ReconciliationMade): void;
}

export class Reconciling {
  #running = 0;

  /** The text of the answer, in pieces. Rejects with everything that is wrong, or when too many are under way. */
  async answer(world: World, asked: ReconcileAsked): Promise<Readable> {
    if (this.#running >= MAX_AT_ONCE)
      throw new Refusal<AdminCode>('too_many_concurrent', `at most ${MAX_AT_ONCE} may be reconciled at the same time`);
    this.#running++;
    try {
      return await reconciled(world, asked);
    } finally {
      this.#running--;
    }
  }
}

async function reconciled(world: World, asked: ReconcileAsked): Promise<Readable> {
  const { data, client, shownAs, named } = asked;
  const reading = await readApart(data as BeliefData, world.clock);
  if ('errors' in reading) throw malformed(reading.errors, 'body');
  try {
    if (client !== undefined && reading.client !== undefined)
      throw malformed([{ path: 'client', message: 'is said twice: in the query and in the body' }], 'query parameters');
    const meant = client ?? reading.client;
    const seller = meant === undefined ? undefined : named(meant);
    const found = await reconcile(world, seller, reading.rows);
    asked.made({ client: seller ?? null, rows: reading.count, found });
    return Readable.from(written(found, reading.count, shownAs));
  } finally {
    reading.discard();
  }
}

/** JSON, piece by piece: with a difference for each of 100,000 rows it is some 50 MB. */
async function* written(
  { differences, ...rest }: Reconciled,
  rows: number,
  shownAs: Pseudonym | undefined,
): AsyncGenerator<string> {
  const { counts, references, currency, forgotten } = rest;
  const others = JSON.stringify({ counts, rows, references, currency, forgotten });
  yield `{"agree":${differences.length === 0},"differences":[`;
  for (let from = 0; from < differences.length; from += DIFFERENCES_A_PIECE) {
    const piece = differences.slice(from, from + DIFFERENCES_A_PIECE);
    yield (from === 0 ? '' : ',') + piece.map((one) => JSON.stringify(presentDifference(one, shownAs))).join(',');
    await nextTurn();
  }
  yield `],${others.slice(1)}`;
}
