// The stamp of a box office: while it is the same, so is everything that is shown, whatever happened and whatever the time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxOffice } from '../../src/box-office/box-office.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { DAY_MS, HOUR_MS, overStores, stage, TTL_MS } from './stage.ts';

/** All that a reader can see of a session without its seats. */
const shownBy = (office: BoxOffice): string =>
  JSON.stringify(
    office.sessions({}, 0, 100).items.map(({ plan: { id }, status, available }) => [id, status, available]),
  );

const step = fc.oneof(
  fc.record({
    does: fc.constant('reserve' as const),
    session: fc.integer({ min: 1, max: 6 }),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ does: fc.constantFrom('release', 'sell', 'cancel', 'look') }),
  fc.record({
    does: fc.constantFrom('pass', 'advance'),
    ms: fc.constantFrom(1, 1000, TTL_MS - 1, TTL_MS, HOUR_MS, DAY_MS),
  }),
  fc.record({
    does: fc.constant('at' as const),
    ms: fc.integer({ min: -1, max: 5 * 24 }).map((hours) => hours * HOUR_MS),
  }),
);

overStores((open) => {
  it('no two moments with the same stamp show anything otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { office, clock, reserve, order } = open();
        const shown = new Map<number, string>();
        const reserved: string[] = [];
        const ordered: string[] = [];
        let customers = 0;
        for (const one of steps) {
          await act(one).catch(() => {}); // a refusal changes nothing, or what it changes is looked at too
          const stamp = office.stamp();
          const now = shownBy(office);
          if (Number.isNaN(stamp)) continue;
          expect(now).toBe(shown.get(stamp) ?? now);
          if (office.stamp() === stamp) shown.set(stamp, now);
        }
        async function act(one: (typeof steps)[number]): Promise<void> {
          if (one.does === 'reserve') {
            const bestAvailable = { count: one.count };
            const request = {
              sessionId: `s${one.session}`,
              bestAvailable,
              customerRef: `c-${customers++}`,
              accessCode: 'PRESALE',
            };
            reserved.push((await reserve(request)).id);
          } else if (one.does === 'release') await office.release('alpha', reserved.pop() ?? '', HONEST);
          else if (one.does === 'sell') {
            const { id } = await order(await office.reservation('alpha', reserved.pop() ?? ''));
            ordered.push((await office.completeOrder('alpha', id, 'paid', HONEST)).id);
          } else if (one.does === 'cancel') await office.cancelOrder('alpha', ordered.pop() ?? '', HONEST);
          else if (one.does === 'pass') clock.pass(one.ms);
          else if (one.does === 'advance') clock.advance(one.ms);
          else if (one.does === 'at') clock.at(one.ms);
        }
      }),
    );
  });
});

describe('the stamp', () => {
  it('stays while nothing happens, and moves when a seat is taken', async () => {
    const { office, clock, reserve } = stage();
    const first = office.stamp();
    clock.pass(HOUR_MS);
    expect(office.stamp()).toBe(first);
    await reserve({});
    expect(office.stamp()).not.toBe(first);
  });

  it('moves when a session comes on sale, and back', () => {
    const { office, clock } = stage();
    const first = office.stamp();
    clock.at(DAY_MS);
    const later = office.stamp();
    expect(later).not.toBe(first);
    clock.at(0);
    expect(office.stamp()).not.toBe(later);
  });

  it('is like nothing while a lapse is due that nobody concluded, and stands again afterwards', async () => {
    const { office, clock, reserve } = stage();
    await reserve({});
    clock.advance(TTL_MS);
    expect(office.stamp()).toBeNaN();
    clock.pass(1);
    expect(office.stamp()).toBe(office.stamp());
  });
});
