// Whatever several sellers do at once, and wherever the clock is moved: no seat is sold twice and the books are in order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/base/refusal.ts';
import type { Ledger } from '../../src/box-office/state/ledger.ts';
import { createMemoryStore } from '../../src/box-office/state/memory-store.ts';
import type { Store } from '../../src/box-office/state/store.ts';
import type { Tally } from '../../src/box-office/state/tally.ts';
import { HONEST, type Terms } from '../../src/box-office/terms.ts';
import { createFickleStore } from './fickle-store.ts';
import { HOUR_MS, STORES, type Stage, stage, TTL_MS } from './stage.ts';

/** Few seats, sellers and customers, so that they get in each other's way all the time. */
const SEATS = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5'];
const CODES = [undefined, 'ONLYONE', 'FESTIVAL20', 'LASTYEAR'];

const seller = fc.record({
  client: fc.constantFrom('alpha', 'beta', 'gamma'),
  sessionId: fc.constantFrom('s1', 's2', 's3'),
  customerRef: fc.constantFrom('ada', 'ben'),
});
/** How the box office is told to act: mostly as it should, else as faults would have it. */
const told = fc.oneof(
  { weight: 3, arbitrary: fc.constant(HONEST) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Terms>(
      { dryRun: { salt: 5 } },
      { lapseOfTold: 0.5 },
      { lapseAfterMs: 1_000 },
      { soldOut: true },
      { loseFlow: true },
      { discount: 'refuse-valid' },
      { discount: 'accept-invalid' },
      { discount: 'price-differs' },
    ),
  },
);
/** Which of the ids minted so far a verb is tried on. */
const which = fc.nat(30);
const verb = fc.oneof(
  fc.record({ verb: fc.constant('reserve' as const), by: seller, seats: fc.subarray(SEATS, { minLength: 1 }) }),
  fc.record({ verb: fc.constant('best' as const), by: seller, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ verb: fc.constantFrom('extend', 'release', 'complete', 'complete', 'decline', 'cancel', 'read'), which }),
  fc.record({ verb: fc.constant('order' as const), which, discountCode: fc.constantFrom(...CODES) }),
);
const move = fc.tuple(verb, told).map(([what, terms]) => ({ ...what, terms }));
const round = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 8 }),
  /** The clock is moved, or time passes and alarms go off. */
  how: fc.constantFrom('advance' as const, 'pass' as const),
  clockMs: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1_000, TTL_MS / 2, TTL_MS - 1, TTL_MS) },
    { weight: 1, arbitrary: fc.constantFrom(-TTL_MS, 5 * HOUR_MS, -5 * HOUR_MS, 20 * HOUR_MS, -30 * HOUR_MS) },
  ),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

interface Known {
  readonly reservations: { readonly id: string; readonly client: string }[];
  readonly orders: { readonly id: string; readonly client: string }[];
  /** Orders that were completed, and of which nobody asked for a refund. */
  readonly sold: Map<string, string>;
}

const nothingKnown = (): Known => ({ reservations: [], orders: [], sold: new Map() });

async function play({ office }: Stage, known: Known, move: Move): Promise<void> {
  const { terms } = move;
  if (move.verb === 'reserve' || move.verb === 'best') {
    const what = 'seats' in move ? { seats: move.seats } : { bestAvailable: { count: move.count } };
    known.reservations.push(await office.reserve({ ...move.by, ...what }, terms));
    return;
  }
  const reservation = known.reservations[move.which % Math.max(1, known.reservations.length)];
  const order = known.orders[move.which % Math.max(1, known.orders.length)];
  if (reservation) {
    const { client, id } = reservation;
    if (move.verb === 'extend') await office.extend(client, id, terms);
    if (move.verb === 'release') await office.release(client, id, terms);
    if (move.verb === 'read') await office.reservation(client, id, terms);
    if (move.verb === 'order') {
      const more = 'discountCode' in move && move.discountCode ? { discountCode: move.discountCode } : {};
      const payment = { method: 'seller' } as const;
      const customer = { name: 'n', phone: '0' };
      const request = { client, reservationId: id, externalRef: id, customer, payment, ...more };
      known.orders.push(await office.createOrder(request, terms));
    }
  }
  if (order) {
    const { client, id } = order;
    if (move.verb === 'complete') {
      await office.completeOrder(client, id, 'paid', terms);
      if (!terms.dryRun) known.sold.set(id, client);
    }
    if (move.verb === 'decline') await office.completeOrder(client, id, 'decline', terms);
    if (move.verb === 'cancel') {
      await office.cancelOrder(client, id, terms);
      if (!terms.dryRun) known.sold.delete(id);
    }
  }
}

/** An expected no is an answer; everything else is a mistake of ours. */
async function attempt(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

async function game(rounds: readonly Round[], store: Store): Promise<void> {
  const house = stage({ store });
  const known = nothingKnown();
  for (const { moves, clockMs, how } of rounds) {
    const running = moves.map((each) => attempt(play(house, known, each)));
    house.clock[clockMs < 0 ? 'advance' : how](clockMs); // while they are at work
    await Promise.all(running);
    check(house);
    for (const [id, client] of known.sold) {
      const order = await house.office.order(client, id);
      expect(['completed', 'refunded']).toContain(order.status); // a cancel may have overtaken the completion
    }
  }
}

function check({ office, store }: Stage): void {
  expect(office.invariants()).toEqual([]);
  const { free, reserved, sold, blocked } = office.totals();
  expect(free + reserved + sold + blocked).toBe(office.season.seats);
  // Nothing is at work, so no claim is ahead of what it is for.
  expect(sum(store, 'limit')).toBe(reserved + sold);
  const discounted = [...store.all('session')].flatMap(([, ledger]) =>
    [...(ledger as Ledger).orders.values()].filter(
      ({ status, discount }) =>
        discount?.claimId !== undefined && (status === 'pending_payment' || status === 'completed'),
    ),
  );
  expect(sum(store, 'quota')).toBe(discounted.length);
}

const sum = (store: Store, kind: 'limit' | 'quota'): number =>
  [...store.all(kind)].reduce((total, [, tally]) => total + (tally as Tally).total, 0);

describe('never oversells', () => {
  test.each(STORES)('over %s', async (_, createStore) => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 12 }), async (rounds) => {
        await game(rounds, createStore());
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
            await attempt(play(house, known, each));
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
