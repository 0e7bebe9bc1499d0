// The crowd's purchases: real seats of the same box office, the same for the same seed, and counted when they fail.
import { afterEach, expect, test } from 'vitest';
import { createCrowdBuyer } from '../../src/world/crowd-buyer.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

const open: OpenUpstream[] = [];
afterEach(async () => {
  for (const upstream of open.splice(0)) await upstream.close();
});

/** So many purchases of two seats, one after the other. */
async function shop(purchases: number, seed = 7) {
  const upstream = await openUpstream();
  open.push(upstream);
  const { world } = upstream;
  const errors: unknown[] = [];
  const buyer = createCrowdBuyer({ boxOffice: () => world.boxOffice, failed: (error) => errors.push(error) }, seed);
  for (let at = 0; at < purchases; at++) {
    const before = buyer.seatsSold + buyer.failed;
    buyer.buy(2);
    for (let turns = 0; turns < 100 && buyer.seatsSold + buyer.failed === before; turns++) await Promise.resolve();
  }
  expect(errors).toEqual([]);
  return { buyer, world };
}

test('what the crowd buys is sold to nobody else, and the books are right', async () => {
  const { buyer, world } = await shop(40);
  expect(buyer.seatsSold).toBeGreaterThan(40);
  expect(world.totals()).toMatchObject({ sold: buyer.seatsSold, reserved: 0 });
  expect(world.boxOffice.invariants()).toEqual([]);
});

test('the same seed buys at the same sessions, another at others', async () => {
  const left = ({ world }: Awaited<ReturnType<typeof shop>>): number[] =>
    world.boxOffice.sessions({}, 0, 100).items.map(({ available }) => available);
  const [first, again, other] = [left(await shop(20)), left(await shop(20)), left(await shop(20, 8))];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('when everything is sold out, purchases fail and nothing breaks', async () => {
  const { buyer, world } = await shop(3000);
  expect(buyer.failed).toBeGreaterThan(0);
  expect(world.totals().sold).toBe(buyer.seatsSold);
  expect(world.boxOffice.invariants()).toEqual([]);
});

test('a crowd with real purchases empties the house while it is there', async () => {
  const upstream = await openUpstream();
  open.push(upstream);
  const { load } = upstream.world;
  const classes = [{ policy: 'polite' as const, share: 1 }];
  load.setCrowd({ arrivals: { base: { perS: 100 } }, classes, realPurchases: 1 }, { speed: 1, seed: 1, lateMs: 0 });
  await expect.poll(() => load.observed()?.seatsSold).toBeGreaterThan(10);
  expect(upstream.world.totals().sold).toBeGreaterThanOrEqual(10);
});
