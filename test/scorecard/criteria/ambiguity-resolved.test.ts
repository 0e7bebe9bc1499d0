// An order whose answer was lost is resolved by asking for it, or by the same key, within a minute.
import { describe, expect, test } from 'vitest';
import { ambiguityResolved } from '../../../src/scorecard/criteria/ambiguity-resolved.ts';
import { happened, judged } from '../../support/evidence.ts';
import { BUSY, LOST, PAGE, VirtualShop } from '../../support/virtual-shop.ts';

const ANOTHER_KEY = { idempotencyKey: 'another' };
const CONFLICT = { ...ANOTHER_KEY, status: 409, code: 'idempotency_in_progress' };

/** Three purchases whose completion is lost, each followed up so; then a long silence. */
function shopThat(followsUp: (shop: VirtualShop, order: string, reference: string) => void): VirtualShop {
  const shop = new VirtualShop();
  for (const reference of ['a', 'b', 'c']) {
    const order = shop.buy(reference, { ...LOST, idempotencyKey: `k-${reference}` });
    followsUp(shop, order, reference);
  }
  return shop.wait(120_000);
}

const found = (shop: VirtualShop) => judged(ambiguityResolved, shop.evidence());

describe('it passes where every lost answer is followed by', () => {
  test.each<[string, Parameters<typeof shopThat>[0]]>([
    ['findOrders', (shop, _, reference) => shop.wait(1000).findOrders(reference)],
    ['getOrder', (shop, order) => shop.wait(1000).getOrder(order)],
    ['cancelOrder', (shop, order) => shop.wait(1000).call('cancelOrder', { order, status: 409 })],
    ['the same key', (shop, order, reference) => shop.wait(1000).complete(order, { idempotencyKey: `k-${reference}` })],
    ['another key, and told that it is completed', (shop, order) => shop.wait(1000).complete(order, ANOTHER_KEY)],
    ['another key, and its tickets', (shop, order) => shop.wait(1000).complete(order, { ...ANOTHER_KEY, status: 200 })],
  ])('%s', (_, followsUp) => {
    const verdict = found(shopThat(followsUp));
    expect(verdict).toMatchObject({ verdict: 'pass', n: 3, figure: 1, more: { never: 0, open: 0 } });
    expect(verdict.more?.medianSeconds).toBeCloseTo(1.02);
  });
});

describe('it fails where a lost answer is followed by', () => {
  test.each<[string, Parameters<typeof shopThat>[0]]>([
    ['nothing', () => {}],
    ['another key, and told nothing of the order', (shop, order) => shop.complete(order, CONFLICT)],
    ['another key, too busy for it', (shop, order) => shop.complete(order, { ...ANOTHER_KEY, ...BUSY })],
    ['another key, and no answer either', (shop, order) => shop.complete(order, { ...ANOTHER_KEY, ...LOST })],
    ['the completion of another order', (shop, _, reference) => shop.buy(`not ${reference}`, ANOTHER_KEY)],
    ['a search for another reference', (shop) => shop.findOrders('z')],
    ['an answer that is lost, too', (shop, _, reference) => shop.findOrders(reference, LOST)],
    ['a page in the place of an answer', (shop, _, reference) => shop.findOrders(reference, PAGE)],
    [
      'the same key, still in progress',
      (shop, order, reference) =>
        shop.complete(order, { idempotencyKey: `k-${reference}`, status: 409, code: 'idempotency_in_progress' }),
    ],
    ['a question that comes too late', (shop, _, reference) => shop.wait(61_000).findOrders(reference)],
  ])('%s', (_, followsUp) => {
    expect(found(shopThat(followsUp))).toMatchObject({ verdict: 'fail', n: 3, figure: 0 });
  });
});

test('one that is never resolved is shown, whatever became of the others', () => {
  const shop = shopThat((one, _, reference) => reference !== 'b' && one.findOrders(reference));
  const lost = shop.attempts.filter(({ operation }) => operation === 'completeOrder')[1];
  expect(found(shop)).toMatchObject({ verdict: 'fail', n: 3, evidence: [lost?.requestId], more: { never: 1 } });
});

