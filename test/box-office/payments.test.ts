// Payments by redirect: what a card and its issuer make of payment, order, seats and money.
import { describe, expect, test } from 'vitest';
import { heldMoney } from '../../src/box-office/paying/money.ts';
import { PAYING_MS } from '../../src/box-office/paying/payment.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { isFree, orderByRedirect } from './redirect-order.ts';
import { overStores, refusal, TTL_MS } from './stage.ts';

overStores((open) => {
  describe('a card', () => {
    test('that succeeds makes the order paid, and then it is completed', async () => {
      const { pay, complete, read, told, office } = await orderByRedirect(open);
      expect(await pay(1, 'succeeds')).toMatchObject({ outcome: 'captured', order: { status: 'paid' } });
      expect(heldMoney(await read())).toBe((await read()).amount);
      expect(await complete()).toMatchObject({ status: 'completed', payment: { status: 'succeeded' } });
      expect(told()).toEqual(['reserved', 'ordered', 'captured', 'paid', 'completed']);
      expect(office.invariants()).toEqual([]);
    });

    test('that is repeated finds what it did, and is charged once', async () => {
      const { pay, read } = await orderByRedirect(open);
      await pay(1, 'declined');
      await pay(2, 'succeeds');
      expect(await pay(1, 'succeeds')).toMatchObject({ outcome: 'declined', order: { status: 'paid' } });
      expect(await pay(2, 'declined')).toMatchObject({ outcome: 'captured' });
      expect(heldMoney(await read())).toBe((await read()).amount);
    });

    test('the third that comes to nothing fails the payment, and its order waits in vain', async () => {
      const { pay, complete, read, clock, told } = await orderByRedirect(open);
      await pay(1, 'declined');
      await pay(2, 'insufficient_funds');
      expect((await read()).payment.status).toBe('requires_action');
      expect(await pay(3, 'declined')).toMatchObject({
        order: { status: 'pending_payment', payment: { status: 'failed' } },
      });
      await refusal(pay(4, 'succeeds'), 'payment_ended');
      await refusal(complete(), 'payment_failed');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'failed' } });
      expect(told()).toEqual(['reserved', 'ordered', 'payment_failed', 'lapsed']);
    });

    test('an attempt that is not the next is refused', async () => {
      const { pay } = await orderByRedirect(open);
      expect((await refusal(pay(2, 'succeeds'), 'validation_failed')).message).toContain('1 to 1, got 2');
    });

    test('gives the order time to be paid once, from the first on', async () => {
      const { pay, read, clock } = await orderByRedirect(open);
      clock.advance(TTL_MS - 1_000);
      await pay(1, 'declined');
      const { expiresAt } = await read();
      expect(expiresAt).toBe(clock.now() + PAYING_MS);
      clock.advance(PAYING_MS - 1_000);
      await pay(2, 'insufficient_funds');
      expect((await read()).expiresAt).toBe(expiresAt);
      clock.advance(1_000);
      expect((await read()).status).toBe('expired');
    });

    test('takes no time from an order that has more', async () => {
      const { pay, read } = await orderByRedirect(open);
      const { expiresAt } = await read();
      await pay(1, 'declined');
      expect((await read()).expiresAt).toBe(expiresAt);
    });

    test('whose issuer does not answer is processing until the order lapses', async () => {
      const { pay, read, clock } = await orderByRedirect(open);
      expect(await pay(1, 'hangs')).toMatchObject({ outcome: 'hanging', order: { payment: { status: 'processing' } } });
      await refusal(pay(2, 'succeeds'), 'payment_ended');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'canceled' } });
    });
  });

  describe("the issuer's question", () => {
    test('is answered with yes: paid; the same again finds that; another answer is refused', async () => {
      const { pay, answer, read } = await orderByRedirect(open);
      expect(await pay(1, 'challenge')).toMatchObject({
        outcome: 'challenged',
        order: { payment: { status: 'requires_action' } },
      });
      expect(await answer(1, 'approve')).toMatchObject({ outcome: 'captured', order: { status: 'paid' } });
      expect(await answer(1, 'approve')).toMatchObject({ outcome: 'captured', order: { status: 'paid' } });
      await refusal(answer(1, 'refuse'), 'challenge_answered');
      expect(heldMoney(await read())).toBe((await read()).amount);
    });

    test('is answered with no, or fails: another card may be tried', async () => {
      const { pay, answer, read } = await orderByRedirect(open);
      await pay(1, 'challenge');
      expect(await answer(1, 'refuse')).toMatchObject({ outcome: 'refused' });
      await refusal(answer(1, 'approve'), 'challenge_answered');
      await pay(2, 'challenge_fails');
      expect(await answer(2, 'approve')).toMatchObject({ outcome: 'authentication_failed' });
      expect((await read()).payment.status).toBe('requires_action');
      await pay(3, 'succeeds');
      expect((await read()).status).toBe('paid');
    });

    test('is over when another card is taken', async () => {
      const { pay, answer } = await orderByRedirect(open);
      await pay(1, 'challenge');
      await pay(2, 'declined');
      await refusal(answer(1, 'approve'), 'challenge_answered');
    });

    test('is of a card that asks one', async () => {
      const { pay, answer } = await orderByRedirect(open);
      await refusal(answer(1, 'approve'), 'validation_failed');
      await pay(1, 'declined');
      await refusal(answer(1, 'approve'), 'validation_failed');
    });

    test('that nobody answers ends with the order', async () => {
      const { pay, answer, read, clock, told } = await orderByRedirect(open);
      await pay(1, 'challenge');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'canceled' } });
      await refusal(answer(1, 'approve'), 'reservation_expired');
      expect(told()).toEqual(['reserved', 'ordered', 'lapsed', 'payment_canceled']);
    });
  });

  describe('an order by redirect', () => {
    test('is not completed before it is paid', async () => {
      const { complete } = await orderByRedirect(open);
      const no = await refusal(complete(), 'payment_outstanding');
      expect(no.facts).toEqual({ paymentStatus: 'requires_action' });
    });

    test('that is paid and not completed in time is refunded, and its seats are free', async () => {
      const house = await orderByRedirect(open);
      await house.pay(1, 'succeeds');
      house.clock.advance(TTL_MS);
      expect(await house.read()).toMatchObject({ status: 'refunded', payment: { status: 'refunded' } });
      expect(heldMoney(await house.read())).toBe(0);
      expect(isFree(house)).toBe(true);
      expect(house.told().slice(2)).toEqual(['captured', 'paid', 'lapsed', 'refunded']);
      await refusal(house.complete(), 'reservation_expired');
    });

    test('is refunded after a time where that is set', async () => {
      const rules = { refundAfterMs: 60_000, latePayment: 'refund' } as const;
      const { pay, read, clock, office } = await orderByRedirect(open, { paymentRules: rules });
      await pay(1, 'succeeds');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'refund_pending', payment: { status: 'succeeded' } });
      expect(office.invariants()).toEqual([]);
      expect(office.refundsPending()).toBe(1);
      clock.pass(60_000);
      expect((await read()).status).toBe('refunded');
      expect(office.refundsPending()).toBe(0);
    });

    test.each(['paid', 'completed'])('that is %s is canceled and refunded', async (status) => {
      const house = await orderByRedirect(open);
      await house.pay(1, 'succeeds');
      if (status === 'completed') await house.complete();
      expect(await house.office.cancelOrder('alpha', house.id, HONEST)).toMatchObject({ status: 'refunded' });
      expect(isFree(house)).toBe(true);
      expect(house.told().slice(-2)).toEqual(['canceled', 'refunded']);
    });

    test('that waits is canceled with its payment, and can be paid no more', async () => {
      const { office, id, pay, read, told } = await orderByRedirect(open);
      await office.cancelOrder('alpha', id, HONEST);
      expect(await read()).toMatchObject({ status: 'canceled', payment: { status: 'canceled' } });
      await refusal(pay(1, 'succeeds'), 'reservation_expired');
      expect(told().slice(-2)).toEqual(['canceled', 'payment_canceled']);
    });

    test('is found by the token of its page', async () => {
      const { office, payment } = await orderByRedirect(open);
      expect(office.linkedPayment(payment)).toEqual({ id: payment, client: 'alpha' });
      expect(office.linkedPayment('guessed')).toBeUndefined();
      expect(await office.payment(payment)).toMatchObject({ payment: { redirect: { url: `/pay/${payment}` } } });
      await refusal(office.payment('p_s1_00000000'), 'not_found');
    });
  });
});
