// Webhooks are to be answered soon, checked, looked up, and acted on once.
import { expect, test } from 'vitest';
import { webhookManners } from '../../../src/scorecard/criteria/webhook-manners.ts';
import type { Delivery } from '../../../src/scorecard/evidence.ts';
import { delivery, judged, many } from '../../support/evidence.ts';
import { VirtualShop } from '../../support/virtual-shop.ts';

const deliveries = (count: number, about: Partial<Delivery> = {}) =>
  many(count, (n) => delivery(n * 1000, { webhookId: `w${n}`, ...about }));

test('webhooks that are answered soon pass, and it is said that no signature was tried', () => {
  const found = judged(webhookManners, { deliveries: deliveries(20) });
  expect(found).toMatchObject({ verdict: 'pass', n: 20, figure: 20 });
  expect(found.advice).toContain('bad-signature');
});

test('slow answers warn, slower ones fail, and none at all are the slowest', () => {
  expect(judged(webhookManners, { deliveries: deliveries(40, { tookMs: 8000 }) }).verdict).toBe('warn');
  expect(judged(webhookManners, { deliveries: deliveries(40, { tookMs: 20_000 }) }).verdict).toBe('fail');
  const none = judged(webhookManners, { deliveries: deliveries(40, { tookMs: null, status: null }) });
  expect(none).toMatchObject({ verdict: 'fail', more: { unanswered: 40 } });
  expect(none.evidence[0]).toBe('w0');
});

test('a bad signature that is accepted fails, even one', () => {
  const found = judged(webhookManners, { deliveries: [delivery(0, { isForged: true })] });
  expect(found).toMatchObject({ verdict: 'fail', n: 1, more: { badSignaturesAccepted: 1 }, evidence: ['w0'] });
});

test('bad signatures that are refused pass', () => {
  const forged = delivery(5, { isForged: true, status: 401 });
  const found = judged(webhookManners, { deliveries: [...deliveries(20), forged] });
  expect(found).toMatchObject({ verdict: 'pass', more: { badSignaturesAccepted: 0 } });
  expect(found.advice).toContain('checks signatures');
});

/** Twenty orders that are paid at a page, each told by a webhook. */
function shopThat(reacts: (shop: VirtualShop, order: string) => void, again = 1): VirtualShop {
  const shop = new VirtualShop();
  for (let n = 0; n < 20; n++) {
    const order = shop.order(shop.reserve(`customer ${n}`), `a${n}`);
    shop.pay(order);
    for (let copy = 0; copy < again; copy++) {
      shop.tell({ webhookId: `w${n}`, order });
      reacts(shop.wait(10), order);
    }
  }
  return shop.wait(120_000);
}

const found = (shop: VirtualShop) => judged(webhookManners, shop.evidence());

test('webhooks that are looked up pass', () => {
  const shop = shopThat((one, order) => one.getOrder(order));
  expect(found(shop)).toMatchObject({ verdict: 'pass', n: 20, more: { lookedUp: 1, completedAgain: 0 } });
});

test('webhooks that are accepted and never looked up warn', () => {
  const verdict = found(shopThat(() => {}));
  expect(verdict).toMatchObject({ verdict: 'warn', more: { lookedUp: 0 } });
  expect(verdict.evidence).toContain('w0');
});

test('of what an answer has told already nothing needs to be looked up', () => {
  const shop = new VirtualShop();
  for (let n = 0; n < 20; n++) shop.tell({ webhookId: `w${n}`, order: shop.buy(`a${n}`) });
  expect(found(shop.wait(120_000))).toMatchObject({ verdict: 'pass', more: { lookedUp: 1 } });
});

test('completing again under another key after a copy fails', () => {
  const shop = shopThat((one, order) => one.complete(order, { idempotencyKey: `k${one.now}` }), 2);
  const verdict = found(shop);
  expect(verdict).toMatchObject({ verdict: 'fail', more: { completedAgain: 20 } });
  expect(verdict.evidence[0]).toMatch(/^completeOrder@/);
});

test('completing again under the same key does no harm', () => {
  const shop = shopThat((one, order) => one.complete(order, { idempotencyKey: order }), 2);
  expect(found(shop)).toMatchObject({ verdict: 'pass', more: { completedAgain: 0 } });
});

test('nineteen webhooks are no data, and neither is none', () => {
  expect(judged(webhookManners, { deliveries: deliveries(19) })).toMatchObject({ verdict: 'no-data', n: 19 });
  expect(judged(webhookManners, {})).toMatchObject({ verdict: 'no-data', n: 0 });
});
