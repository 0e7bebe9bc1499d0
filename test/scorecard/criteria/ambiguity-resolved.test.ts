// An order whose answer was lost is resolved by asking for it, or by the same key, within a minute.
import { describe, expect, test } from 'vitest';
import { ambiguityResolved } from '../../../src/scorecard/criteria/ambiguity-resolved.ts';
import { judged } from '../../support/evidence.ts';
import { LOST, PAGE, VirtualShop } from '../../support/virtual-shop.ts';

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
  ])('%s', (_, followsUp) => {
    const verdict = found(shopThat(followsUp));
    expect(verdict).toMatchObject({ verdict: 'pass', n: 3, figure: 1, more: { never: 0, open: 0 } });
    expect(verdict.more?.medianSeconds).toBeCloseTo(1.02);
  });
});

describe('it fails where a lost answer is followed by', () => {
  test.each<[string, Parameters<typeof shopThat>[0]]>([
    ['nothing', () => {}],
    ['another key', (shop, order) => shop.complete(order, { idempotencyKey: `new-${order}` })],
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
  expect(found(shop.wait(1000))).toMatchObject({ verdict: 'fail', n: 4, more: { open: 0, never: 1 } });
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
