// The cost of an order is all calls by all completed orders.
import { expect, test } from 'vitest';
import { flowCost } from '../../../src/scorecard/criteria/flow-cost.ts';
import { judged, many } from '../../support/evidence.ts';
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

const found = (shop: VirtualShop, about = {}) => judged(flowCost, { ...shop.evidence(), ...about });

test('orders that go straight through pass', () => {
  expect(found(shopWith(0))).toMatchObject({ verdict: 'pass', n: 30, figure: 4, more: { restartsPerOrder: 0 } });
});

test('purchases that are begun again and again fail, and the reservations of later tries are shown', () => {
  const verdict = found(shopWith(10));
  expect(verdict).toMatchObject({ verdict: 'fail', n: 30, figure: 34, more: { restartsPerOrder: 10 } });
  expect(verdict.evidence[0]).toMatch(/^reserveSeats@/);
  expect(verdict.advice).toContain('10.0 purchases anew');
});

test('some warn', () => {
  expect(found(shopWith(4))).toMatchObject({ verdict: 'warn', figure: 16 });
});

/** Thirty orders, before each of which so much is asked for. */
function shopThatAsks(ask: (shop: VirtualShop, n: number) => void): VirtualShop {
  const shop = new VirtualShop();
  for (let n = 0; n < 30; n++) {
    ask(shop.wait(1000), n);
    shop.buy(`a${n}`);
  }
  return shop;
}

test('a shop that reads too much is told what it reads, and nothing of purchases that it never began anew', () => {
  const verdict = found(shopThatAsks((shop) => many(20, () => shop.call('getSeatMap', { session: 's1' }))));
  expect(verdict).toMatchObject({
    verdict: 'warn',
    figure: 24,
    more: { mostCalled: 'getSeatMap', restartsPerOrder: 0 },
  });
  expect(verdict.advice).toContain('21.0 of them getSeatMap');
  expect(verdict.advice).toContain('read less often');
  expect(verdict.advice).not.toContain('purchase');
  expect(verdict.evidence[0]).toMatch(/^getSeatMap@/);
});

test('a shop that polls an order, or tries again too often, is told so', () => {
  const polling = found(shopThatAsks((shop, n) => many(40, () => shop.call('getOrder', { order: `o${n}` }))));
  expect(polling).toMatchObject({ verdict: 'fail', more: { mostCalled: 'getOrder' } });
  const trying = found(
    shopThatAsks((shop, n) => many(20, () => shop.call('createOrder', { ...BUSY, idempotencyKey: `k${n}` }))),
  );
  expect(trying.advice).toMatch(/of them createOrder, mostly to try again/);
  expect(trying.advice).not.toContain('purchase');
});

test('a purchase that is begun anew once in a while is not why it calls so often', () => {
  const shop = shopWith(0);
  shop.order(shop.reserve('customer 1'), 'x', BUSY);
  shop.wait(1000).buy('y', {}, 'customer 1');
  many(600, () => shop.call('getSeatMap', { session: 's1' }));
  const { advice, more } = found(shop);
  expect(more?.restartsPerOrder).toBeCloseTo(1 / 31);
  expect(advice).toContain('read less often');
  const both = shopWith(2);
  many(1000, () => both.call('getSeatMap', { session: 's1' }));
  expect(found(both).advice).toContain('read less often');
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

test('where purchases were lost under a fault, that step is named, and not the one that is called most', () => {
  const shop = shopWith(0);
  const from = shop.now;
  for (let n = 0; n < 60; n++) {
    many(6, () => shop.call('getSeatMap', { session: 's1' }));
    shop.order(shop.reserve(`lost ${n}`), `l${n}`, BUSY);
  }
  const verdict = found(shop, { faults: [{ from, to: shop.now }] });
  expect(verdict).toMatchObject({ verdict: 'warn', more: { lostAt: 'createOrder', lostThere: 60, calmCost: 4 } });
  expect(verdict.advice).toContain('4.0 outside faults: under them purchases were lost, most at createOrder, where 60');
  expect(verdict.advice).not.toContain('read less often');
  expect(verdict.evidence[0]).toMatch(/^createOrder@/);
  expect(found(shop).advice).toContain('read less often');
});
