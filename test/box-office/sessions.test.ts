// The read path: statuses by time, lists, seat maps, versions, and what callers may keep.
import { describe, expect, test } from 'vitest';
import { createBoxOffice } from '../../src/box-office/box-office.ts';
import { seasonOf } from '../../src/box-office/season/built-in.ts';
import { small } from '../../src/box-office/season/small.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { DAY_MS, HOUR_MS, OPENED_AT, overStores, refusal, TTL_MS, withoutLimit } from './stage.ts';

overStores((stage, createStore) => {
  const ids = (page: { items: readonly { plan: { id: string } }[] }): string[] => page.items.map(({ plan }) => plan.id);

  describe('the status of a session', () => {
    test('the clock alone moves it from scheduled to closed, and back', () => {
      const { office, clock } = stage();
      const seen = [0, DAY_MS, 2 * DAY_MS, 3 * DAY_MS + 3 * HOUR_MS].map((moment) => {
        clock.at(moment);
        return office.session('s6').status;
      });
      expect(seen).toEqual(['scheduled', 'presale', 'on_sale', 'closed']);
      clock.at(0);
      expect(office.session('s6').status).toBe('scheduled');
    });

    test('it changes exactly at its moment', () => {
      const { office, clock } = stage();
      clock.at(DAY_MS - 1);
      expect(office.session('s1').status).toBe('on_sale');
      clock.at(DAY_MS);
      expect(office.session('s1').status).toBe('closed');
    });

    test('it is sold out while no seat is free, and on sale again when one lapses', async () => {
      const { office, clock, reserve } = stage({ season: withoutLimit(small()) });
      for (const count of [10, 10, 10, 7]) await reserve({ bestAvailable: { count } });
      expect(office.session('s1')).toMatchObject({ status: 'on_sale', available: 2 });
      await reserve({ bestAvailable: { count: 2, category: 'wheelchair' } });
      expect(office.session('s1')).toMatchObject({ status: 'sold_out', available: 0 });
      await refusal(reserve({ seats: ['C-1'] }), 'seat_unavailable');
      clock.advance(TTL_MS);
      expect(office.session('s1')).toMatchObject({ status: 'on_sale', available: 39 });
    });

    test('times are told in epoch milliseconds from the opening', () => {
      const { startsAt, onSaleAt, presaleAt } = stage().office.session('s6');
      expect([startsAt, onSaleAt, presaleAt].map((time) => (time ?? 0) - OPENED_AT)).toEqual([
        3 * DAY_MS + 3 * HOUR_MS,
        2 * DAY_MS,
        DAY_MS,
      ]);
      expect(stage().office.session('s1').presaleAt).toBeUndefined();
    });

    test('an unknown session is not found', async () => {
      const { office } = stage();
      await refusal(() => office.session('s99'), 'not_found');
      await refusal(() => office.seatMap('constructor'), 'not_found');
    });
  });

  describe('listing sessions', () => {
    test('pages follow each other until the last, which has no next', () => {
      const { office } = stage();
      const first = office.sessions({}, 0, 4);
      const second = office.sessions({}, first.next ?? -1, 4);
      expect([...ids(first), ...ids(second)]).toEqual(['s1', 's2', 's3', 's4', 's5', 's6']);
      expect(second.next).toBeUndefined();
      expect(office.sessions({}, 0, 6).next).toBeUndefined();
      expect(office.sessions({}, 99, 6)).toEqual({ items: [] });
    });

    test.each([
      ['film', { film: 'glass-orchard' }, ['s1', 's3', 's5']],
      ['venue', { venue: 'nowhere' }, []],
      ['venue and film', { venue: 'lumen', film: 'north-of-noon' }, ['s2', 's4', 's6']],
      ['status', { status: 'presale' }, ['s5']],
      ['date', { date: '2026-01-07' }, ['s3', 's4']],
      ['date and film', { date: '2026-01-07', film: 'north-of-noon' }, ['s4']],
    ] as const)('a list by %s has what fits', (_, filter, expected) => {
      expect(ids(stage().office.sessions(filter, 0, 20))).toEqual(expected);
    });

    test('a filtered list pages as well', () => {
      const { office } = stage();
      const first = office.sessions({ film: 'glass-orchard' }, 0, 2);
      expect(ids(office.sessions({ film: 'glass-orchard' }, first.next ?? -1, 2))).toEqual(['s5']);
    });

    test('what is no date is refused', async () => {
      const { office } = stage();
      for (const date of ['tomorrow', '2026-13-01', '2026-1-5'])
        await refusal(() => office.sessions({ date }, 0, 1), 'validation_failed');
    });
  });

  describe('what callers may keep', () => {
    test('a session is the same object while nothing of it changes', async () => {
      const { office, clock, reserve } = stage();
      const before = office.session('s1');
      const other = office.session('s2');
      clock.advance(60_000);
      expect(office.sessions({}, 0, 1).items[0]).toBe(before);
      await reserve({ seats: ['C-1'] });
      const after = office.session('s1');
      expect(after.version).toBeGreaterThan(before.version);
      expect(after.available).toBe(before.available - 1);
      expect(office.session('s2')).toBe(other);
      expect(office.session('s1')).toBe(after);
    });

    test('an extension changes no seat and so no version', async () => {
      const { office, reserve } = stage();
      const { id } = await reserve({});
      const before = office.session('s1');
      await office.extend('alpha', id, HONEST);
      expect(office.session('s1')).toBe(before);
    });

    test('a seat map kept by a caller does not change under it', async () => {
      const { office, reserve } = stage();
      const before = office.seatMap('s1');
      const copy = [...before.states];
      await reserve({});
      expect([...before.states]).toEqual(copy);
      expect(office.seatMap('s1').version).toBe(office.session('s1').version);
      expect(office.seatMap('s1')).toBe(office.seatMap('s1'));
    });

    test('no version comes twice with another state, through lapses and jumps of the clock', async () => {
      const { office, clock, reserve } = stage();
      const seen = new Map<number, string>();
      for (const moment of [0, DAY_MS, 0, TTL_MS, 2 * DAY_MS, 1, DAY_MS / 2, 0]) {
        clock.at(moment);
        for (const look of [0, 1]) {
          const { version, status } = office.session('s1');
          const state = `${status} ${office.seatMap('s1').states}`;
          expect(seen.get(version) ?? state).toBe(state);
          seen.set(version, state);
          if (look === 0 && status === 'on_sale') await reserve({ seats: ['C-1'] }).catch(() => {});
        }
      }
      expect(seen.size).toBeGreaterThan(5);
    });

    test('a box office that takes the place of another can begin above its versions', () => {
      const settings = {
        season: seasonOf('small', 1),
        store: createStore(),
        clock: { now: () => OPENED_AT, alarm: () => () => {} },
      };
      const more = { seed: 1, openedAt: OPENED_AT, reservationTtlMs: TTL_MS, firstVersion: 2 ** 32 };
      expect(createBoxOffice({ ...settings, ...more }).session('s1').version).toBe(2 ** 32);
    });
  });
});
