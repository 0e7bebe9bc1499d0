// Orders: a reservation is ordered once, completed once, lapses with its hold, and can be canceled.
import { describe, expect, test } from 'vitest';
import { checkDigit } from '../../src/box-office/barcode.ts';
import type { Ledger } from '../../src/box-office/state/ledger.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { DAY_MS, overStores, refusal, seatsOf, TTL_MS } from './stage.ts';

overStores((stage) => {
  const SOLD = 2;

  describe('creating an order', () => {
    test('an order takes over what is left of the hold and keeps the seats reserved', async () => {
      const { office, clock, reserve, order } = stage();
      const reservation = await reserve({ seats: ['C-1', 'E-1'] });
      clock.advance(60_000);
      const placed = await order(reservation, { externalRef: 'cart-7' });
      expect(placed).toMatchObject({
        externalRef: 'cart-7',
        reservationId: reservation.id,
        status: 'pending_payment',
        amount: 50_000_000,
        payment: { method: 'seller', status: 'created' },
        createdAt: clock.now(),
        expiresAt: reservation.expiresAt,
      });
      expect(placed.discount).toBeUndefined();
      expect((await office.reservation('alpha', reservation.id)).status).toBe('consumed');
      expect(office.totals()).toMatchObject({ reserved: 2, reservations: 0, orders: 1 });
    });

    test('a reservation has at most one order, however many ask at once', async () => {
      const { office, reserve, order } = stage();
      const reservation = await reserve({});
      const asked = await Promise.allSettled(Array.from({ length: 5 }, () => order(reservation)));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await refusal(order(reservation), 'reservation_already_ordered');
      expect(office.totals().orders).toBe(1);
    });

    test('a lapsed and a released reservation cannot be ordered', async () => {
      const { office, clock, reserve, order } = stage();
      const released = await reserve({ seats: ['C-1'] });
      await office.release('alpha', released.id, HONEST);
      await refusal(order(released), 'reservation_expired');
      const lapsed = await reserve({ seats: ['C-2'] });
      clock.advance(TTL_MS);
      await refusal(order(lapsed), 'reservation_expired');
    });

    test("another client's reservation is not found", async () => {
      const { reserve, order } = stage();
      await refusal(order({ ...(await reserve({})), client: 'beta' }), 'not_found');
    });

    test('a redirect that leads nowhere back is refused', async () => {
      const { reserve, order } = stage();
      const no = await refusal(order(await reserve({}), { payment: { method: 'redirect' } }), 'validation_failed');
      expect(no.message).toContain('payment.returnUrl');
    });

    test('an order that is not completed in time expires and frees its seats', async () => {
      const { office, clock, reserve, order } = stage();
      const { id } = await order(await reserve({}));
      clock.advance(TTL_MS);
      expect(office.totals()).toMatchObject({ reserved: 0, orders: 0 });
      expect(await office.order('alpha', id)).toMatchObject({ status: 'expired', payment: { status: 'canceled' } });
      await refusal(office.completeOrder('alpha', id, undefined, HONEST), 'reservation_expired');
    });
  });

  describe('completing an order', () => {
    test('seats are sold, and each has a ticket with a valid barcode of its own', async () => {
      const { office, sell } = stage();
      const completed = await sell({ seats: ['C-1', 'C-2', 'C-3'] });
      expect(completed).toMatchObject({ status: 'completed', payment: { status: 'succeeded', reference: 'paid' } });
      const barcodes = (completed.tickets ?? []).map(({ barcode }) => barcode);
      expect(new Set(barcodes).size).toBe(3);
      for (const barcode of barcodes) {
        expect(barcode).toMatch(/^\d{13}$/);
        expect(checkDigit(barcode.slice(0, 12))).toBe(Number(barcode[12]));
      }
      expect(seatsOf(office, 's1').get('C-2')).toBe(SOLD);
      expect(await office.order('alpha', completed.id)).toEqual(completed);
    });

    test('the check digit is that of EAN-13', () => {
      expect(checkDigit('400638133393')).toBe(1);
      expect(checkDigit('978020137962')).toBe(4);
    });

    test('the ledger knows the barcodes that let somebody in, and forgets those of a refund', async () => {
      const { office, store, sell } = stage();
      const known = () => [...store.all('session')].flatMap(([, ledger]) => [...(ledger as Ledger).barcodes.keys()]);
      const { id, tickets } = await sell({ seats: ['C-1', 'C-2'] });
      expect(known()).toEqual(tickets?.map(({ barcode }) => barcode));
      await office.cancelOrder('alpha', id, HONEST);
      expect(known()).toEqual([]);
    });

    test('a sold seat outlives every hold', async () => {
      const { office, clock, sell } = stage();
      await sell({});
      clock.advance(2 * DAY_MS);
      expect(office.totals()).toMatchObject({ sold: 1, orders: 1 });
    });

    test('a second completion is refused', async () => {
      const { office, sell } = stage();
      const { id } = await sell({});
      await refusal(office.completeOrder('alpha', id, undefined, HONEST), 'order_already_completed');
    });

    test('a declined payment leaves the order waiting', async () => {
      const { office, reserve, order } = stage();
      const { id } = await order(await reserve({}));
      await refusal(office.completeOrder('alpha', id, 'decline-insufficient-funds', HONEST), 'payment_failed');
      expect((await office.order('alpha', id)).status).toBe('pending_payment');
      expect((await office.completeOrder('alpha', id, 'second-card', HONEST)).status).toBe('completed');
    });

    test('the same seed, order and seat give the same ids and barcodes, whatever others do meanwhile', async () => {
      const alone = stage({ seed: 7 });
      const crowded = stage({ seed: 7 });
      await crowded.sell({ client: 'beta', customerRef: 'ben', seats: ['B-1'] });
      await crowded.reserve({ client: 'beta', customerRef: 'cy', seats: ['B-2'] });
      const first = await alone.sell({ seats: ['C-1', 'C-2'] });
      const second = await crowded.sell({ seats: ['C-1', 'C-2'] });
      expect(second).toEqual(first);
      expect((await stage({ seed: 8 }).sell({ seats: ['C-1', 'C-2'] })).id).not.toBe(first.id);
    });
  });

  describe('canceling an order', () => {
    test('a pending order is canceled and its seats are free; once more changes nothing', async () => {
      const { office, reserve, order } = stage();
      const { id } = await order(await reserve({}));
      expect((await office.cancelOrder('alpha', id, HONEST)).status).toBe('canceled');
      expect((await office.cancelOrder('alpha', id, HONEST)).status).toBe('canceled');
      expect(office.totals()).toMatchObject({ reserved: 0, orders: 0 });
      await refusal(office.completeOrder('alpha', id, undefined, HONEST), 'reservation_expired');
    });

    test('a completed order is refunded until its session starts, and its tickets are void', async () => {
      const { office, clock, sell } = stage();
      const { id } = await sell({});
      clock.at(DAY_MS - 1);
      const refunded = await office.cancelOrder('alpha', id, HONEST);
      expect(refunded).toMatchObject({ status: 'refunded', payment: { status: 'refunded', reference: 'paid' } });
      expect(refunded.tickets).toBeUndefined();
      expect(office.totals()).toMatchObject({ sold: 0, orders: 0 });
      await refusal(office.completeOrder('alpha', id, undefined, HONEST), 'order_already_completed');
      clock.at(DAY_MS);
      expect((await office.cancelOrder('alpha', id, HONEST)).status).toBe('refunded');
    });

    test('after the start a completed order stays', async () => {
      const { office, clock, sell } = stage();
      const { id } = await sell({});
      clock.at(DAY_MS);
      await refusal(office.cancelOrder('alpha', id, HONEST), 'order_already_completed');
      expect((await office.order('alpha', id)).status).toBe('completed');
    });

    test('an expired order cannot be canceled', async () => {
      const { office, clock, reserve, order } = stage();
      const { id } = await order(await reserve({}));
      clock.advance(TTL_MS);
      await refusal(office.cancelOrder('alpha', id, HONEST), 'reservation_expired');
    });

    test("another client's order and garbage are not found", async () => {
      const { office, sell } = stage();
      const { id } = await sell({});
      await refusal(office.order('beta', id), 'not_found');
      await refusal(office.cancelOrder('beta', id, HONEST), 'not_found');
      await refusal(office.completeOrder('beta', id, undefined, HONEST), 'not_found');
      for (const wrong of ['', 'o_', 'o_s1_zzzzzzzz', 'o_s99_01234567']) {
        await refusal(office.order('alpha', wrong), 'not_found');
      }
    });
  });

  describe('finding orders', () => {
    test('own orders of a reference come in order of creation, page by page', async () => {
      const { office, reserve, order } = stage();
      const ids: string[] = [];
      for (const seat of ['C-1', 'C-2', 'C-3'])
        ids.push((await order(await reserve({ seats: [seat] }), { externalRef: 'cart' })).id);
      await order(await reserve({ seats: ['C-4'] }), { externalRef: 'other' });
      const first = await office.findOrders('alpha', 'cart', 0, 2);
      expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      const second = await office.findOrders('alpha', 'cart', first.next ?? -1, 2);
      expect(second.items.map(({ id }) => id)).toEqual(ids.slice(2));
      expect(second.next).toBeUndefined();
      expect(await office.findOrders('beta', 'cart', 0, 2)).toEqual({ items: [] });
    });
  });
});
