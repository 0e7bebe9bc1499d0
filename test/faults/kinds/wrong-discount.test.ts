// wrong-discount: what a code is said to be worth, and what an order is charged.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reserved } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('wrong-discount', {}, { acts: false });

describe('wrong-discount', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  /** What validation says of the code, and what an order with it comes to. */
  const trial = async (code: string) => {
    const { id: reservationId, seats, amount } = await reserved(upstream);
    const post = (path: string, json: unknown) => ask(upstream.url + path, { method: 'POST', json });
    const said = await post('/v1/discounts/validate', { code, sessionId: 's1', seats, customerRef: 'ada' });
    const customer = { name: 'Ada', phone: '0912' };
    const order = { reservationId, customer, externalRef: 'r', discountCode: code, payment: { method: 'seller' } };
    return { amount, said: said.body, order: (await post('/v1/orders', order)).body };
  };

  test('bare, a valid code is refused', async () => {
    upstream.arm({ fault: 'wrong-discount' });
    const { said, order } = await trial('FESTIVAL20');
    expect(said).toEqual({ valid: false, reason: 'used_up' });
    expect(order).toMatchObject({ status: 422, code: 'discount_invalid' });
  });

  test('accept-invalid gives something for a code that nobody knows', async () => {
    upstream.arm({ fault: 'wrong-discount', with: { mode: 'accept-invalid' } });
    const { amount, said, order } = await trial('NOSUCH');
    expect(said).toEqual({ valid: true, amountOff: amount / 10 });
    expect(order).toMatchObject({ amount: amount * 0.9, discount: { code: 'NOSUCH', amountOff: amount / 10 } });
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
  });

  test('price-differs says one thing and charges another', async () => {
    upstream.arm({ fault: 'wrong-discount', with: { mode: 'price-differs' } });
    const { amount, said, order } = await trial('FESTIVAL20');
    expect(said).toEqual({ valid: true, amountOff: amount / 5 });
    expect(order).toMatchObject({ amount: amount * 0.9, discount: { amountOff: amount / 10 } });
  });
});
