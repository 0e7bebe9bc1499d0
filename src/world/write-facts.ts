// What a box office says that happened, as its world's journal keeps it.
import type { Clock } from '../base/clock.ts';
import type { Topic } from '../base/topic.ts';
import type { Fact } from '../box-office/facts.ts';
import type { Journal } from '../journal/journal.ts';
import { newEvent } from '../journal/new-entry.ts';

export function writeFacts(facts: Topic<Fact>, journal: Journal, clock: Clock): void {
  facts.subscribe((fact) =>
    journal.record(
      newEvent({
        at: clock.now(),
        happened: fact.kind,
        boxOfficeAt: fact.at,
        session: fact.sessionId,
        client: fact.client,
        reservation: fact.reservationId,
        order: 'orderId' in fact ? (fact.orderId ?? null) : null,
      }),
    ),
  );
}
