// Discount codes: what they take off, when and where they hold, and how often.
import { describe, expect, test } from 'vitest';
import { amountOff } from '../../src/box-office/season/discount.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { DAY_MS, overStores, refusal, type Stage, TTL_MS } from './stage.ts';

overStores((stage) => {
  const verdict = ({ office }: Stage, code: string, sessionId = 's1', seats = ['C-1', 'E-1']) =>
    office.validateDiscount({ client: 'alpha', code, sessionId, seats, customerRef: 'ada' }, HONEST);

  describe('the arithmetic', () => {
    test('per cent are rounded down to whole minor units', () => {
      expect(amountOff({ code: 'X', percentOff: 33 }, 100)).toBe(33);
      expect(amountOff({ code: 'X', percentOff: 15 }, 999)).toBe(149);
    });

    test('nothing takes off more than there is', () => {
      expect(amountOff({ code: 'X', amountOff: 500 }, 300)).toBe(300);
      expect(amountOff({ code: 'X', percentOff: 100 }, 300)).toBe(300);
    });
  });

  describe('validating', () => {
    test.each([
      ['FESTIVAL20', 10_000_000],
      ['FLAT50', 5_000_000],
      ['GUEST', 50_000_000],
    ])('%s takes its share off the seats asked for', async (code, off) => {
      expect(await verdict(stage(), code)).toEqual({ valid: true, amountOff: off });
    });

    test.each([
      ['NOSUCH', 'unknown'],
      ['LASTYEAR', 'expired'],
      ['CLOSING', 'not_yet_valid'],
      ['GALA', 'wrong_session'],
    ])('%s is answered as %s, not thrown', async (code, reason) => {
      expect(await verdict(stage(), code)).toEqual({ valid: false, reason });
    });

    test('a code for a film or a session holds there only', async () => {
      expect((await verdict(stage(), 'DEBUT', 's1')).valid).toBe(true);
      expect(await verdict(stage(), 'DEBUT', 's2')).toEqual({ valid: false, reason: 'wrong_session' });
      expect((await verdict(stage(), 'GALA', 's2')).valid).toBe(true);
    });

    test('a code becomes valid and invalid at its very moments', async () => {
      const house = stage();
      house.clock.at(DAY_MS - 1);
      expect((await verdict(house, 'TODAY')).valid).toBe(true);
      house.clock.at(DAY_MS);
      expect(await verdict(house, 'TODAY')).toEqual({ valid: false, reason: 'expired' });
      house.clock.at(4 * DAY_MS);
      expect((await verdict(house, 'CLOSING')).valid).toBe(true);
    });

    test('validating claims nothing', async () => {
      const house = stage();
      for (let i = 0; i < 3; i++) expect((await verdict(house, 'ONLYONE')).valid).toBe(true);
    });

    test('an unknown session is not found, an unknown seat is invalid', async () => {
      await refusal(verdict(stage(), 'FESTIVAL20', 's99'), 'not_found');
      await refusal(verdict(stage(), 'FESTIVAL20', 's1', ['Z-9']), 'validation_failed');
      await refusal(verdict(stage(), 'FESTIVAL20', 's1', []), 'validation_failed');
    });
  });

  describe('ordering with a code', () => {
    test('the amount to be paid is what is left', async () => {
      const { reserve, order } = stage();
      const placed = await order(await reserve({ seats: ['C-1', 'E-1'] }), { discountCode: 'FESTIVAL20' });
      expect(placed).toMatchObject({ amount: 40_000_000, discount: { code: 'FESTIVAL20', amountOff: 10_000_000 } });
    });

    test('an invalid code refuses the order with its reason and leaves the reservation alone', async () => {
      const { office, reserve, order } = stage();
      const reservation = await reserve({});
      const no = await refusal(order(reservation, { discountCode: 'LASTYEAR' }), 'discount_invalid');
      expect(no.facts).toEqual({ reason: 'expired' });
      expect((await office.reservation('alpha', reservation.id)).status).toBe('active');
      await order(reservation);
    });

    test('a quota is used at the order and never exceeded, however many ask at once', async () => {
      const { office, reserve, order } = stage();
      const held = await Promise.all(['C-1', 'C-2', 'C-3'].map((seat) => reserve({ seats: [seat] })));
      const asked = await Promise.allSettled(held.map((each) => order(each, { discountCode: 'ONLYONE' })));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(office.invariants()).toEqual([]);
    });

    test('a used-up code says so', async () => {
      const house = stage();
      await house.sell({ seats: ['C-1'] }, { discountCode: 'ONLYONE' });
      expect(await verdict(house, 'ONLYONE', 's2')).toEqual({ valid: false, reason: 'used_up' });
      const other = await house.reserve({ seats: ['C-2'] });
      const no = await refusal(house.order(other, { discountCode: 'ONLYONE' }), 'discount_invalid');
      expect(no.facts).toEqual({ reason: 'used_up' });
    });

    test('expiry, cancellation and refund each give a use back', async () => {
      const house = stage();
      const { office, clock, reserve, order, sell } = house;
      await order(await reserve({ seats: ['C-1'] }), { discountCode: 'ONLYONE' });
      clock.advance(TTL_MS);
      expect((await verdict(house, 'ONLYONE')).valid).toBe(true);
      const pending = await order(await reserve({ seats: ['C-2'] }), { discountCode: 'ONLYONE' });
      await office.cancelOrder('alpha', pending.id, HONEST);
      const sold = await sell({ seats: ['C-3'] }, { discountCode: 'ONLYONE' });
      expect((await verdict(house, 'ONLYONE')).valid).toBe(false);
      await office.cancelOrder('alpha', sold.id, HONEST);
      expect((await verdict(house, 'ONLYONE')).valid).toBe(true);
    });

    test('an order that is refused for its reservation uses up nothing', async () => {
      const house = stage();
      const reservation = await house.reserve({});
      await house.order(reservation);
      await refusal(house.order(reservation, { discountCode: 'ONLYONE' }), 'reservation_already_ordered');
      expect((await verdict(house, 'ONLYONE')).valid).toBe(true);
    });

    test('of two orders of one reservation at once, the loser gives its use back', async () => {
      const house = stage();
      const reservation = await house.reserve({});
      const asked = [house.order(reservation, { discountCode: 'FIRST100' }), house.order(reservation)];
      await Promise.allSettled(asked);
      expect(house.office.totals().orders).toBe(1);
      expect(house.office.invariants()).toEqual([]);
    });
  });
});
