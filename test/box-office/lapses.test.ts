// Lapses: at their moment by one alarm, also when nobody looks, and told once whoever concludes them.
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/box-office/facts.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { HOUR_MS, OPENED_AT, overStores, type Stage, TTL_MS } from './stage.ts';

/** The lapses told from now on, in the order they are told. */
function lapses({ office }: Stage): Fact[] {
  const facts: Fact[] = [];
  office.facts.subscribe((fact) => {
    if (fact.kind === 'lapsed') facts.push(fact);
  });
  return facts;
}

overStores((stage) => {
  describe('when nobody looks', () => {
    test('a reservation lapses at its moment, not before', async () => {
      const house = stage();
      const told = lapses(house);
      const { id } = await house.reserve({});
      house.clock.pass(TTL_MS - 1);
      expect(told).toEqual([]);
      house.clock.pass(1);
      const at = OPENED_AT + TTL_MS;
      expect(told).toEqual([
        { kind: 'lapsed', at, sessionId: 's1', client: 'alpha', reservationId: id, seats: ['C-4'] },
      ]);
    });

    test('an order that is not completed in time lapses with its reservation, in one fact', async () => {
      const house = stage();
      const told = lapses(house);
      const order = await house.order(await house.reserve({}), { externalRef: 'cart' });
      house.clock.pass(TTL_MS);
      expect(told).toMatchObject([{ reservationId: order.reservationId, orderId: order.id, externalRef: 'cart' }]);
    });

    test('lapses of several sessions come each at its own moment, by one alarm', async () => {
      const house = stage();
      const told = lapses(house);
      for (const sessionId of ['s2', 's1', 's3']) {
        await house.reserve({ sessionId });
        house.clock.pass(10_000);
      }
      expect(house.clock.alarms).toBe(1);
      house.clock.pass(TTL_MS);
      expect(told.map(({ sessionId, at }) => [sessionId, at - OPENED_AT])).toEqual([
        ['s2', TTL_MS],
        ['s1', TTL_MS + 10_000],
        ['s3', TTL_MS + 20_000],
      ]);
      expect(house.clock.alarms).toBe(0);
    });

    test('what is extended, released or sold does not lapse', async () => {
      const house = stage();
      const told = lapses(house);
      const [extended, released] = [await house.reserve({}), await house.reserve({ seats: ['C-5'] })];
      await house.sell({ seats: ['D-1'] });
      house.clock.pass(1_000);
      await house.office.extend('alpha', extended.id, HONEST);
      await house.office.release('alpha', released.id, HONEST);
      house.clock.pass(TTL_MS - 1);
      expect(told).toEqual([]);
      house.clock.pass(1);
      expect(told).toMatchObject([{ reservationId: extended.id }]);
      expect(house.clock.alarms).toBe(0);
    });

    test('an untouched box office sets no alarm', () => {
      const house = stage();
      house.office.sessions({}, 0, 10);
      house.office.totals();
      expect(house.clock.alarms).toBe(0);
    });
  });

  describe('whoever concludes it', () => {
    test('a reader before the alarm: one fact in all', async () => {
      const house = stage();
      const told = lapses(house);
      const { id } = await house.reserve({});
      house.clock.advance(TTL_MS);
      expect((await house.office.reservation('alpha', id)).status).toBe('expired');
      house.clock.pass(TTL_MS);
      expect(told).toHaveLength(1);
    });

    test('a verb that comes at the very moment settles it first: lapsed, then reserved', async () => {
      const house = stage();
      const { id } = await house.reserve({});
      const facts: Fact[] = [];
      house.office.facts.subscribe((fact) => facts.push(fact));
      house.clock.advance(TTL_MS);
      await house.reserve({ customerRef: 'ben' });
      house.clock.pass(1);
      expect(facts.map(({ kind }) => kind)).toEqual(['lapsed', 'reserved']);
      expect(facts[0]).toMatchObject({ reservationId: id, at: OPENED_AT + TTL_MS });
    });

    test('a clock that goes back after a lapse makes none again', async () => {
      const house = stage();
      const told = lapses(house);
      await house.reserve({});
      house.clock.pass(TTL_MS);
      house.clock.advance(-HOUR_MS);
      house.clock.pass(3 * HOUR_MS);
      expect(told).toHaveLength(1);
    });
  });

  describe('when the clock of the box office is moved', () => {
    test('forward: what became due lapses at once; back: it waits the longer', async () => {
      const house = stage();
      const told = lapses(house);
      await house.reserve({});
      house.clock.advance(-HOUR_MS);
      house.clock.pass(TTL_MS);
      expect(told).toEqual([]);
      house.clock.advance(HOUR_MS);
      house.clock.pass(0);
      expect(told).toMatchObject([{ at: OPENED_AT + TTL_MS }]);
    });
  });

  test('a closed box office sets no alarm and tells nothing, and still answers', async () => {
    const house = stage();
    const told = lapses(house);
    const { id } = await house.reserve({});
    house.office.close();
    house.office.close();
    expect(house.clock.alarms).toBe(0);
    await house.reserve({ seats: ['D-1'] });
    expect(house.clock.alarms).toBe(0);
    house.clock.pass(TTL_MS);
    expect((await house.office.reservation('alpha', id)).status).toBe('expired');
    expect(told).toEqual([]);
  });
});
