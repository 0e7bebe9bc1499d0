// Payments by redirect: money that comes too late or twice, and completions that are put off.
import { describe, expect, test } from 'vitest';
import { heldMoney } from '../../src/box-office/paying/money.ts';
import { HONEST, type Term } from '../../src/box-office/terms.ts';
import { isFree, orderByRedirect } from './redirect-order.ts';
import { overStores, refusal, type Stage, TTL_MS } from './stage.ts';

overStores((open) => {
  describe('money that comes late', () => {
    /** Paid before the order expired, and heard of after. */
    async function lateCard(latePayment: 'refund' | 'reacquire', meanwhile?: (house: Stage) => Promise<unknown>) {
      const house = await orderByRedirect(open, { paymentRules: { refundAfterMs: 0, latePayment } });
      house.clock.advance(TTL_MS + 10_000);
      await house.read();
      await meanwhile?.(house);
      const result = await house.pay(1, 'succeeds', HONEST, 20_000);
      expect(house.office.invariants()).toEqual([]);
      return { ...house, result };
    }

    test('is given back, and its seat stays free', async () => {
      const { result, told, ...house } = await lateCard('refund');
      expect(result).toMatchObject({ outcome: 'captured', order: { status: 'refunded' } });
      expect(told().slice(2)).toEqual(['lapsed', 'payment_canceled', 'captured', 'refunded']);
      expect(isFree(house)).toBe(true);
    });

    test('gets its seat again where that is free', async () => {
      const { result, complete, told } = await lateCard('reacquire');
      expect(result).toMatchObject({ outcome: 'captured', order: { status: 'paid' } });
      expect((await complete()).tickets).toHaveLength(1);
      expect(told().slice(4)).toEqual(['captured', 'reserved', 'paid', 'completed']);
    });

    test('has no seat when others have bought it meanwhile', async () => {
      const { result, complete } = await lateCard('reacquire', ({ reserve }) => reserve({ customerRef: 'ben' }));
      expect(result).toMatchObject({ outcome: 'captured', order: { status: 'refunded' } });
      await refusal(complete(), 'reservation_expired');
    });

    test('has no seat when its customer has as many as may be', async () => {
      const seats = ['D-1', 'D-2', 'D-3', 'D-4'];
      const { result, office } = await lateCard('reacquire', ({ reserve }) => reserve({ seats }));
      expect(result.order.status).toBe('refunded');
      expect(office.totals().reserved).toBe(4);
    });

    test('what is sent after the order has expired is not taken', async () => {
      const { pay, clock } = await orderByRedirect(open);
      clock.advance(TTL_MS + 10_000);
      await refusal(pay(1, 'succeeds', HONEST, 5_000), 'reservation_expired');
    });

    test("the issuer's late yes is money too", async () => {
      const { pay, answer, clock } = await orderByRedirect(open);
      await pay(1, 'challenge');
      clock.advance(TTL_MS + 10_000);
      expect(await answer(1, 'approve', HONEST, 20_000)).toMatchObject({
        outcome: 'captured',
        order: { status: 'refunded' },
      });
    });

    test.each(['refund', 'reacquire'] as const)('so long after as a fault has it: %s', async (latePayment) => {
      const { pay, read, clock, office, told } = await orderByRedirect(open, {
        paymentRules: { refundAfterMs: 0, latePayment },
      });
      const used = new Set<Term>();
      expect(await pay(1, 'succeeds', { latePaymentMs: 30_000, used })).toMatchObject({ outcome: 'pending' });
      expect([...used]).toEqual(['latePaymentMs']);
      expect((await read()).payment.status).toBe('processing');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'processing' } });
      clock.pass(30_000);
      expect((await read()).status).toBe(latePayment === 'refund' ? 'refunded' : 'paid');
      expect(told()).toContain('captured');
      expect(office.invariants()).toEqual([]);
    });
  });

  describe('what faults make of it', () => {
    test('a form, or a completion, that is repeated is charged again, and the breach names the order', async () => {
      const { pay, complete, office, id, read } = await orderByRedirect(open);
      const used = new Set<Term>();
      const terms = { doubleCharge: true, used };
      await pay(1, 'succeeds', terms);
      expect(used.size).toBe(0);
      await pay(1, 'succeeds', terms);
      expect([...used]).toEqual(['doubleCharge']);
      await complete();
      expect(await complete(terms)).toMatchObject({ status: 'completed' });
      expect(heldMoney(await read())).toBe(3 * (await read()).amount);
      expect(office.invariants()).toMatchObject([{ rule: 'money_adds_up', detail: expect.stringContaining(id) }]);
    });

    test('a completion that is pending ends after its time, by itself', async () => {
      const { pay, complete, read, clock, told } = await orderByRedirect(open);
      await pay(1, 'succeeds');
      const used = new Set<Term>();
      expect((await complete({ completionPendingMs: 5_000, used })).status).toBe('completing');
      expect([...used]).toEqual(['completionPendingMs']);
      expect((await complete()).status).toBe('completing');
      clock.pass(5_000);
      expect((await read()).status).toBe('completed');
      expect(told().slice(-2)).toEqual(['completing', 'completed']);
    });

    test('one that is pending for ever holds its seats until it is asked again', async () => {
      const { pay, complete, read, clock } = await orderByRedirect(open);
      await pay(1, 'succeeds');
      const terms = { completionPendingMs: Number.POSITIVE_INFINITY };
      expect((await complete(terms)).status).toBe('completing');
      clock.advance(10 * TTL_MS);
      expect((await complete(terms)).status).toBe('completing');
      expect((await read()).status).toBe('completing');
      expect((await complete()).status).toBe('completed');
    });

    test('an order that is completing can be canceled, and its completion does not come', async () => {
      const { pay, complete, office, id, read, clock } = await orderByRedirect(open);
      await pay(1, 'succeeds');
      await complete({ completionPendingMs: 5_000 });
      await office.cancelOrder('alpha', id, HONEST);
      clock.pass(10_000);
      expect((await read()).status).toBe('refunded');
    });
  });
});
