// early-expiry: the seats are gone before `expiresAt`.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Chance } from '../../../src/base/chance.ts';
import { HONEST } from '../../../src/box-office/terms.ts';
import { earlyExpiry } from '../../../src/faults/kinds/early-expiry.ts';
import { arrival, CAPABLE } from '../../support/arrivals.ts';
import { describeKind } from '../../support/kinds.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { checked, type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask, reserveOne } from '../../support/seller.ts';

describeKind('early-expiry', {}, { acts: false });

describe('early-expiry', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test.each([
    ['bare', {}, 450_000],
    ['by a factor', { factor: 0.1 }, 90_000],
    ['after a time', { after: '30s' }, 30_000],
  ])('%s, the reservation says 15 minutes and is over long before', async (_name, params, heldMs) => {
    upstream.arm({ fault: 'early-expiry', with: params });
    const { body } = await reserveOne(upstream.url);
    expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(900_000);
    const look = async () => (await ask(`${upstream.url}/v1/reservations/${body.id}`)).body;
    await upstream.heal();
    upstream.world.boxOfficeClock.advance(heldMs - 10_000);
    expect((await look()).status).toBe('active');
    upstream.world.boxOfficeClock.advance(10_000);
    expect(await look()).toMatchObject({ status: 'expired', expiresAt: body.expiresAt });
    const extend = await ask(`${upstream.url}/v1/reservations/${body.id}/extend`, { method: 'POST', json: {} });
    expect([extend.status, extend.body.code]).toEqual([410, 'reservation_expired']);
  });

  test('of two rules the earlier lapse holds', () => {
    const context = { clock: new ManualClock(), conditions: CAPABLE, standsAt: () => true, chance: new Chance(1) };
    const rules = [{ after: 5_000 }, { factor: 0.2 }, { after: 9_000 }].map((params) =>
      earlyExpiry.arm(params, context),
    );
    const terms = rules.reduce((told, rule) => rule.work?.(told, arrival(), undefined as never) ?? told, HONEST);
    expect(terms).toEqual({ lapseAfterMs: 5_000, lapseOfTold: 0.2 });
  });

  test.each([{ after: '5s', factor: 0.5 }, { factor: 1 }])('%o cannot be armed', (params) => {
    expect(() => checked({ fault: 'early-expiry', with: params })).toThrow(/with/);
  });
});
