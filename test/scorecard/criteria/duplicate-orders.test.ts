// Duplicates are orders of one reference and session that stand; what is merely alike warns.
import { expect, test } from 'vitest';
import { duplicateOrders } from '../../../src/scorecard/criteria/duplicate-orders.ts';
import { happened, judged, many } from '../../support/evidence.ts';
import { VirtualShop } from '../../support/virtual-shop.ts';

function shopOf(...references: readonly string[]): VirtualShop {
  const shop = new VirtualShop();
  for (const reference of references) shop.wait(1000).buy(reference);
  return shop;
}

test('orders that are all different pass', () => {
  const found = judged(duplicateOrders, shopOf('a', 'b', 'c').evidence());
  expect(found).toMatchObject({ verdict: 'pass', n: 3, figure: 0, evidence: [] });
});

test('two completed orders of one reference and session fail, and both completions are shown', () => {
  const shop = shopOf('a', 'b', 'a');
  const completions = shop.attempts.filter(({ operation }) => operation === 'completeOrder');
  const found = judged(duplicateOrders, shop.evidence());
  expect(found).toMatchObject({ verdict: 'fail', n: 3, figure: 1, more: { orders: 1, captures: 0 } });
  expect(found.evidence).toEqual([completions[0]?.requestId, completions[2]?.requestId]);
  expect(found.advice).toContain('findOrders');
});

test('each one too many counts', () => {
  expect(judged(duplicateOrders, shopOf('a', 'a', 'a').evidence()).figure).toBe(2);
});

test('one reference in two sessions is no duplicate', () => {
  const shop = new VirtualShop();
  for (const session of ['s1', 's2']) {
    const order = shop.order(shop.reserve('ada', { session }), 'a');
    shop.complete(order);
  }
  expect(judged(duplicateOrders, shop.evidence())).toMatchObject({ verdict: 'pass', n: 2, figure: 0 });
});

test('an order that was never completed is no duplicate, and neither is one that was canceled since', () => {
  const shop = shopOf('a');
  shop.order(shop.reserve('ada'), 'a');
  expect(judged(duplicateOrders, shop.evidence())).toMatchObject({ verdict: 'pass', n: 1 });
  const again = shopOf('a', 'a').evidence();
  const canceled = happened(9000, 'refunded', { order: 'o2', reservation: 'r2', externalRef: 'a' });
  expect(judged(duplicateOrders, { ...again, happened: [...again.happened, canceled] }).verdict).toBe('pass');
});

test('money that was captured twice for one order fails', () => {
  const order = { order: 'o1', externalRef: 'a' };
  const captured = [happened(1, 'captured', order), happened(2, 'completed', order), happened(3, 'captured', order)];
  const found = judged(duplicateOrders, { happened: captured });
  expect(found).toMatchObject({ verdict: 'fail', n: 1, figure: 1, more: { orders: 0, captures: 1 } });
});

test('money that was captured for two orders of one reference fails, though only one has tickets', () => {
  const [one, other] = many(2, (n) => ({ order: `o${n}`, reservation: `r${n}`, externalRef: 'a' }));
  const said = [happened(1, 'captured', one), happened(2, 'captured', other), happened(3, 'completed', other)];
  expect(judged(duplicateOrders, { happened: said })).toMatchObject({ verdict: 'fail', figure: 1 });
});

test('orders of one customer for as many seats of one session within ten minutes are alike, and warn', () => {
  const shop = new VirtualShop();
  shop.buy('a', {}, 'ada');
  shop.wait(5 * 60_000).buy('b', {}, 'ada');
  expect(judged(duplicateOrders, shop.evidence())).toMatchObject({ verdict: 'warn', figure: 0, more: { alike: 1 } });
  shop.wait(11 * 60_000).buy('c', {}, 'ada');
  expect(judged(duplicateOrders, shop.evidence()).more).toMatchObject({ alike: 1 });
});

test('another customer, or another number of seats, is not alike', () => {
  const shop = new VirtualShop();
  shop.buy('a', {}, 'ada');
  shop.buy('b', {}, 'ben');
  shop.complete(shop.order(shop.reserve('ada', { seats: 3 }), 'c'));
  expect(judged(duplicateOrders, shop.evidence()).verdict).toBe('pass');
});

test('without an order there is no data, and a setting allows some', () => {
  expect(judged(duplicateOrders, {})).toMatchObject({ verdict: 'no-data', n: 0, figure: null });
  expect(judged(duplicateOrders, shopOf('a', 'a').evidence(), { pass: 1 }).verdict).toBe('warn');
});
