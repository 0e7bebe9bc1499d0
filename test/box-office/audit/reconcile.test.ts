// Whatever a seller has wrong in its books is found, and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Believed } from '../../../src/box-office/audit/belief.ts';
import { type Difference, type DifferenceKind, Reconciliation } from '../../../src/box-office/audit/reconcile.ts';
import { HONEST } from '../../../src/box-office/terms.ts';
import { type Stage, stage } from '../stage.ts';
import { ENDINGS, type Ending, IS_SOLD, type Purchase, purchase, row } from './purchases.ts';

function differencesOf({ office }: Stage, believed: readonly Believed[], forgotten = 0): Difference[] {
  const reconciliation = new Reconciliation();
  for (const one of believed) reconciliation.believe(one);
  for (const order of office.audit().orders()) reconciliation.see(order);
  return [...reconciliation.differences(forgotten)].filter((found) => found !== undefined);
}

const told = (differences: readonly Difference[]): string[] =>
  differences.map(({ kind, externalRef }) => `${externalRef} ${kind}`).sort();

/** What is changed in the truthful row of a purchase, or done with it. */
const CHANGES = ['none', 'left out', 'turned', 'other amount', 'other seats', 'fewer seats', 'invented'] as const;
const wish = fc.record({
  ending: fc.constantFrom<Ending>(...ENDINGS),
  change: fc.constantFrom(...CHANGES),
  seats: fc.constantFrom('untold' as const, 'counted' as const, 'named' as const),
  amountTold: fc.boolean(),
  count: fc.integer({ min: 1, max: 3 }),
});
type Wish = typeof wish extends fc.Arbitrary<infer W> ? W : never;

/** The rows of a seller that is wrong in just that, and which differences there must be. */
function spoilt({ ending, change, ...tells }: Wish, bought: Purchase): { rows: Believed[]; kinds: DifferenceKind[] } {
  const { externalRef, paid, seats } = bought;
  const isSold = IS_SOLD.has(ending);
  const stranded: DifferenceKind[] = ending === 'stranded' ? ['paid-without-ticket'] : [];
  const truth = row(externalRef, {
    completed: isSold,
    seats: tells.seats === 'untold' ? null : tells.seats === 'counted' ? seats.length : [...seats].reverse(),
    amount: tells.amountTold ? paid : null,
  });
  switch (change) {
    case 'none':
      return { rows: [truth], kinds: stranded };
    case 'left out':
      return { rows: [], kinds: isSold || ending === 'stranded' ? ['unknown-to-seller'] : [] };
    case 'turned':
      return {
        rows: [{ ...truth, completed: !isSold }],
        kinds: [isSold ? 'ticket-without-payment' : 'paid-without-ticket'],
      };
    case 'other amount':
      return { rows: [{ ...truth, amount: paid + 1 }], kinds: isSold ? ['amount-differs'] : stranded };
    case 'other seats':
      return { rows: [{ ...truth, seats: seats.map(() => 'Z-9') }], kinds: isSold ? ['seats-differ'] : stranded };
    case 'fewer seats':
      return { rows: [{ ...truth, seats: seats.length - 1 }], kinds: isSold ? ['seats-differ'] : stranded };
    case 'invented':
      return { rows: [truth, row(`${externalRef}-never`)], kinds: [...stranded, 'unknown-to-upstream'] };
  }
}

test('each thing that is wrong is told once, by its kind and reference, and nothing that is right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 12 }), async (wishes) => {
      const house = stage();
      const rows: Believed[] = [];
      const expected: string[] = [];
      for (const [index, wished] of wishes.entries()) {
        const bought = await purchase(house, `ref-${index}`, wished.ending, { count: wished.count });
        const wrong = spoilt(wished, bought);
        rows.push(...wrong.rows);
        for (const kind of wrong.kinds)
          expected.push(`ref-${index}${kind === 'unknown-to-upstream' ? '-never' : ''} ${kind}`);
      }
      expect(told(differencesOf(house, rows))).toEqual(expected.sort());
    }),
    { numRuns: 150 },
  );
});

describe('orders of one reference are taken together', () => {
  async function twice(): Promise<{ house: Stage; bought: readonly [Purchase, Purchase] }> {
    const house = stage();
    return { house, bought: [await purchase(house, 'r', 'sold'), await purchase(house, 'r', 'sold', { count: 2 })] };
  }

  test('a row that says no more than completed stands for one of them: the second is unknown to its seller', async () => {
    const { house, bought } = await twice();
    const [found, ...others] = differencesOf(house, [row('r')]);
    expect(found).toMatchObject({ kind: 'unknown-to-seller', believed: { rows: 1 }, actual: { orders: 2, sold: 3 } });
    expect(found?.actual?.shown.map(({ order }) => order)).toEqual(bought.map(({ order }) => order.id));
    expect(others).toEqual([]);
    expect(differencesOf(house, [row('r'), row('r')])).toEqual([]);
    expect(told(differencesOf(house, [row('r'), row('r'), row('r')]))).toEqual(['r paid-without-ticket']);
  });

  test('a row that says seats or amount stands for all of which they are the sum', async () => {
    const { house, bought } = await twice();
    const amount = bought[0].paid + bought[1].paid;
    const seats = bought.flatMap((one) => one.seats);
    expect(differencesOf(house, [row('r', { amount, seats })])).toEqual([]);
    expect(differencesOf(house, [row('r', { seats: 3 })])).toEqual([]);
    expect(told(differencesOf(house, [row('r', { seats: 2, amount: bought[1].paid })]))).toEqual([
      'r amount-differs',
      'r seats-differ',
    ]);
  });

  test('rows that came to nothing do not count beside one that did', async () => {
    const house = stage();
    await purchase(house, 'r', 'canceled');
    const { paid } = await purchase(house, 'r', 'sold');
    const failed = row('r', { completed: false, amount: 7, seats: 9 });
    expect(differencesOf(house, [failed, row('r', { amount: paid, seats: 1 })])).toEqual([]);
  });
});

test('money that was taken twice differs from the amount that the seller believes', async () => {
  const house = stage();
  const { order } = await purchase(house, 'r', 'charged-twice');
  expect(differencesOf(house, [row('r', { amount: order.amount })])).toMatchObject([
    { kind: 'amount-differs', believed: { amount: order.amount }, actual: { amount: 2 * order.amount } },
  ]);
});

test('what is not there any more is unsure only where it could have been one of the orders forgotten', async () => {
  const house = stage();
  await purchase(house, 'mine', 'canceled');
  const rows = [row('mine'), row('never')];
  expect(differencesOf(house, rows).map(({ unsure }) => unsure)).toEqual([false, false]);
  expect(differencesOf(house, rows, 3).map(({ unsure }) => unsure)).toEqual([false, true]);
});

test('a dry run, which tells its seller that it has completed, is unknown here', async () => {
  const house = stage();
  const reservation = await house.reserve({});
  const made = await house.order(reservation, { externalRef: 'sham' });
  await house.office.completeOrder('alpha', made.id, 'paid', { dryRun: { salt: 3 } });
  expect(told(differencesOf(house, [row('sham')]))).toEqual(['sham paid-without-ticket']);
  await house.office.cancelOrder('alpha', made.id, HONEST);
  expect(differencesOf(house, [row('sham', { completed: false })])).toEqual([]);
});
