// After a page in the place of JSON, nothing may be done that needs what the page did not say.
import { expect, test } from 'vitest';
import { wrongTypeTolerance } from '../../../src/scorecard/criteria/wrong-type-tolerance.ts';
import { judged } from '../../support/evidence.ts';
import { PAGE, VirtualShop } from '../../support/virtual-shop.ts';

/** Five purchases that meet a page. */
function shopThat(does: (shop: VirtualShop, customer: string) => void): VirtualShop {
  const shop = new VirtualShop();
  for (let n = 0; n < 5; n++) {
    shop.wait(20_000);
    does(shop, `customer ${n}`);
  }
  return shop.wait(20_000);
}

const found = (shop: VirtualShop) => judged(wrongTypeTolerance, shop.evidence());
const CLEAN = { verdict: 'pass', n: 5, figure: 1, evidence: [] };
const BLIND = { verdict: 'fail', n: 5, figure: 0 };

test('a purchase that ends at the page passes', () => {
  expect(found(shopThat((shop, customer) => shop.reserve(customer, PAGE)))).toMatchObject(CLEAN);
  expect(found(shopThat((shop) => shop.call('getSeatMap', { ...PAGE, status: 503 })))).toMatchObject(CLEAN);
});

test('ordering a reservation whose id nobody was told fails, and is shown behind the page', () => {
  const shop = shopThat((one, customer) => one.order(one.reserve(customer, PAGE), customer));
  const verdict = found(shop);
  expect(verdict).toMatchObject(BLIND);
  expect(verdict.evidence.slice(0, 2)).toEqual(['reserveSeats@20000', 'createOrder@20020']);
});

test('a repeat under the same key tells the id, and what follows stands on it', () => {
  const shop = shopThat((one, customer) => {
    const reservation = one.reserve(customer, { ...PAGE, idempotencyKey: customer });
    one.call('reserveSeats', { reservation, idempotencyKey: customer, isReplay: true });
    one.complete(one.order(reservation, customer));
  });
  expect(found(shop)).toMatchObject(CLEAN);
});

test('a page in the place of a new order, and a completion of it, fail; a search for it makes it well', () => {
  const blind = shopThat((one, customer) => one.complete(one.order(one.reserve(customer), customer, PAGE)));
  expect(found(blind)).toMatchObject(BLIND);
  const searching = shopThat((one, customer) => {
    const order = one.order(one.reserve(customer), customer, PAGE);
    one.findOrders(customer, { order });
    one.complete(order);
  });
  expect(found(searching)).toMatchObject(CLEAN);
});

test('an order of a reservation that there never was fails: its id was read from the page', () => {
  const shop = shopThat((one, customer) => {
    one.reserve(customer, { ...PAGE, workedAt: null });
    one.call('createOrder', { status: 404, code: 'not_found', reservation: 'undefined' });
  });
  expect(found(shop)).toMatchObject(BLIND);
});

test('an order that is refused for a reservation that there is has nothing to do with the page', () => {
  const shop = shopThat((one, customer) => {
    const reservation = one.reserve(`other than ${customer}`);
    one.reserve(customer, { ...PAGE, workedAt: null });
    one.call('createOrder', { status: 404, code: 'not_found', reservation });
  });
  expect(found(shop)).toMatchObject(CLEAN);
});

test('ordering anew after a search whose answer was a page fails', () => {
  const shop = shopThat((one, customer) => {
    one.findOrders(customer, PAGE);
    one.order(one.reserve(customer), customer);
  });
  expect(found(shop)).toMatchObject(BLIND);
});

test('in a trace, reserving after a page in the place of the seat map fails, unless it was read again', () => {
  const reads = (again: boolean) => (one: VirtualShop, customer: string) => {
    one.call('getSeatMap', { ...PAGE, traceId: customer });
    if (again) one.call('getSeatMap', { traceId: customer });
    one.reserve(customer, { traceId: customer });
  };
  expect(found(shopThat(reads(false)))).toMatchObject(BLIND);
  expect(found(shopThat(reads(true)))).toMatchObject(CLEAN);
});

test('pages for people are no wrong type, and four pages are no data', () => {
  expect(found(shopThat((shop) => shop.call('paymentPage', PAGE)))).toMatchObject({ verdict: 'no-data', n: 0 });
  const shop = new VirtualShop();
  for (let n = 0; n < 4; n++) shop.call('getSeatMap', PAGE);
  expect(found(shop.wait(20_000))).toMatchObject({ verdict: 'no-data', n: 4 });
  expect(found(new VirtualShop())).toMatchObject({ verdict: 'no-data', n: 0 });
});
