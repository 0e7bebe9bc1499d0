// What is sent of what happens, to whom, and what becomes of it when receivers do not answer as they should.
import { describe, expect, test } from 'vitest';
import type { Sent } from '../../src/web/outbound.ts';
import { MAX_LOGGED } from '../../src/webhooks/delivery-log.ts';
import { MAX_ENDPOINTS } from '../../src/webhooks/endpoint.ts';
import { MAX_AT_ONCE, MAX_QUEUED } from '../../src/webhooks/endpoint-queue.ts';
import { OK } from '../support/webhook-receivers.ts';
import { completedOrder, HOOK, OTHER_HOOK, orderIds, webhookStage } from './stage.ts';

const answering = (status: number, headers = {}): Sent => ({ status, headers });
const all = { limit: 1000 };

describe('what happens', () => {
  test('is told to the endpoints of the client whose it is, in a thin body, and to no other', async () => {
    const { webhooks, completed, shared } = webhookStage();
    webhooks.add({ client: 'seller-a', url: HOOK });
    webhooks.add({ client: 'seller-b', url: OTHER_HOOK });
    await completed('o-1');
    expect(shared.calls.map(({ url }) => url)).toEqual([HOOK]);
    expect(JSON.parse(shared.calls[0]?.body ?? '')).toEqual({
      type: 'order.completed',
      timestamp: '2026-01-05T12:00:00.000Z',
      data: { id: 'o-1', orderId: 'o-1', externalRef: 'ref-o-1', world: 'w' },
    });
  });

  test('is told of a session that sold out to everybody', async () => {
    const { webhooks, told, shared } = webhookStage();
    webhooks.add({ client: 'seller-a', url: HOOK });
    webhooks.add({ client: 'seller-b', url: OTHER_HOOK });
    await told({ ...{ kind: 'sold_out', at: 0, sessionId: 's-1', client: 'seller-c' }, reservationId: 'r', seats: [] });
    expect(shared.calls.map(({ body }) => JSON.parse(body).data)).toEqual(Array(2).fill({ id: 's-1', world: 'w' }));
  });

  test('is told only of the types that an endpoint asks for', async () => {
    const { webhooks, completed, told, types } = webhookStage();
    webhooks.add({ client: 'seller-a', url: HOOK, events: ['reservation.expired'] });
    await completed('o-1');
    const {
      orderId: _,
      externalRef: __,
      ...reservation
    } = completedOrder('o-2') as { orderId: string; externalRef: string };
    await told({ ...(reservation as object), kind: 'lapsed' } as never);
    expect(types()).toEqual(['reservation.expired']);
  });

  test('costs nothing where there is no endpoint: nobody listens', () => {
    const { webhooks, facts, engine } = webhookStage();
    expect([facts.listeners, engine.changed.listeners]).toEqual([0, 0]);
    const id = webhooks.add({ client: 'seller-a', url: HOOK });
    expect([facts.listeners, engine.changed.listeners]).toEqual([1, 1]);
    webhooks.remove(id);
    expect([facts.listeners, engine.changed.listeners]).toEqual([0, 0]);
  });

  test('has ids by seed and order, another client’s doings aside', async () => {
    const ids = async (seed: number, others: number) => {
      const { webhooks, completed, shared } = webhookStage({ seed });
      webhooks.add({ client: 'seller-a', url: HOOK });
      webhooks.add({ client: 'seller-b', url: HOOK });
      for (let i = 0; i < others; i++) await completed(`b-${i}`, 'seller-b');
      await completed('o-1');
      await completed('o-2');
      return shared.calls.map(({ headers }) => headers['webhook-id']).slice(others);
    };
    const first = await ids(7, 0);
    expect(new Set(first).size).toBe(2);
    expect(first[0]).toMatch(/^msg_[a-z\d]{16}$/);
    expect(await ids(7, 3)).toEqual(first);
    expect(await ids(8, 0)).not.toEqual(first);
  });
});

