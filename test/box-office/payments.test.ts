// Payments by redirect: what a card, its issuer and the time make of payment, order, seats and money.
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/box-office/facts.ts';
import type { Order } from '../../src/box-office/order.ts';
import { heldMoney } from '../../src/box-office/paying/money.ts';
import { type CardBehaviour, PAYING_MS, paymentIdOf } from '../../src/box-office/paying/payment.ts';
import { HONEST, type Term, type Terms } from '../../src/box-office/terms.ts';
import { overStores, refusal, type Stage, type StageSettings, seatsOf, TTL_MS } from './stage.ts';

const REDIRECT = { payment: { method: 'redirect', returnUrl: 'http://shop.test/back' } } as const;

overStores((open) => {
  /** An order by redirect, and its page as a customer uses it. */
  async function ordered(settings?: StageSettings) {
    const house = open(settings);
    const facts: Fact[] = [];
    house.office.facts.subscribe((fact) => facts.push(fact));
    const { id } = await house.order(await house.reserve({}), REDIRECT);
    const payment = paymentIdOf(id);
    const sent = (underWayMs: number) => ({ id: payment, sentAt: house.clock.now() - underWayMs });
    return {
      ...house,
      id,
      payment,
      read: (): Promise<Order> => house.office.order('alpha', id),
      pay: (attempt: number, card: CardBehaviour, terms: Terms = HONEST, underWayMs = 0) =>
        house.office.payByCard({ ...sent(underWayMs), attempt, card }, terms),
      answer: (attempt: number, answer: 'approve' | 'refuse', terms: Terms = HONEST, underWayMs = 0) =>
        house.office.answerChallenge({ ...sent(underWayMs), attempt, answer }, terms),
      complete: (terms: Terms = HONEST) => house.office.completeOrder('alpha', id, undefined, terms),
      told: () => facts.map(({ kind }) => kind),
    };
  }

  const isFree = ({ office }: Stage): boolean => seatsOf(office, 's1').get('C-4') === 0;

  describe('a card', () => {
    test('that succeeds makes the order paid, and then it is completed', async () => {
      const { pay, complete, read, told, office } = await ordered();
      expect(await pay(1, 'succeeds')).toMatchObject({ outcome: 'captured', order: { status: 'paid' } });
      expect(heldMoney(await read())).toBe((await read()).amount);
      expect(await complete()).toMatchObject({ status: 'completed', payment: { status: 'succeeded' } });
      expect(told()).toEqual(['reserved', 'ordered', 'captured', 'paid', 'completed']);
      expect(office.invariants()).toEqual([]);
    });

    test('that is repeated finds what it did, and is charged once', async () => {
      const { pay, read } = await ordered();
      await pay(1, 'declined');
      await pay(2, 'succeeds');
      expect(await pay(1, 'succeeds')).toMatchObject({ outcome: 'declined', order: { status: 'paid' } });
      expect(await pay(2, 'declined')).toMatchObject({ outcome: 'captured' });
      expect(heldMoney(await read())).toBe((await read()).amount);
    });

    test('the third that comes to nothing fails the payment, and its order waits in vain', async () => {
      const { pay, complete, read, clock, told } = await ordered();
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
      const { pay } = await ordered();
      expect((await refusal(pay(2, 'succeeds'), 'validation_failed')).message).toContain('1 to 1, got 2');
    });

    test('gives the order time to be paid once, from the first on', async () => {
      const { pay, read, clock } = await ordered();
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
      const { pay, read } = await ordered();
      const { expiresAt } = await read();
      await pay(1, 'declined');
      expect((await read()).expiresAt).toBe(expiresAt);
    });

    test('whose issuer does not answer is processing until the order lapses', async () => {
      const { pay, read, clock } = await ordered();
      expect(await pay(1, 'hangs')).toMatchObject({ outcome: 'hanging', order: { payment: { status: 'processing' } } });
      await refusal(pay(2, 'succeeds'), 'payment_ended');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'canceled' } });
    });
  });

  describe("the issuer's question", () => {
    test('is answered with yes: paid; the same again finds that; another answer is refused', async () => {
      const { pay, answer, read } = await ordered();
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
      const { pay, answer, read } = await ordered();
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
      const { pay, answer } = await ordered();
      await pay(1, 'challenge');
      await pay(2, 'declined');
      await refusal(answer(1, 'approve'), 'challenge_answered');
    });

    test('is of a card that asks one', async () => {
      const { pay, answer } = await ordered();
      await refusal(answer(1, 'approve'), 'validation_failed');
      await pay(1, 'declined');
      await refusal(answer(1, 'approve'), 'validation_failed');
    });

    test('that nobody answers ends with the order', async () => {
      const { pay, answer, read, clock, told } = await ordered();
      await pay(1, 'challenge');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'expired', payment: { status: 'canceled' } });
      await refusal(answer(1, 'approve'), 'reservation_expired');
      expect(told()).toEqual(['reserved', 'ordered', 'lapsed', 'payment_canceled']);
    });
  });

  describe('an order by redirect', () => {
    test('is not completed before it is paid', async () => {
      const { complete } = await ordered();
      const no = await refusal(complete(), 'payment_outstanding');
      expect(no.facts).toEqual({ paymentStatus: 'requires_action' });
    });

    test('that is paid and not completed in time is refunded, and its seats are free', async () => {
      const house = await ordered();
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
      const { pay, read, clock, office } = await ordered({ paymentRules: rules });
      await pay(1, 'succeeds');
      clock.advance(TTL_MS);
      expect(await read()).toMatchObject({ status: 'refund_pending', payment: { status: 'succeeded' } });
      expect(office.invariants()).toEqual([]);
      clock.pass(60_000);
      expect((await read()).status).toBe('refunded');
    });

    test.each(['paid', 'completed'])('that is %s is canceled and refunded', async (status) => {
      const house = await ordered();
      await house.pay(1, 'succeeds');
      if (status === 'completed') await house.complete();
      expect(await house.office.cancelOrder('alpha', house.id, HONEST)).toMatchObject({ status: 'refunded' });
      expect(isFree(house)).toBe(true);
      expect(house.told().slice(-2)).toEqual(['canceled', 'refunded']);
    });

    test('that waits is canceled with its payment, and can be paid no more', async () => {
      const { office, id, pay, read, told } = await ordered();
      await office.cancelOrder('alpha', id, HONEST);
      expect(await read()).toMatchObject({ status: 'canceled', payment: { status: 'canceled' } });
      await refusal(pay(1, 'succeeds'), 'reservation_expired');
      expect(told().slice(-2)).toEqual(['canceled', 'payment_canceled']);
    });

    test('is found by the token of its page', async () => {
      const { office, payment } = await ordered();
      expect(office.linkedPayment(payment)).toEqual({ id: payment, client: 'alpha' });
      expect(office.linkedPayment('guessed')).toBeUndefined();
      expect(await office.payment(payment)).toMatchObject({ payment: { redirect: { url: `/pay/${payment}` } } });
      await refusal(office.payment('p_s1_00000000'), 'not_found');
    });
  });

  describe('money that comes late', () => {
    /** Paid before the order expired, and heard of after. */
    async function lateCard(latePayment: 'refund' | 'reacquire', meanwhile?: (house: Stage) => Promise<unknown>) {
      const house = await ordered({ paymentRules: { refundAfterMs: 0, latePayment } });
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
      const { pay, clock } = await ordered();
      clock.advance(TTL_MS + 10_000);
      await refusal(pay(1, 'succeeds', HONEST, 5_000), 'reservation_expired');
    });

    test("the issuer's late yes is money too", async () => {
      const { pay, answer, clock } = await ordered();
      await pay(1, 'challenge');
      clock.advance(TTL_MS + 10_000);
      expect(await answer(1, 'approve', HONEST, 20_000)).toMatchObject({
        outcome: 'captured',
        order: { status: 'refunded' },
      });
    });

    test.each(['refund', 'reacquire'] as const)('so long after as a fault has it: %s', async (latePayment) => {
      const { pay, read, clock, office, told } = await ordered({ paymentRules: { refundAfterMs: 0, latePayment } });
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
      const { pay, complete, office, id, read } = await ordered();
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
      const { pay, complete, read, clock, told } = await ordered();
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
      const { pay, complete, read, clock } = await ordered();
      await pay(1, 'succeeds');
      const terms = { completionPendingMs: Number.POSITIVE_INFINITY };
      expect((await complete(terms)).status).toBe('completing');
      clock.advance(10 * TTL_MS);
      expect((await complete(terms)).status).toBe('completing');
      expect((await read()).status).toBe('completing');
      expect((await complete()).status).toBe('completed');
    });

    test('an order that is completing can be canceled, and its completion does not come', async () => {
      const { pay, complete, office, id, read, clock } = await ordered();
      await pay(1, 'succeeds');
      await complete({ completionPendingMs: 5_000 });
      await office.cancelOrder('alpha', id, HONEST);
      clock.pass(10_000);
      expect((await read()).status).toBe('refunded');
    });
  });
});
