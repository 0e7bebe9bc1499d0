// Tickets per film and customer: what is held or owned counts, what ended is given back.
import { describe, expect, test } from 'vitest';
import { HONEST } from '../../src/box-office/terms.ts';
import { DAY_MS, overStores, refusal, TTL_MS } from './stage.ts';

overStores((stage) => {
  const FOUR = { seats: ['C-1', 'C-2', 'C-3', 'C-4'] };
  const FIFTH = { seats: ['D-1'] };

  describe('the limit of four tickets', () => {
    test('it holds over all sessions of a film and all clients', async () => {
      const { office, reserve } = stage();
      await reserve({ ...FOUR });
      const no = await refusal(reserve({ ...FIFTH, sessionId: 's3', client: 'beta' }), 'limit_reached');
      expect(no.facts).toEqual({ limit: 4 });
      expect(no.message).toContain('those of customerRef "ada", over all sellers and sessions');
      await reserve({ ...FIFTH, customerRef: 'ben' });
      await reserve({ ...FIFTH, sessionId: 's2' });
      expect(office.invariants()).toEqual([]);
    });

    test('more at once than the limit is refused', async () => {
      await refusal(stage().reserve({ bestAvailable: { count: 5 } }), 'limit_reached');
    });

    test('a refused reservation claims nothing', async () => {
      const { reserve } = stage();
      await reserve({ ...FOUR, customerRef: 'ben' });
      await refusal(reserve({ ...FOUR }), 'seat_unavailable');
      await reserve({ seats: ['D-1', 'D-2', 'D-3', 'D-4'] });
    });

    test('a released reservation gives back', async () => {
      const { office, reserve } = stage();
      await office.release('alpha', (await reserve({ ...FOUR })).id, HONEST);
      await reserve({ ...FOUR, sessionId: 's3' });
    });

    test('a lapsed reservation gives back, even if nobody looked at its session', async () => {
      const { clock, reserve } = stage();
      await reserve({ ...FOUR });
      clock.advance(TTL_MS);
      await reserve({ ...FOUR, sessionId: 's3' });
    });

    test('a lapse gives back once, also when the clock goes back before it', async () => {
      const { office, clock, reserve } = stage();
      await reserve({ ...FOUR });
      clock.advance(TTL_MS);
      expect(office.session('s1').available).toBe(39);
      clock.advance(-TTL_MS);
      expect(office.session('s1').available).toBe(39);
      await reserve({ ...FOUR, sessionId: 's3' });
      await refusal(reserve({ ...FIFTH, sessionId: 's3' }), 'limit_reached');
      expect(office.invariants()).toEqual([]);
    });

    test('a pending order counts until it lapses', async () => {
      const { office, clock, reserve, order } = stage();
      const { id } = await order(await reserve({ ...FOUR }));
      await refusal(reserve({ ...FIFTH }), 'limit_reached');
      clock.advance(TTL_MS);
      await reserve({ ...FIFTH });
      expect((await office.order('alpha', id)).status).toBe('expired');
    });

    test('a completed order counts until it is refunded', async () => {
      const { office, clock, sell, reserve } = stage();
      const { id } = await sell({ ...FOUR });
      clock.advance(DAY_MS / 2);
      await refusal(reserve({ ...FIFTH }), 'limit_reached');
      await office.cancelOrder('alpha', id, HONEST);
      await reserve({ ...FIFTH });
      expect(office.invariants()).toEqual([]);
    });

    test('a customer who asks everywhere at once gets no more', async () => {
      const { office, reserve } = stage();
      const asked = ['s1', 's3', 's1', 's3'].map((sessionId, i) =>
        reserve({ sessionId, seats: [`B-${i + 1}`, `C-${i + 1}`], client: `client-${i}` }),
      );
      const given = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
      expect(given).toHaveLength(2);
      expect(office.invariants()).toEqual([]);
    });
  });
});
