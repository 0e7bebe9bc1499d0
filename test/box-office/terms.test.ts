// What the box office does when it is told to act otherwise than it should, and what it never does even then.
import { describe, expect, test } from 'vitest';
import { HONEST, type Terms } from '../../src/box-office/terms.ts';
import { overStores, refusal, type Stage, seatsOf, TTL_MS } from './stage.ts';

overStores((stage) => {
  const REQUEST = { client: 'alpha', sessionId: 's1', customerRef: 'ada', seats: ['C-4', 'C-5'] };
  const ORDER = {
    client: 'alpha',
    externalRef: 'ref',
    customer: { name: 'Ada', phone: '0912' },
    payment: { method: 'seller' },
  } as const;

  const untouched = ({ office }: Stage): void => {
    expect(office.invariants()).toEqual([]);
    expect(office.totals()).toEqual(stage().office.totals());
  };

  describe('a dry run', () => {
    const dry = (salt = 1): Terms => ({ dryRun: { salt } });

    test('reserves nothing and says that it did', async () => {
      const house = stage();
      expect(await house.office.reserve(REQUEST, dry())).toMatchObject({ seats: ['C-4', 'C-5'], status: 'active' });
      untouched(house);
      expect([...house.store.all('session')]).toEqual([]);
      expect([...house.store.all('limit')]).toEqual([]);
    });

    test('refuses what would be refused', async () => {
      const { office, reserve } = stage();
      await reserve({ seats: ['C-4'] });
      await refusal(office.reserve(REQUEST, dry()), 'seat_unavailable');
      const four = { ...REQUEST, seats: ['D-1', 'D-2', 'D-3', 'D-4'] };
      await refusal(office.reserve(four, dry()), 'limit_reached');
    });

    test('mints ids that no other run and no honest verb mints', async () => {
      const { office, reserve } = stage();
      const phantoms = [await office.reserve(REQUEST, dry(1)), await office.reserve(REQUEST, dry(2))];
      const ids = new Set([...phantoms, await reserve({})].map(({ id }) => id));
      expect(ids.size).toBe(3);
      await refusal(office.reservation('alpha', phantoms[0]?.id ?? ''), 'not_found');
    });

    test('orders, completes, cancels, extends and releases nothing', async () => {
      const house = stage();
      const { office, reserve, order } = house;
      const held = await reserve({});
      expect((await office.extend('alpha', held.id, dry())).extended).toBe(true);
      expect((await office.release('alpha', held.id, dry())).status).toBe('released');
      const phantom = await office.createOrder({ ...ORDER, reservationId: held.id, discountCode: 'ONLYONE' }, dry());
      expect(phantom.status).toBe('pending_payment');
      expect(await office.reservation('alpha', held.id)).toEqual(held);
      expect((await office.findOrders('alpha', 'ref', 0, 10)).items).toEqual([]);
      const { id } = await order(held);
      expect((await office.completeOrder('alpha', id, 'paid', dry())).tickets).toHaveLength(1);
      expect((await office.cancelOrder('alpha', id, dry())).status).toBe('canceled');
      expect((await office.order('alpha', id)).status).toBe('pending_payment');
      expect([...house.store.all('quota')]).toEqual([]);
      expect(office.invariants()).toEqual([]);
    });

    test('its tickets let nobody in, also after the true ones are there', async () => {
      const { office, reserve, order } = stage();
      const { id } = await order(await reserve({}));
      const phantom = await office.completeOrder('alpha', id, 'paid', dry());
      const sold = await office.completeOrder('alpha', id, 'paid', HONEST);
      expect(phantom.tickets?.map(({ seat }) => seat)).toEqual(sold.tickets?.map(({ seat }) => seat));
      expect(phantom.tickets?.[0]?.barcode).not.toBe(sold.tickets?.[0]?.barcode);
    });
  });

  describe('an early lapse', () => {
    test('frees the seats long before what was told', async () => {
      const { office, clock } = stage();
      const { id, expiresAt } = await office.reserve(REQUEST, { lapseOfTold: 0.5 });
      expect(expiresAt).toBe(clock.now() + TTL_MS);
      clock.advance(TTL_MS / 2 - 1);
      expect((await office.reservation('alpha', id)).status).toBe('active');
      clock.advance(1);
      expect(await office.reservation('alpha', id)).toMatchObject({ status: 'expired', expiresAt });
      expect(seatsOf(office, 's1').get('C-4')).toBe(0);
      expect(office.invariants()).toEqual([]);
    });

    test('takes an order with it that waits for its payment', async () => {
      const { office, clock, order } = stage();
      const { id } = await order(await office.reserve(REQUEST, { lapseAfterMs: 60_000 }));
      clock.advance(60_000);
      await refusal(office.completeOrder('alpha', id, 'paid', HONEST), 'reservation_expired');
    });

    test('is never later than told', async () => {
      const { office, clock } = stage();
      const { id } = await office.reserve(REQUEST, { lapseAfterMs: 5 * TTL_MS });
      clock.advance(TTL_MS);
      expect((await office.reservation('alpha', id)).status).toBe('expired');
    });
  });

  describe('sold out by word only', () => {
    const lie: Terms = { soldOut: true };

    test('lists, sessions and seat maps say so, and the books do not', async () => {
      const house = stage();
      const { office } = house;
      expect(office.sessions({ status: 'on_sale' }, 0, 10, lie).items).toEqual([]);
      expect(office.session('s1', lie)).toMatchObject({ status: 'sold_out', available: 0 });
      const { layout, states, version } = office.seatMap('s1', lie);
      expect([...states]).toEqual(layout.places.map(({ blocked }) => (blocked ? 3 : 2)));
      expect(version).not.toBe(office.seatMap('s1').version);
      await refusal(office.reserve(REQUEST, lie), 'seat_unavailable');
      await refusal(
        office.reserve({ ...REQUEST, seats: undefined, bestAvailable: { count: 1 } }, lie),
        'seat_unavailable',
      );
      untouched(house);
    });

    test('what is not on sale yet is as it is', () => {
      const { office } = stage();
      expect(office.session('s6', lie)).toBe(office.session('s6'));
      expect(office.seatMap('s6', lie)).toBe(office.seatMap('s6'));
    });
  });

  describe('a lost flow', () => {
    const lost: Terms = { loseFlow: true };

    test('a reservation is unknown from then on, and its seats stay held until they lapse', async () => {
      const { office, clock, reserve } = stage();
      const { id } = await reserve({});
      await refusal(office.extend('alpha', id, lost), 'not_found');
      await refusal(office.reservation('alpha', id), 'not_found');
      await refusal(office.createOrder({ ...ORDER, reservationId: id }, HONEST), 'not_found');
      await refusal(reserve({ client: 'beta' }), 'seat_unavailable');
      clock.advance(TTL_MS);
      await refusal(office.reservation('alpha', id), 'not_found');
      await reserve({ client: 'beta' });
      expect(office.invariants()).toEqual([]);
    });

    test('an order is lost with its reservation, and no search finds it', async () => {
      const { office, reserve, order } = stage();
      const held = await reserve({});
      const { id } = await order(held);
      const { id: other } = await order(await reserve({ seats: ['D-1'] }));
      await refusal(office.completeOrder('alpha', id, 'paid', lost), 'not_found');
      await refusal(office.order('alpha', id), 'not_found');
      await refusal(office.reservation('alpha', held.id), 'not_found');
      expect((await office.findOrders('alpha', 'ref', 0, 10)).items.map((found) => found.id)).toEqual([other]);
    });

    test('what is sold, and what is another’s, is not lost', async () => {
      const { office, reserve, sell } = stage();
      const { id } = await sell({});
      expect((await office.order('alpha', id, lost)).status).toBe('completed');
      const held = await reserve({ seats: ['D-1'] });
      await refusal(office.reservation('beta', held.id, lost), 'not_found');
      expect((await office.reservation('alpha', held.id)).status).toBe('active');
    });
  });

  describe('a wronged discount', () => {
    const verdict = ({ office }: Stage, code: string, terms: Terms) =>
      office.validateDiscount({ ...REQUEST, code, seats: ['C-1', 'E-1'] }, terms);
    const ordered = async ({ office, reserve }: Stage, discountCode: string, terms: Terms) => {
      const { id: reservationId } = await reserve({ seats: ['C-1', 'E-1'] });
      return office.createOrder({ ...ORDER, reservationId, discountCode }, terms);
    };

    test('a valid code is refused, in word and in deed, and no use is taken', async () => {
      const house = stage();
      const terms: Terms = { discount: 'refuse-valid' };
      expect(await verdict(house, 'ONLYONE', terms)).toEqual({ valid: false, reason: 'used_up' });
      await refusal(ordered(house, 'ONLYONE', terms), 'discount_invalid');
      expect([...house.store.all('quota')]).toEqual([]);
    });

    test.each([
      ['LASTYEAR', 10_000_000],
      ['NOSUCH', 5_000_000],
    ])('an invalid code is taken, outside of any quota: %s', async (code, amountOff) => {
      const house = stage();
      const terms: Terms = { discount: 'accept-invalid' };
      expect(await verdict(house, code, terms)).toEqual({ valid: true, amountOff });
      const order = await ordered(house, code, terms);
      expect(order).toMatchObject({ amount: 50_000_000 - amountOff, discount: { code, amountOff } });
      expect([...house.store.all('quota')]).toEqual([]);
      await house.office.cancelOrder('alpha', order.id, HONEST);
      expect(house.office.invariants()).toEqual([]);
    });

    test('a used-up code is taken again without breaking its quota', async () => {
      const house = stage();
      await house.order(await house.reserve({ seats: ['D-1'] }), { discountCode: 'ONLYONE' });
      expect((await ordered(house, 'ONLYONE', { discount: 'accept-invalid' })).discount?.amountOff).toBe(25_000_000);
      expect(house.office.invariants()).toEqual([]);
    });

    test('the order is charged other than was said', async () => {
      const house = stage();
      const terms: Terms = { discount: 'price-differs' };
      expect(await verdict(house, 'FESTIVAL20', terms)).toEqual({ valid: true, amountOff: 10_000_000 });
      expect(await ordered(house, 'FESTIVAL20', terms)).toMatchObject({
        amount: 45_000_000,
        discount: { amountOff: 5_000_000 },
      });
    });
  });
});
