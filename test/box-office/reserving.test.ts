// Reserving seats: all or none, held until a moment, extended once, released.
import { describe, expect, test } from 'vitest';
import { HONEST } from '../../src/box-office/terms.ts';
import { DAY_MS, OPENED_AT, overStores, refusal, seatsOf, TTL_MS } from './stage.ts';

overStores((stage) => {
  const FREE = 0;
  const RESERVED = 1;

  describe('reserving', () => {
    test('a reservation holds its seats until its time to live is over', async () => {
      const { office, clock, reserve } = stage();
      const reservation = await reserve({ seats: ['C-7', 'C-6'] });
      expect(reservation).toMatchObject({
        sessionId: 's1',
        seats: ['C-7', 'C-6'],
        amount: 40_000_000,
        currency: 'IRR',
        status: 'active',
        createdAt: OPENED_AT,
        expiresAt: OPENED_AT + TTL_MS,
      });
      expect(seatsOf(office, 's1').get('C-7')).toBe(RESERVED);
      clock.advance(TTL_MS - 1);
      expect((await office.reservation('alpha', reservation.id)).status).toBe('active');
      clock.advance(1);
      expect((await office.reservation('alpha', reservation.id)).status).toBe('expired');
      expect(seatsOf(office, 's1').get('C-7')).toBe(FREE);
    });

    test('seats are reserved all or none, and the refusal names the ones that are gone', async () => {
      const { office, reserve } = stage();
      await reserve({ seats: ['C-4', 'C-5'] });
      const no = await refusal(reserve({ seats: ['C-3', 'C-4', 'C-5'], customerRef: 'ben' }), 'seat_unavailable');
      expect(no.facts).toEqual({ seats: ['C-4', 'C-5'] });
      expect(seatsOf(office, 's1').get('C-3')).toBe(FREE);
      expect(office.totals()).toMatchObject({ reserved: 2, reservations: 1 });
    });

    test('a blocked seat is never to be had', async () => {
      const { reserve } = stage();
      const no = await refusal(reserve({ seats: ['E-8'] }), 'seat_unavailable');
      expect(no.facts).toEqual({ seats: ['E-8'] });
    });

    test.each([
      ['an unknown seat', { seats: ['Z-1'] }],
      ['a seat named twice', { seats: ['C-1', 'C-1'] }],
      ['no seat', { seats: [] }],
      ['eleven seats', { bestAvailable: { count: 11 } }],
      ['half a seat', { bestAvailable: { count: 1.5 } }],
      ['an unknown category', { bestAvailable: { count: 1, category: 'royal' } }],
      ['seats and bestAvailable', { seats: ['C-1'], bestAvailable: { count: 1 } }],
    ])('%s is refused as invalid', async (_, request) => {
      const { office, reserve } = stage();
      await refusal(reserve(request), 'validation_failed');
      expect(office.totals().reserved).toBe(0);
    });

    test('neither seats nor bestAvailable is refused as invalid', async () => {
      await refusal(
        stage().office.reserve({ client: 'a', sessionId: 's1', customerRef: 'x' }, HONEST),
        'validation_failed',
      );
    });

    test('an unknown session is not found', async () => {
      await refusal(stage().reserve({ sessionId: 's99' }), 'not_found');
    });

    test('nothing is sold before the sale and after the start', async () => {
      const { clock, reserve } = stage();
      await refusal(reserve({ sessionId: 's6' }), 'not_on_sale');
      clock.at(DAY_MS);
      await refusal(reserve({ sessionId: 's1' }), 'not_on_sale');
    });

    test('a presale asks for an access code, and for a right one', async () => {
      const { clock, reserve } = stage();
      await refusal(reserve({ sessionId: 's5' }), 'access_code_required');
      await refusal(reserve({ sessionId: 's5', accessCode: 'GUESS' }), 'access_code_invalid');
      expect((await reserve({ sessionId: 's5', accessCode: 'PRESALE' })).status).toBe('active');
      clock.at(DAY_MS);
      expect((await reserve({ sessionId: 's5', seats: ['C-1'] })).status).toBe('active');
    });

    test('terms decide how long a reservation is held', async () => {
      const { office } = stage();
      const request = { client: 'alpha', sessionId: 's1', customerRef: 'ada', seats: ['C-1'] };
      const { expiresAt } = await office.reserve(request, { reservationTtlMs: 1_000 });
      expect(expiresAt).toBe(OPENED_AT + 1_000);
    });
  });

  describe('extending', () => {
    test('an extension gives the full time again from now, once', async () => {
      const { office, clock, reserve } = stage();
      const { id } = await reserve({});
      clock.advance(TTL_MS - 1);
      const extended = await office.extend('alpha', id, HONEST);
      expect(extended).toMatchObject({ extended: true, expiresAt: clock.now() + TTL_MS });
      clock.advance(TTL_MS - 1);
      await refusal(office.extend('alpha', id, HONEST), 'limit_reached');
      expect((await office.reservation('alpha', id)).status).toBe('active');
    });

    test('what has lapsed, was released or is ordered cannot be extended', async () => {
      const { office, clock, reserve, order } = stage();
      const ordered = await reserve({ seats: ['C-1'] });
      await order(ordered);
      await refusal(office.extend('alpha', ordered.id, HONEST), 'reservation_already_ordered');
      const released = await reserve({ seats: ['C-2'] });
      await office.release('alpha', released.id, HONEST);
      await refusal(office.extend('alpha', released.id, HONEST), 'reservation_expired');
      const lapsed = await reserve({ seats: ['C-3'] });
      clock.advance(TTL_MS);
      await refusal(office.extend('alpha', lapsed.id, HONEST), 'reservation_expired');
    });
  });

  describe('releasing', () => {
    test('a release frees the seats at once, and a second one changes nothing', async () => {
      const { office, reserve } = stage();
      const { id } = await reserve({ seats: ['C-1', 'C-2'] });
      expect((await office.release('alpha', id, HONEST)).status).toBe('released');
      expect((await office.release('alpha', id, HONEST)).status).toBe('released');
      expect(office.totals()).toMatchObject({ reserved: 0, reservations: 0 });
      await reserve({ seats: ['C-1', 'C-2'], customerRef: 'ben' });
    });

    test('what has lapsed or is ordered cannot be released', async () => {
      const { office, clock, reserve, order } = stage();
      const ordered = await reserve({});
      await order(ordered);
      await refusal(office.release('alpha', ordered.id, HONEST), 'reservation_already_ordered');
      const lapsed = await reserve({ seats: ['C-1'] });
      clock.advance(TTL_MS);
      await refusal(office.release('alpha', lapsed.id, HONEST), 'reservation_expired');
    });

    test("another client's reservation, garbage and ids of another sort are not found", async () => {
      const { office, reserve } = stage();
      const { id } = await reserve({});
      await refusal(office.reservation('beta', id), 'not_found');
      await refusal(office.extend('beta', id, HONEST), 'not_found');
      await refusal(office.release('beta', id, HONEST), 'not_found');
      for (const wrong of [
        '',
        'r_s1_zzzzzzzz',
        'r_s1_',
        'r_s99_01234567',
        id.replace('r_', 'o_'),
        '__proto__',
        '../s1',
      ])
        await refusal(office.reservation('alpha', wrong), 'not_found');
    });
  });
});
