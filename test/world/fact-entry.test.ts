// A fact of the box office as an event of the journal.
import { expect, test } from 'vitest';
import type { Fact } from '../../src/box-office/facts.ts';
import { HAPPENINGS } from '../../src/journal/entry.ts';
import { entryOf } from '../../src/world/fact-entry.ts';

const ABOUT = { at: 5, sessionId: 's-1', client: 'a', reservationId: 'r-1', seats: ['A-1'] };
const ORDER = { orderId: 'o-1', externalRef: 'theirs', amount: 1, currency: 'IRR' };

test.each<[Fact, string | null, number | null]>([
  [{ ...ABOUT, kind: 'reserved', expiresAt: 9 }, null, null],
  [{ ...ABOUT, kind: 'lapsed' }, null, null],
  [{ ...ABOUT, kind: 'lapsed', orderId: 'o-1', externalRef: 'theirs' }, 'o-1', null],
  [{ ...ABOUT, ...ORDER, kind: 'ordered' }, 'o-1', 1],
])(
  '%j has the order %j and the amount %j, its seats, and a pseudonym of what its seller calls it',
  (fact, order, amount) => {
    expect(entryOf(fact, 7, (text) => `not ${text}`)).toEqual({
      ...{ kind: 'event', seq: 0, at: 7, happened: fact.kind, boxOfficeAt: 5 },
      ...{ session: 's-1', client: 'a', reservation: 'r-1', order },
      ...{ externalRef: order && 'not theirs', seats: 1, amount },
    });
    expect(HAPPENINGS).toContain(fact.kind);
  },
);
