// Whatever several sellers do at once, and wherever the clock is moved: no seat is sold twice and the books are in order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/box-office/state/ledger.ts';
import { createMemoryStore } from '../../src/box-office/state/memory-store.ts';
import type { Store } from '../../src/box-office/state/store.ts';
import type { Tally } from '../../src/box-office/state/tally.ts';
import { createFickleStore } from './fickle-store.ts';
import { attempt, move, nothingKnown, play, type Round, round } from './random-sellers.ts';
import { STORES, type Stage, stage, TTL_MS } from './stage.ts';

async function game(rounds: readonly Round[], store: Store): Promise<void> {
  const house = stage({ store });
  const known = nothingKnown();
  for (const { moves, clockMs, how } of rounds) {
    const running = moves.map((each) => attempt(play(house.office, known, each)));
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
            await attempt(play(house.office, known, each));
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