describe('a webhook that is not taken', () => {
  test('is tried ten times by the schedule, with its id and the time of each attempt, and has then failed', async () => {
    const { webhooks, completed, shared, clock } = webhookStage({ answer: () => answering(500), timeScale: 50 });
    webhooks.add({ client: 'seller-a', url: HOOK });
    await completed('o-1');
    for (let i = 0; i < 12; i++) await clock.advanceAsync(30 * 60_000);
    expect(shared.calls).toHaveLength(10);
    expect(new Set(shared.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(shared.calls.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(8);
    const [delivery] = webhooks.deliveries(all).data;
    expect(delivery).toMatchObject({ status: 'failed', nextAt: null });
    const at = delivery?.attempts.map((attempt) => attempt.at) ?? [];
    expect([(at[1] ?? 0) - (at[0] ?? 0), (at[2] ?? 0) - (at[1] ?? 0)]).toEqual([100, 6000]);
    expect(clock.pending).toBe(0);
  });

  test.each([301, 302, 404, 429, 500])('with %i fails, and is tried again', async (status) => {
    let answers = 0;
    const { webhooks, completed, clock } = webhookStage({ answer: () => (answers++ ? OK : answering(status)) });
    webhooks.add({ client: 'seller-a', url: HOOK });
    await completed('o-1');
    expect(webhooks.deliveries(all).data[0]).toMatchObject({ status: 'pending', nextAt: clock.now() + 5000 });
    await clock.advanceAsync(5000);
    const [delivery] = webhooks.deliveries(all).data;
    expect(delivery).toMatchObject({ status: 'delivered' });
    expect(delivery?.attempts.map((attempt) => attempt.status)).toEqual([status, 200]);
  });

  test('is put off by a Retry-After, and says why no status came', async () => {
    const answers: Sent[] = [answering(503, { 'retry-after': '60' }), { error: 'the connection was refused' }];
    const { webhooks, completed, clock } = webhookStage({ answer: () => answers.shift() ?? OK });
    webhooks.add({ client: 'seller-a', url: HOOK });
    await completed('o-1');
    await clock.advanceAsync(59_999);
    expect(webhooks.deliveries(all).data[0]?.attempts).toHaveLength(1);
    await clock.advanceAsync(1);
    const [, refused] = webhooks.deliveries(all).data[0]?.attempts ?? [];
    expect(refused).toMatchObject({ status: null, error: 'the connection was refused' });
  });

  test('with 410 disables its endpoint, and cancels what waits for it; a reset enables it again', async () => {
    const { webhooks, completed, shared } = webhookStage({ answer: () => answering(410) });
    webhooks.add({ client: 'seller-a', url: HOOK });
    await completed('o-1');
    expect(webhooks.endpoints()[0]?.disabled).toMatch(/answered 410 at 2026-/);
    await completed('o-2');
    expect(shared.calls).toHaveLength(1);
    const [{ id = '' } = {}] = webhooks.deliveries(all).data;
    expect(() => webhooks.redeliver(id)).toThrow(/disabled/);
    webhooks.reset();
    expect(webhooks.endpoints()[0]?.disabled).toBeNull();
  });

  test('is sent again by hand, with the id it had', async () => {
    const { webhooks, completed, shared, clock } = webhookStage();
    webhooks.add({ client: 'seller-a', url: HOOK });
    await completed('o-1');
    const [{ id = '' } = {}] = webhooks.deliveries(all).data;
    webhooks.redeliver(id);
    expect(() => webhooks.redeliver(id)).toThrow(/still under way/);
    await clock.settle();
    expect(webhooks.deliveries(all).data[0]).toMatchObject({ status: 'delivered', attempts: [{}, {}] });
    expect(shared.calls[1]?.headers['webhook-id']).toBe(shared.calls[0]?.headers['webhook-id']);
    expect(() => webhooks.redeliver('dlv_none')).toThrow(/no delivery "dlv_none"/);
  });
});

describe('a receiver that hangs', () => {
  const hanging =
    (hung: string) =>
    ({ url }: { url: URL }) =>
      url.href === hung ? new Promise<Sent>(() => {}) : OK;

  test('holds one call, and nobody else waits for it', async () => {
    const { webhooks, completed, shared } = webhookStage({ answer: hanging(HOOK.href) });
    webhooks.add({ client: 'seller-a', url: HOOK });
    webhooks.add({ client: 'seller-a', url: OTHER_HOOK });
    for (let i = 0; i < 20; i++) await completed(`o-${i}`);
    expect(shared.calls.filter(({ url }) => url === OTHER_HOOK)).toHaveLength(20);
    expect(shared.calls.filter(({ url }) => url === HOOK)).toHaveLength(1);
    expect(webhooks.endpoints().map(({ queued }) => queued)).toEqual([20, 0]);
  });

  test('fills its queue, and what finds no room is dropped, and said so', async () => {
    const { webhooks, completed, facts, shared } = webhookStage({ answer: hanging(HOOK.href) });
    webhooks.add({ client: 'seller-a', url: HOOK });
    for (let i = 0; i < MAX_QUEUED; i++) facts.publish(completedOrder(`o-${i}`));
    await completed('one-too-many');
    expect(webhooks.deliveries({ limit: 1 }).data[0]).toMatchObject({ status: 'dropped' });
    expect(webhooks.totals).toEqual({ endpoints: 1, queued: MAX_QUEUED, dropped: 1 });
    expect(shared.counts.now.dropped).toBe(1);
  });
});

describe('a receiver that answers', () => {
  test('is called several times at once, about one order never twice at once', async () => {
    const open: (() => void)[] = [];
    const { webhooks, facts, shared, clock } = webhookStage({
      answer: () => new Promise<Sent>((resolve) => open.push(() => resolve(OK))),
    });
    webhooks.add({ client: 'seller-a', url: HOOK });
    for (let i = 0; i < 40; i++) facts.publish(completedOrder(`o-${i % 20}`));
    let most = 0;
    while (open.length > 0) {
      most = Math.max(most, open.length);
      const ids = orderIds(shared.calls.slice(-open.length));
      expect(new Set(ids).size).toBe(ids.length);
      open.shift()?.();
      await clock.settle();
    }
    expect(most).toBe(MAX_AT_ONCE);
    expect(shared.calls).toHaveLength(40);
  });
});

describe('bounds', () => {
  test('a world has so many endpoints, and none twice', () => {
    const { webhooks } = webhookStage();
    webhooks.add({ client: 'seller-a', url: HOOK });
    expect(() => webhooks.add({ client: 'seller-a', url: HOOK })).toThrow(/has this URL already/);
    expect(() => webhooks.add({ client: 'seller-a', url: new URL('http://x.invalid') })).toThrow(/may not be called/);
    for (let i = 1; i < MAX_ENDPOINTS; i++) webhooks.add({ client: `seller-${i}`, url: HOOK });
    expect(() => webhooks.add({ client: 'seller-z', url: HOOK })).toThrow(/as many as may be/);
  });

  test('the log keeps the newest, and is read page by page', async () => {
    const { webhooks, facts, clock } = webhookStage();
    webhooks.add({ client: 'seller-a', url: HOOK });
    for (let i = 0; i < MAX_LOGGED + 5; i++) {
      facts.publish(completedOrder(`o-${i}`));
      if (i % 500 === 0) await clock.settle();
    }
    const first = webhooks.deliveries({ limit: 1500 });
    const second = webhooks.deliveries({ limit: 1500, cursor: first.nextCursor ?? 0 });
    expect(first.data.length + second.data.length).toBe(MAX_LOGGED);
    expect(second.nextCursor).toBeNull();
    expect(second.data.at(-1)?.number).toBe(6);
  });

  test('a reset forgets deliveries, whatever they wait for, and keeps the endpoints', async () => {
    const { webhooks, completed, clock, shared } = webhookStage({ answer: () => answering(500) });
    webhooks.add({ client: 'seller-a', url: HOOK });
    await completed('o-1');
    webhooks.reset();
    expect([clock.pending, webhooks.deliveries(all).data.length, webhooks.totals.queued]).toEqual([0, 0, 0]);
    await completed('o-2');
    expect(orderIds(shared.calls)).toEqual(['o-1', 'o-2']);
    expect(shared.calls[1]?.headers['webhook-id']).toBe(shared.calls[0]?.headers['webhook-id']);
    webhooks.close();
    expect(clock.pending).toBe(0);
  });

  test('a call under way ends with its endpoint', () => {
    const { webhooks, facts, shared } = webhookStage({ answer: () => new Promise<Sent>(() => {}) });
    const id = webhooks.add({ client: 'seller-a', url: HOOK });
    facts.publish(completedOrder('o-1'));
    expect(shared.calls[0]?.signal?.aborted).toBe(false);
    webhooks.remove(id);
    expect(shared.calls[0]?.signal?.aborted).toBe(true);
    expect(webhooks.deliveries(all).data).toMatchObject([{ status: 'canceled', attempts: [] }]);
  });
});
