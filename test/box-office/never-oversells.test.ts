// Whatever several sellers do at once, and wherever the clock is moved: no seat is sold twice and the books are in order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stands } from '../../src/box-office/orders.ts';
import { heldMoney, LATE_PAYMENTS, type PaymentRules } from '../../src/box-office/paying/money.ts';
import { createMemoryStore } from '../../src/box-office/state/memory-store.ts';
import type { Store } from '../../src/box-office/state/store.ts';
import type { Tally } from '../../src/box-office/state/tally.ts';
import { hasSurplus, isPaidLate, ordersIn, seatsPaidLate } from './books.ts';
import { createFickleStore } from './fickle-store.ts';
import { attempt, move, nothingKnown, play, type Round, round } from './random-sellers.ts';
import { STORES, type Stage, stage, TTL_MS } from './stage.ts';

const SOLD = ['completed', 'completing', 'refund_pending', 'refunded'];

async function game(rounds: readonly Round[], store: Store, paymentRules: PaymentRules): Promise<void> {
  const house = stage({ store, paymentRules });
  const known = nothingKnown();
  for (const { moves, clockMs, how } of rounds) {
    const running = moves.map((each) => attempt(play(house.office, known, each, house.clock.now())));
    house.clock[clockMs < 0 ? 'advance' : how](clockMs); // while they are at work
    await Promise.all(running);
    check(house);
    for (const [id, client] of known.sold) {
      const order = await house.office.order(client, id);
      expect(SOLD).toContain(order.status); // a cancel may have overtaken the completion
    }
  }
}

const paymentRules = fc.record({
  refundAfterMs: fc.constantFrom(0, 0, 5_000),
  latePayment: fc.constantFrom(...LATE_PAYMENTS),
});

function check({ office, store }: Stage): void {
  const breaches = office.invariants(); // with all that is due settled
  const orders = ordersIn(store);
  expect(breaches.map(({ rule, detail }) => [rule, detail.split(' ')[0]])).toEqual(
    orders.filter(hasSurplus).map(({ id }) => ['money_adds_up', id]),
  );
  const honest = orders.filter((order) => !hasSurplus(order));
  const kept = honest.filter(({ status, payment }) => payment.redirect && KEPT.has(status));
  expect(sumOf(honest, heldMoney)).toBe(sumOf(kept, ({ amount }) => amount));
  const { free, reserved, sold, blocked } = office.totals();
  expect(free + reserved + sold + blocked).toBe(office.season.seats);
  // Nothing is at work, so no claim is ahead of what it is for.
  expect(sum(store, 'limit')).toBe(reserved + sold + seatsPaidLate(store));
  const discounted = orders.filter(
    (order) => order.discount?.claimId !== undefined && (stands(order) || isPaidLate(order)),
  );
  expect(sum(store, 'quota')).toBe(discounted.length);
}

/** The money of these is here. */
const KEPT: ReadonlySet<string> = new Set(['paid', 'completing', 'completed', 'refund_pending']);

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const sum = (store: Store, kind: 'limit' | 'quota'): number =>
  [...store.all(kind)].reduce((total, [, tally]) => total + (tally as Tally).total, 0);

describe('never oversells', () => {
  test.each(STORES)('over %s', async (_, createStore) => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 12 }), paymentRules, async (rounds, rules) => {
        await game(rounds, createStore(), rules);
      }),
      { numRuns: 150 },
    );
  });

  test('running each step twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(move, fc.nat(TTL_MS)), { minLength: 1, maxLength: 20 }), async (moves) => {
        const ends = [createMemoryStore(), createFickleStore()].map(async (store) => {
          const house = stage({ store });
          const known = nothingKnown();
          for (const [each, clockMs] of moves) {
            await attempt(play(house.office, known, each, house.clock.now()));
            house.clock.advance(clockMs);
          }
          return { totals: house.office.totals(), known };
        });
        const [plain, fickle] = await Promise.all(ends);
        expect(fickle).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });

  test('of a hundred who want one seat, one gets it', async () => {
    const house = stage({ store: createFickleStore() });
    const asked = Array.from({ length: 100 }, (_, i) => house.reserve({ client: `c${i % 7}`, customerRef: `u${i}` }));
    const got = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
    expect(got).toHaveLength(1);
    check(house);
  });
});
