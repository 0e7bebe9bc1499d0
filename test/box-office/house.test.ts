// The house as it is seen from outside: sessions in pages, and who has which seat.
import { describe, expect, test } from 'vitest';
import { HONEST } from '../../src/box-office/terms.ts';
import { overStores, TTL_MS } from './stage.ts';

overStores((open) => {
  describe('one session', () => {
    test('tells of each seat its status and its client', async () => {
      const { office, reserve, order, sell } = open();
      await reserve({ client: 'alpha', seats: ['C-4', 'C-5'] });
      await order(await reserve({ client: 'beta', customerRef: 'bob', seats: ['D-1'] }), { client: 'beta' });
      await sell({ customerRef: 'eve', seats: ['B-2'] });
      const { counts, seats } = office.house().session('s1');
      const told = (id: string) => {
        const seat = seats.find(({ place }) => place.id === id);
        return [seat?.status, seat?.client];
      };
      expect(['C-4', 'C-5', 'D-1', 'B-2', 'A-1', 'E-8'].map(told)).toEqual([
        ...[
          ['reserved', 'alpha'],
          ['reserved', 'alpha'],
          ['reserved', 'beta'],
          ['sold', 'alpha'],
        ],
        ['free', undefined],
        ['blocked', undefined],
      ]);
      expect(counts).toEqual([35, 3, 1, 1]);
      expect(seats.length).toBe(40);
    });

    test('has seats free again once they are given back, or their time is over', async () => {
      const { office, reserve, clock } = open();
      const given = await reserve({ seats: ['C-4'] });
      await reserve({ customerRef: 'bob', seats: ['C-5'] });
      await office.release('alpha', given.id, HONEST);
      const taken = () =>
        office
          .house()
          .session('s1')
          .seats.flatMap(({ place, client }) => (client === undefined ? [] : place.id));
      expect(taken()).toEqual(['C-5']);
      clock.advance(TTL_MS);
      expect(taken()).toEqual([]);
      expect(office.house().session('s1').counts).toEqual([39, 0, 0, 1]);
    });

    test('that is not there is refused', () => {
      expect(() => open().office.house().session('s9')).toThrow(/no session "s9"/);
    });
  });

  describe('all sessions', () => {
    test('come in pages, in order of showing', () => {
      const house = open().office.house();
      const first = house.sessions({}, 0, 4);
      expect(first.items.map(({ session }) => session.plan.id)).toEqual(['s1', 's2', 's3', 's4']);
      const rest = house.sessions({}, first.next ?? -1, 4);
      expect([rest.items.map(({ session }) => session.plan.id), rest.next]).toEqual([['s5', 's6'], undefined]);
    });

    test('are found by words of film, hall and id, in either case', () => {
      const house = open().office.house();
      const found = (find: string) => house.sessions({ find }, 0, 10).items.map(({ session }) => session.plan.id);
      expect(found('GLASS')).toEqual(['s1', 's3', 's5']);
      expect(found('  noon hall s4 ')).toEqual(['s4']);
      expect(found('nothing like it')).toEqual([]);
    });

    test('of which seats are taken are told alone when they are asked for', async () => {
      const { office, reserve } = open();
      const { id } = await reserve({ sessionId: 's1' });
      await reserve({ sessionId: 's3', customerRef: 'bob' });
      await office.release('alpha', id, HONEST);
      const { items } = office.house().sessions({ touched: true }, 0, 10);
      expect(items).toMatchObject([{ session: { plan: { id: 's3' } }, counts: [38, 1, 0, 1] }]);
    });
  });
});
