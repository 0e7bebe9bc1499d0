// Facts: what happened is told once it is laid down, once each, whoever concluded it.
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/box-office/facts.ts';
import { small } from '../../src/box-office/season/small.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { OPENED_AT, overStores, refusal, type Stage, TTL_MS, withoutLimit } from './stage.ts';

/** What is told from now on. */
function heard({ office }: Stage): Fact[] {
  const facts: Fact[] = [];
  office.facts.subscribe((fact) => facts.push(fact));
  return facts;
}

const kinds = (facts: readonly Fact[]): string[] => facts.map(({ kind }) => kind);

overStores((stage) => {
  describe('what a seller does', () => {
    test('a purchase is told step by step, with who, what and when', async () => {
      const house = stage();
      const facts = heard(house);
      const reservation = await house.reserve({ seats: ['C-1', 'C-2'] });
      house.clock.advance(1_000);
      const order = await house.order(reservation, { externalRef: 'cart-7' });
      house.clock.advance(1_000);
      await house.office.completeOrder('alpha', order.id, 'paid', HONEST);
      const common = { sessionId: 's1', client: 'alpha', reservationId: reservation.id, seats: ['C-1', 'C-2'] };
      const ordered = { ...common, orderId: order.id, externalRef: 'cart-7', amount: 40_000_000, currency: 'IRR' };
      expect(facts).toEqual([
        { kind: 'reserved', at: OPENED_AT, ...common, expiresAt: OPENED_AT + TTL_MS },
        { kind: 'ordered', at: OPENED_AT + 1_000, ...ordered },
        { kind: 'completed', at: OPENED_AT + 2_000, ...ordered },
      ]);
    });

    test('a fact is told when it is laid down, and before its seller is answered', async () => {
      const house = stage();
      const seen: unknown[] = [];
      house.office.facts.subscribe(() => seen.push(house.office.totals().reserved));
      await house.reserve({});
      expect(seen).toEqual([1]);
    });

    test('an extension, a release and a second release: the last is none', async () => {
      const house = stage();
      const facts = heard(house);
      const { id } = await house.reserve({});
      house.clock.advance(5_000);
      const { expiresAt } = await house.office.extend('alpha', id, HONEST);
      await house.office.release('alpha', id, HONEST);
      await house.office.release('alpha', id, HONEST);
      expect(kinds(facts)).toEqual(['reserved', 'extended', 'released']);
      expect(facts[1]).toMatchObject({ at: OPENED_AT + 5_000, expiresAt });
    });

    test('a cancellation is told once, and whether there was a ticket to refund', async () => {
      const house = stage();
      const pending = await house.order(await house.reserve({}));
      const sold = await house.sell({ seats: ['D-1'] });
      const facts = heard(house);
      for (const { id } of [pending, pending, sold, sold]) await house.office.cancelOrder('alpha', id, HONEST);
      expect(facts).toMatchObject([
        { kind: 'canceled', orderId: pending.id, refunded: false },
        { kind: 'canceled', orderId: sold.id, refunded: true },
        { kind: 'refunded', orderId: sold.id, paymentId: sold.payment.id },
      ]);
    });

    test('what is refused is no fact', async () => {
      const house = stage();
      const held = await house.reserve({});
      const order = await house.order(held);
      const facts = heard(house);
      await refusal(house.reserve({ customerRef: 'ben' }), 'seat_unavailable');
      await refusal(house.office.extend('alpha', held.id, HONEST), 'reservation_already_ordered');
      await refusal(house.order(held), 'reservation_already_ordered');
      await refusal(house.office.completeOrder('alpha', order.id, 'decline', HONEST), 'payment_failed');
      expect(facts).toEqual([]);
    });

    test('the last seats taken are told as sold out, each time anew', async () => {
      const house = stage({ season: withoutLimit(small()) });
      const facts = heard(house);
      for (const count of [10, 10, 10, 7]) await house.reserve({ bestAvailable: { count } });
      const last = { bestAvailable: { count: 2, category: 'wheelchair' } };
      const { id } = await house.reserve(last);
      await house.office.release('alpha', id, HONEST);
      await house.reserve(last);
      const soldOut = facts.filter(({ kind }) => kind === 'sold_out');
      expect(soldOut).toMatchObject([
        { sessionId: 's1', reservationId: id, seats: ['A-1', 'A-2'] },
        { seats: ['A-1', 'A-2'] },
      ]);
      expect(facts.indexOf(soldOut[0] as Fact)).toBe(5);
    });
  });

  describe('what faults make of it', () => {
    test('a dry run tells nothing', async () => {
      const house = stage();
      const held = await house.reserve({});
      const facts = heard(house);
      const dry = { dryRun: { salt: 1 } };
      await house.reserve({ seats: ['D-1'] }).then(({ id }) => house.office.release('alpha', id, dry));
      await house.office.extend('alpha', held.id, dry);
      await house.office.cancelOrder('alpha', (await house.order(held)).id, dry);
      expect(kinds(facts)).toEqual(['reserved', 'ordered']);
    });

    test('a session that lies to be sold out tells nothing', async () => {
      const house = stage();
      const facts = heard(house);
      const request = { client: 'alpha', sessionId: 's1', customerRef: 'ada', seats: ['C-4'] };
      await refusal(house.office.reserve(request, { soldOut: true }), 'seat_unavailable');
      expect(facts).toEqual([]);
    });

    test('that a flow is lost is no fact; that its seats lapse is one, marked as lost', async () => {
      const house = stage();
      const { id } = await house.reserve({});
      const facts = heard(house);
      await refusal(house.office.reservation('alpha', id, { loseFlow: true }), 'not_found');
      expect(facts).toEqual([]);
      house.clock.pass(TTL_MS);
      expect(facts).toMatchObject([{ kind: 'lapsed', reservationId: id, lost: true }]);
    });

    test('an early lapse is told at the moment it truly is', async () => {
      const house = stage();
      const facts = heard(house);
      const request = { client: 'alpha', sessionId: 's1', customerRef: 'ada', seats: ['C-4'] };
      await house.office.reserve(request, { lapseOfTold: 0.5 });
      house.clock.pass(TTL_MS / 2 - 1);
      expect(kinds(facts)).toEqual(['reserved']);
      house.clock.pass(1);
      expect(facts[1]).toMatchObject({ kind: 'lapsed', at: OPENED_AT + TTL_MS / 2 });
    });
  });

  test('a listener that fails harms neither the seller nor the other listeners', async () => {
    const house = stage();
    house.office.facts.subscribe(() => {
      throw new Error('an observer of its own');
    });
    const facts = heard(house);
    expect((await house.reserve({})).status).toBe('active');
    expect(kinds(facts)).toEqual(['reserved']);
  });
});
