// double-charge: whatever takes the money takes it once more when it is repeated.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askCompletion, NOBODY, paid } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { checked, type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { redirectBuyer } from '../../support/redirect-buyer.ts';
import { ask } from '../../support/seller.ts';

describeKind(
  'double-charge',
  {},
  {
    async ask(upstream, forMs) {
      const order = await paid(upstream);
      await upstream.world.boxOffice.completeOrder(NOBODY, order.id, undefined, {});
      return askCompletion(upstream, forMs, order);
    },
  },
);

describe('double-charge', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const CARD = { attempt: '1', card: 'succeeds' };
  const counts = () => upstream.world.engine.rules[0]?.counts;
  /** What the invariants say is held for an order beyond its amount. */
  const breachOf = (id: string) => {
    const breaches = upstream.world.boxOffice.invariants().filter(({ detail }) => detail.includes(id));
    return breaches.map(({ rule, detail }) => `${rule}: ${detail.replace(id, 'it')}`);
  };

  test('a card form that is sent twice leads back twice, and has taken the money twice', async () => {
    const { page, id, amount, returned, read } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'double-charge' });
    expect(await returned(page, CARD)).toBe('succeeded');
    expect(breachOf(id)).toEqual([]);
    expect(await returned(page, CARD)).toBe('succeeded');
    expect(breachOf(id)).toEqual([`money_adds_up: it is paid: ${2 * amount} held of 2 captures, should be ${amount}`]);
    expect(counts()).toMatchObject({ matched: 2, acted: 1, inapplicable: 1 });
    expect((await read()).status).toBe('paid');
  });

  test("so has the issuer's page, where its yes is sent twice", async () => {
    const { page, issuer, id, submit, returned } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'double-charge' });
    await submit(page, { attempt: '1', card: 'challenge' });
    for (let i = 0; i < 3; i++) expect(await returned(issuer, { attempt: '1', answer: 'approve' })).toBe('succeeded');
    expect(breachOf(id)).toEqual([expect.stringContaining('held of 3 captures')]);
    expect(counts()).toMatchObject({ acted: 2 });
  });

  test('a completion under another key is told its tickets again, and charged; under the same it is replayed', async () => {
    const { page, id, submit, complete } = await redirectBuyer(upstream.url);
    await submit(page, CARD);
    upstream.arm({ fault: 'double-charge' });
    const first = await complete('one');
    expect((await complete('one')).body).toEqual(first.body);
    expect(breachOf(id)).toEqual([]);
    expect(await complete('two')).toMatchObject({ status: 200, body: { tickets: first.body.tickets } });
    expect(breachOf(id)).toEqual([expect.stringContaining('is completed')]);
    expect(counts()).toMatchObject({ acted: 1 });
  });

  test('so is one that is pending still', async () => {
    const { page, id, submit, complete } = await redirectBuyer(upstream.url);
    await submit(page, CARD);
    upstream.arm({ fault: 'double-charge' }, { fault: 'completion-pending' });
    for (const key of ['one', 'two', 'three']) expect((await complete(key)).status).toBe(202);
    expect(breachOf(id)).toEqual([expect.stringContaining('is completing: ')]);
    expect(upstream.world.engine.rules.map(({ counts: { acted } }) => acted)).toEqual([2, 3]);
  });

  test('a refund gives back the amount, and never the surplus', async () => {
    const { page, id, amount, submit, read } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'double-charge' });
    for (let i = 0; i < 2; i++) await submit(page, CARD);
    await upstream.heal();
    await ask(`${upstream.url}/v1/orders/${id}/cancel`, { method: 'POST', json: {} });
    expect((await read()).status).toBe('refunded');
    expect(breachOf(id)).toEqual([`money_adds_up: it is refunded: ${amount} held of 2 captures, should be 0`]);
  });

  test("a card that did not pay, a look at the page and a seller's own money are charged no more than ever", async () => {
    const { page, id, submit, complete } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'double-charge' });
    for (let i = 0; i < 2; i++) expect((await submit(page, { attempt: '1', card: 'declined' })).status).toBe(402);
    expect((await fetch(page)).status).toBe(200);
    expect((await complete('k')).status).toBe(402);
    expect(breachOf(id)).toEqual([]);
    expect(counts()).toMatchObject({ matched: 3, acted: 0, inapplicable: 3 });
  });

  test('beside a completion that only pretends, nothing is charged', async () => {
    const { page, id, submit, complete } = await redirectBuyer(upstream.url);
    await submit(page, CARD);
    upstream.arm({ fault: 'completion-pending' });
    await complete('one');
    await upstream.heal();
    upstream.arm({ fault: 'double-charge' }, { fault: 'phantom-success' });
    expect(await complete('two')).toMatchObject({ status: 200, body: { status: 'completed' } });
    expect(breachOf(id)).toEqual([]);
    expect(upstream.world.engine.rules.map(({ counts }) => counts?.acted)).toEqual([0, 1]);
  });

  test('can be aimed only at what takes money', () => {
    const aimed = (match: object) => () => checked({ fault: 'double-charge', match });
    expect(aimed({ operations: ['createOrder'] })).toThrow(/can never touch createOrder; it can: paymentPage/);
    expect(aimed({ operations: ['paymentPage'], methods: ['GET'] })).toThrow(/can never touch GET/);
  });
});
