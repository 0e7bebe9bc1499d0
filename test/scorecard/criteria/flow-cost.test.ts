// The cost of an order is all calls by all completed orders.
import { expect, test } from 'vitest';
import { flowCost } from '../../../src/scorecard/criteria/flow-cost.ts';
import { judged } from '../../support/evidence.ts';
import { BUSY, VirtualShop } from '../../support/virtual-shop.ts';

/** Thirty orders of four calls, each after so many purchases that came to nothing. */
function shopWith(startsOver: number): VirtualShop {
  const shop = new VirtualShop();
  for (let n = 0; n < 30; n++) {
    for (let again = 0; again < startsOver; again++) {
      shop.order(shop.reserve(`customer ${n}`), `a${n}`, BUSY);
      shop.call('getSeatMap', { session: 's1' });
    }
    shop.wait(1000).buy(`a${n}`, {}, `customer ${n}`);
  }
  return shop;
}

const found = (shop: VirtualShop) => judged(flowCost, shop.evidence());

test('orders that go straight through pass', () => {
  expect(found(shopWith(0))).toMatchObject({ verdict: 'pass', n: 30, figure: 4, more: { restartsPerOrder: 0 } });
});

test('purchases that are begun again and again fail, and the reservations of later tries are shown', () => {
  const verdict = found(shopWith(10));
  expect(verdict).toMatchObject({ verdict: 'fail', n: 30, figure: 34, more: { restartsPerOrder: 10 } });
  expect(verdict.evidence[0]).toMatch(/^reserveSeats@/);
});

test('some warn', () => {
  expect(found(shopWith(4))).toMatchObject({ verdict: 'warn', figure: 16 });
});

test('a customer who buys twice starts nothing over', () => {
  const shop = shopWith(0);
  for (let n = 0; n < 5; n++) shop.buy(`more${n}`, {}, 'customer 1');
  expect(found(shop).more).toMatchObject({ restartsPerOrder: 0 });
});

test('fewer than ten orders are no data, whatever they cost', () => {
  const shop = new VirtualShop();
  for (let n = 0; n < 9; n++) shop.wait(5000).buy(`a${n}`);
  expect(found(shop)).toMatchObject({ verdict: 'no-data', n: 9 });
  expect(found(new VirtualShop())).toMatchObject({ verdict: 'no-data', n: 0 });
});
