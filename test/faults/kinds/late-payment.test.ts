// late-payment: the buyer has paid, the order expires all the same, and then the money comes.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askCard, ordered } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { checked, type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { redirectBuyer } from '../../support/redirect-buyer.ts';
import { ask } from '../../support/seller.ts';

describeKind(
  'late-payment',
  {},
  {
    ask: async (upstream, forMs) => askCard(upstream, forMs, await ordered(upstream, 'redirect')),
  },
);

describe('late-payment', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const CARD = { attempt: '1', card: 'succeeds' };
  const TTL_MS = 900_000;
  const pass = (ms: number): void => upstream.world.boxOfficeClock.advance(ms);
  const counts = () => upstream.world.engine.rules[0]?.counts;
  const expectSound = () => expect(upstream.world.boxOffice.invariants()).toEqual([]);
  const seatOf = async (seat: string) => {
    const { body } = await ask(`${upstream.url}/v1/sessions/s1/seat-map`);
    const seats: { id: string; status: string }[] = body.rows.flatMap(({ seats }: { seats: unknown }) => seats);
    return seats.find(({ id }) => id === seat)?.status;
  };

  test('the buyer comes back with nothing decided, the seats go back on sale, and then the money is taken', async () => {
    const { page, seat, returned, complete, read } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'late-payment', with: { after: '1h' } });
    expect(await returned(page, CARD)).toBe('open');
    expect(counts()).toMatchObject({ acted: 1 });
    await upstream.heal();
    expect(await (await fetch(page)).text()).toContain('data-page="waiting"');
    expect(await read()).toMatchObject({ status: 'pending_payment', payment: { status: 'processing' } });
    expect(await complete('k')).toMatchObject({ status: 402, body: { code: 'payment_outstanding' } });
    pass(TTL_MS);
    expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'processing' } });
    expect(await seatOf(seat)).toBe('free');
    expectSound();
    pass(3_500_000);
    expect((await read()).status).toBe('expired');
    pass(100_000);
    expect(await read()).toMatchObject({ status: 'refunded', payment: { status: 'refunded' } });
    expect((await complete('l')).status).toBe(410);
    expectSound();
  });

  test("an issuer's yes is late as well, and a form sent again in between takes nothing", async () => {
    const { page, issuer, submit, returned, read } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'late-payment' });
    expect((await submit(page, { attempt: '1', card: 'challenge' })).headers.get('location')).toContain('/3ds/');
    for (let i = 0; i < 2; i++) expect(await returned(issuer, { attempt: '1', answer: 'approve' })).toBe('open');
    expect(counts()).toMatchObject({ matched: 3, acted: 1, inapplicable: 2 });
    pass(TTL_MS + 30_000);
    expect((await read()).status).toBe('refunded');
    expectSound();
  });

  test('a card that does not pay, or whose issuer never answers, is as ever', async () => {
    const { page, submit, read } = await redirectBuyer(upstream.url);
    upstream.arm({ fault: 'late-payment' });
    expect((await submit(page, { attempt: '1', card: 'declined' })).status).toBe(402);
    expect((await submit(page, { attempt: '2', card: 'hangs' })).status).toBe(303);
    expect(counts()).toMatchObject({ matched: 2, acted: 0, inapplicable: 2 });
    pass(TTL_MS + 60_000);
    expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'canceled' } });
  });

  test('of two rules the later money holds, and a rule that changes nothing has not acted', async () => {
    const { page, submit, read } = await redirectBuyer(upstream.url);
    upstream.arm(...['2m', '1m'].map((after) => ({ fault: 'late-payment', with: { after } })));
    await submit(page, CARD);
    expect(upstream.world.engine.rules.map(({ counts: { acted } }) => acted)).toEqual([1, 0]);
    pass(TTL_MS + 60_000);
    expect((await read()).status).toBe('expired');
    pass(60_000);
    expect((await read()).status).toBe('refunded');
  });

  test('can be aimed only at the pages', () => {
    expect(() => checked({ fault: 'late-payment', match: { operations: ['completeOrder'] } })).toThrow(
      /can never touch completeOrder; it can: paymentPage, threeDSecure/,
    );
  });
});
