// Two hundred tests at the same time, each in a world of its own with its own faults, clock and verify, against one process.
import { expect, onTestFinished, test } from 'vitest';
import { createAdminClient } from '../src/sdk/admin-client.ts';
import { startInProcess } from './support/run-server.ts';
import { type Asked, ask } from './support/seller.ts';

const TESTS = 200;
/** Some seconds on a machine that does nothing else. */
const MAX_MS = 180_000;

/** Paths by operation; in each world one of them answers what that world alone was told. */
const STRUCK = {
  listSessions: '/v1/sessions',
  getSession: '/v1/sessions/s1',
  getSeatMap: '/v1/sessions/s1/seat-map',
} as const;
const OPERATIONS = Object.keys(STRUCK) as (keyof typeof STRUCK)[];

/** What a test of its own would do, and expects. */
async function oneTest(server: { upstream: string; admin: string }, number: number): Promise<void> {
  const world = `test-${number}`;
  const admin = createAdminClient({ url: `${server.admin}/w/${world}` });
  const url = `${server.upstream}/w/${world}`;
  const call = (path: string, json?: object): Promise<Asked> =>
    ask(url + path, {
      headers: { Authorization: 'Bearer shop', 'Idempotency-Key': path },
      ...(json && { method: 'POST', json }),
    });

  const [operation, status] = [OPERATIONS[number % 3] ?? 'listSessions', 500 + (number % 97)];
  const rule = { fault: 'error-status', with: { status }, match: { operations: [operation] }, limit: 1 };
  await admin.addRule({ ...rule, id: 'mine' });
  for (let times = 1; times <= 2; times++)
    for (const each of OPERATIONS)
      expect((await call(STRUCK[each])).status).toBe(each === operation && times === 1 ? status : 200);

  const seats = { seats: ['A-1', 'A-2'], customerRef: 'ada' }; // the same in every world
  const reservation = (await call('/v1/sessions/s1/reservations', seats)).body;
  const order = await call('/v1/orders', {
    ...{ reservationId: reservation.id, externalRef: world, payment: { method: 'seller' } },
    customer: { name: 'Ada', phone: '0912' },
  });
  const done = await call(`/v1/orders/${order.body.id}/complete`, { paymentReference: 'paid' });
  expect([done.status, done.body.status, done.body.tickets.length]).toEqual([200, 'completed', 2]);

  const lapsing = (await call('/v1/sessions/s2/reservations', { bestAvailable: { count: 1 }, customerRef: 'bob' }))
    .body;
  expect(lapsing.status).toBe('active');
  const minutes = 16 + (number % 7);
  await admin.moveClock({ advance: `${minutes}m` });
  expect((await call(`/v1/reservations/${lapsing.id}`)).body.status).toBe('expired');

  await admin.verify({ match: { operation: 'reserveSeats' }, count: { min: 2, max: 2 } });
  await admin.verify({ match: { rule: 'mine', status }, count: { min: 1, max: 1 } });
  await admin.verify({ match: { operation }, count: { min: 2, max: 2 } });
  const { boxOffice, clock, seed, activations, rules } = await admin.state();
  expect(boxOffice).toMatchObject({ reserved: 0, sold: 2, orders: 1 });
  expect([Math.round(clock.offsetMs / 60_000), seed, activations.length, rules.length]).toEqual([minutes, 7, 0, 1]);
  await (number % 2 ? admin.reset() : admin.heal());
  const after = await admin.state();
  expect([after.boxOffice.sold, after.rules]).toEqual([number % 2 ? 0 : 2, []]);
}

test(
  'two hundred tests in parallel, each in its own world, pass against one process',
  async () => {
    const server = await startInProcess();
    onTestFinished(() => server.stop());
    await Promise.all(Array.from({ length: TESTS }, (_none, number) => oneTest(server, number)));
    const home = createAdminClient({ url: server.admin });
    const { boxOffice, journal, rules } = await home.state();
    expect([boxOffice.sold, boxOffice.reserved, journal.entries, rules]).toEqual([0, 0, 0, []]);
    expect((await ask(`${server.admin}/v1/worlds`)).body.data).toHaveLength(TESTS + 1);
  },
  MAX_MS,
);
