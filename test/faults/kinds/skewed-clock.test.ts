// skewed-clock: Date and every time in the body are off by the same amount.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask, reserveOne } from '../../support/seller.ts';

describeKind('skewed-clock');

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

test.each([
  ['behind', -600_000],
  ['ahead', 600_000],
])('%s: every time of a session moves by so much, and nothing else', async (direction, offMs) => {
  const honest = await ask(`${upstream.url}/v1/sessions?limit=3`);
  upstream.arm({ fault: 'skewed-clock', with: { by: '10m', direction } });
  const lied = await ask(`${upstream.url}/v1/sessions?limit=3`);
  const moved = (time: string): string => new Date(Date.parse(time) + offMs).toISOString();
  const sessions = honest.body.data.map((session: { startsAt: string; onSaleAt: string; presaleAt?: string }) => ({
    ...session,
    startsAt: moved(session.startsAt),
    onSaleAt: moved(session.onSaleAt),
    ...(session.presaleAt && { presaleAt: moved(session.presaleAt) }),
  }));
  expect(lied.body.data).toEqual(sessions);
});

test('the Date header lies as far, and comes once', async () => {
  const now = Date.now();
  upstream.arm({ fault: 'skewed-clock', with: { by: '1h', direction: 'behind' } });
  const { headers } = await ask(`${upstream.url}/v1/health`);
  expect(Math.abs(Date.parse(headers.get('date') ?? '') - (now - 3_600_000))).toBeLessThan(5000);
});

test('a reservation seems to have run out, and has not', async () => {
  upstream.arm({ fault: 'skewed-clock', with: { by: '1h' }, match: { operations: ['reserveSeats'] } });
  const { body } = await reserveOne(upstream.url);
  expect(Date.parse(body.expiresAt)).toBeLessThan(Date.now());
  await upstream.heal();
  const { body: truth } = await ask(`${upstream.url}/v1/reservations/${body.id}`);
  expect(truth.status).toBe('active');
  expect(Date.parse(truth.expiresAt) - Date.parse(body.expiresAt)).toBe(3_600_000);
});