test('a look that came before the work was done resolves nothing', () => {
  const shop = new VirtualShop();
  const order = shop.order(shop.reserve('ada'), 'a');
  shop.call('getOrder', { order });
  const lookedAt = shop.now;
  shop.complete(order, LOST);
  expect(shop.now).toBeGreaterThan(lookedAt);
  expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'fail', n: 1 });
});

test('an order that is created without an answer is ambiguous, too', () => {
  const shop = new VirtualShop();
  for (const reference of ['a', 'b', 'c']) shop.order(shop.reserve(reference), reference, LOST);
  expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'fail', n: 3 });
});

test('who orders once more under another key has not learned what became of the first, whatever it is told', () => {
  const already = { status: 409, code: 'reservation_already_ordered', workedAt: null };
  for (const told of [{}, already]) {
    const shop = new VirtualShop();
    for (const reference of ['a', 'b', 'c']) {
      const reservation = shop.reserve(reference);
      shop.order(reservation, reference, { ...LOST, idempotencyKey: `k-${reference}` });
      shop.call('createOrder', { reservation, idempotencyKey: `new-${reference}`, ...told });
    }
    expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'fail', n: 3, figure: 0 });
  }
});

test('an order that was canceled without an answer is known to whoever cancels it again, under whatever key', () => {
  const shop = new VirtualShop();
  for (const reference of ['a', 'b', 'c']) {
    const order = shop.order(shop.reserve(reference), reference);
    const parts = { order, session: 's1', reservation: order.replace('o', 'r') };
    const lost = shop.call('cancelOrder', { ...parts, ...LOST, idempotencyKey: `k-${reference}` });
    shop.happened.push(happened(lost.workedAt as number, 'canceled', parts));
    shop.call('cancelOrder', { ...parts, ...ANOTHER_KEY });
  }
  expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'pass', n: 3 });
});

test('an error or a page after the work is as ambiguous as silence', () => {
  for (const how of [{ status: 504 }, PAGE]) {
    const shop = new VirtualShop();
    shop.buy('a', how);
    expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'fail', n: 1 });
  }
});

test('what was lost less than a minute before the end is neither resolved nor unresolved', () => {
  const shop = shopThat((one, _, reference) => one.findOrders(reference));
  shop.buy('late', LOST);
  expect(found(shop.wait(59_000))).toMatchObject({ verdict: 'pass', n: 3, more: { open: 1 } });
  expect(found(shop).advice).toContain('of 1 more it had not yet asked');
  expect(found(shop.wait(1000))).toMatchObject({ verdict: 'fail', n: 4, more: { open: 0, never: 1 } });
});

test('those that still have time are told beside those that have none left', () => {
  const shop = shopThat((one, _, reference) => reference !== 'b' && one.findOrders(reference));
  shop.buy('late', LOST);
  const { advice, more } = found(shop.wait(1000));
  expect(more).toMatchObject({ never: 1, open: 1 });
  expect(advice).toMatch(/^It never learned in time what became of 1 of 3 orders.* Of 1 more it had not yet asked/);
});

test('a request that is still open a minute after its work is not resolved by waiting', () => {
  const shop = new VirtualShop();
  shop.buy('a', { ended: null });
  const early = found(shop.wait(59_000));
  expect(early.verdict).toBe('no-data');
  expect(early.advice).toMatch(/; \d+ more were.* look again in 60 s/);
  expect(found(shop.wait(2000)).verdict).toBe('fail');
});

test('a lost answer that would have been a refusal has done nothing, and is not ambiguous', () => {
  const shop = new VirtualShop();
  const order = shop.buy('a');
  shop.complete(order, { ...LOST, idempotencyKey: 'other' });
  expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('a reservation whose answer is lost is told, and not judged', () => {
  const shop = shopThat((one, _, reference) => one.findOrders(reference));
  shop.reserve('ada', LOST);
  expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'pass', n: 3, more: { lostReservations: 1 } });
});

test('without a lost answer, or with two that are resolved, there is no data', () => {
  const shop = new VirtualShop();
  shop.buy('a');
  expect(found(shop)).toMatchObject({ verdict: 'no-data', n: 0 });
  for (const reference of ['b', 'c']) {
    shop.buy(reference, LOST);
    shop.findOrders(reference);
  }
  expect(found(shop)).toMatchObject({ verdict: 'no-data', n: 2 });
});
