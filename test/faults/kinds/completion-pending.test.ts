// completion-pending: asked to complete, the upstream says "not yet", for a while or for good.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askCompletion, ordered } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { checked, type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { redirectBuyer } from '../../support/redirect-buyer.ts';
import { ask } from '../../support/seller.ts';

describeKind(
  'completion-pending',
  {},
  {
    ask: async (upstream, forMs) => askCompletion(upstream, forMs, await ordered(upstream, 'seller')),
  },
);

describe('completion-pending', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const pass = (ms: number): void => upstream.world.boxOfficeClock.advance(ms);
  const counts = () => upstream.world.engine.rules[0]?.counts;
  const paidBuyer = async () => {
    const buyer = await redirectBuyer(upstream.url);
    await buyer.submit(buyer.page, { attempt: '1', card: 'succeeds' });
    return buyer;
  };

  test('is a 202 that says where to ask, and after its time the order has its tickets', async () => {
    const { complete } = await paidBuyer();
    upstream.arm({ fault: 'completion-pending', with: { after: '20s' } });
    const { status, body } = await complete('k');
    expect([status, body]).toEqual([202, { status: 'pending', pollUrl: expect.any(String), wait: 2 }]);
    await upstream.heal();
    const poll = async () => (await ask(upstream.url + body.pollUrl)).body;
    pass(19_000);
    expect(await poll()).toMatchObject({ status: 'completing', payment: { status: 'succeeded' } });
    expect((await poll()).tickets).toBeUndefined();
    expect(await complete('other')).toMatchObject({ status: 202 });
    pass(1_000);
    expect(await poll()).toMatchObject({ status: 'completed', tickets: [{ barcode: expect.any(String) }] });
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
  });

  test('bare, it never ends: the seat is held and the money kept, until another key asks once it is healed', async () => {
    const { complete, read } = await paidBuyer();
    upstream.arm({ fault: 'completion-pending' });
    expect((await complete('k')).status).toBe(202);
    pass(10 * 3_600_000);
    expect((await complete('l')).status).toBe(202);
    expect(counts()).toMatchObject({ matched: 2, acted: 2 });
    expect((await read()).status).toBe('completing');
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
    await upstream.heal();
    const replayed = await complete('k');
    expect([replayed.status, replayed.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await complete('m')).toMatchObject({ status: 200, body: { status: 'completed' } });
  });

  test('an order that is pending can be canceled, and the money goes back', async () => {
    const { id, complete, read } = await paidBuyer();
    upstream.arm({ fault: 'completion-pending' });
    await complete('k');
    await ask(`${upstream.url}/v1/orders/${id}/cancel`, { method: 'POST', json: {} });
    expect(await read()).toMatchObject({ status: 'refunded', payment: { status: 'refunded' } });
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
  });

  test("one that is not paid, one that is completed, and the pages are as ever; a seller's own money is pending too", async () => {
    const { id, page, submit, complete } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'completion-pending' });
    expect(await complete('a')).toMatchObject({ status: 402, body: { code: 'payment_outstanding' } });
    expect((await submit(page, { attempt: '1', card: 'succeeds' })).status).toBe(303);
    await upstream.world.boxOffice.completeOrder('anonymous', id, undefined, {});
    expect(await complete('b')).toMatchObject({ status: 409, body: { code: 'order_already_completed' } });
    expect(counts()).toMatchObject({ matched: 2, acted: 0, inapplicable: 2 });
    const own = await ordered(upstream, 'seller');
    expect((await askCompletion(upstream, 30_000, own)).status).toBe(202);
    expect(counts()).toMatchObject({ acted: 1 });
  });

  test('can be aimed only at completions', () => {
    expect(() => checked({ fault: 'completion-pending', match: { operations: ['getOrder'] } })).toThrow(
      /can never touch getOrder; it can: completeOrder/,
    );
  });
});
