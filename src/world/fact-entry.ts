// What the box office says that happened, as the journal keeps it.
import type { Pseudonym } from '../base/pseudonym.ts';
import type { Fact } from '../box-office/facts.ts';
import type { EventEntry } from '../journal/entry.ts';
import { newEvent } from '../journal/new-entry.ts';

/** `at`: when it was told, epoch ms. */
export function entryOf(fact: Fact, at: number, pseudonym: Pseudonym): EventEntry {
  const { kind: happened, at: boxOfficeAt, sessionId: session, client, reservationId: reservation } = fact;
  const order = ('orderId' in fact && fact.orderId) || null;
  const externalRef = 'externalRef' in fact && fact.externalRef !== undefined ? pseudonym(fact.externalRef) : null;
  const amount = 'amount' in fact ? fact.amount : null;
  return newEvent({
    ...{ at, happened, boxOfficeAt, session, client, reservation, order, externalRef },
    ...{ seats: fact.seats.length, amount },
  });
}
