// A finite upstream as real requests meet it: a server, the queue, or 503; and what becomes of work nobody waits for.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';
import { type Asked, ask } from '../support/seller.ts';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(() => {
  upstream.world.load.setCapacity(null);
  upstream.world.journal.clear();
});
afterAll(() => upstream.close());

const SLOW = { servers: 1, serviceTime: { mean: '300ms', cv: 0 }, rejectCost: '0ms' } as const;
const limit = (written: WrittenCapacity): void => upstream.world.load.setCapacity(capacitySettings.parse(written));
const sessions = (): Promise<Asked> => ask(`${upstream.url}/v1/sessions?limit=1`);
const queued = (): number => upstream.world.capacity.realWaiting;

const until = (fact: () => boolean) => expect.poll(fact).toBe(true);

test('a request waits for its turn at the only server', async () => {
  limit(SLOW);
  const since = performance.now();
  const answers = await Promise.all([sessions(), sessions()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(performance.now() - since).toBeGreaterThan(580);
});

test('whoever finds the queue full is told so, and when to come again', async () => {
  limit({ ...SLOW, queue: 1 });
  const first = [sessions(), sessions()];
  await until(() => queued() === 2);
  const { status, headers, body } = await sessions();
  expect(status).toBe(503);
  expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(body).toMatchObject({ code: 'overloaded', retryable: true, instance: '/v1/sessions' });
  expect((await Promise.all(first)).map((answer) => answer.status)).toEqual([200, 200]);
});

test.each([
  { abandonAware: false, done: true },
  { abandonAware: true, done: false },
])(
  'work for a client that has left is done: $done, with abandonAware $abandonAware',
  async ({ abandonAware, done }) => {
    limit({ ...SLOW, factor: 0, abandonAware });
    const first = sessions();
    await until(() => queued() === 1);
    const leaving = new AbortController();
    const request = requestText('GET', '/v1/sessions');
    const second = probe({ port: upstream.port, request, forMs: 30_000, signal: leaving.signal });
    await until(() => queued() === 2);
    leaving.abort();
    await second;
    await until(() => (upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.finAt ?? null) !== null);
    limit({ ...SLOW, abandonAware });
    await first;
    await until(() => queued() === 0);
    const left = upstream.world.journal.query({ kind: 'exchange', ended: 'client-left', limit: 10 }).data;
    await expect.poll(() => left[0]?.ended).toBe('client-left');
    expect(left).toMatchObject([{ finAt: expect.any(Number) }]);
    expect(left[0]?.endedAt).toBe(left[0]?.finAt);
    expect(left[0]?.workedAt !== null).toBe(done);
    expect(upstream.world.capacity.observed()?.totals).toMatchObject(done ? { wasted: 1 } : { skipped: 1 });
  },
);

test('capacity turned off lets everybody through at once', async () => {
  limit({ ...SLOW, factor: 0 });
  const waiting = [sessions(), sessions(), sessions()];
  await until(() => queued() === 3);
  upstream.world.load.setCapacity(null);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('faults come before the queue, and what they answer takes no server', async () => {
  limit({ ...SLOW, factor: 0 });
  upstream.arm({ fault: 'error-status', match: { operations: ['getHealth'] } });
  expect((await ask(`${upstream.url}/v1/health`)).status).toBe(503);
  expect(queued()).toBe(0);
  await upstream.heal();
});

test('one that was released from a hang, and waits for a server, is answered though its client shuts its side', async () => {
  const { world } = upstream;
  limit({ ...SLOW, factor: 0, abandonAware: false });
  upstream.arm({ fault: 'hang' });
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('GET', '/v1/sessions?limit=1'));
  await until(() => world.holds.size === 1);
  await upstream.heal('answer');
  expect([world.holds.size, queued()]).toEqual([0, 1]);
  raw.socket.end();
  await until(() => world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.finAt !== null);
  world.load.setCapacity(null);
  await raw.answers(1);
  await expect.poll(() => world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.ended).toBe('answered');
  raw.socket.destroy();
});

test('work for a client that has left is not done in the box office that a reset has opened since', async () => {
  const { world } = upstream;
  limit({ ...SLOW, factor: 0, abandonAware: false });
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('GET', '/v1/sessions?limit=1'));
  await until(() => queued() === 1);
  raw.socket.resetAndDestroy();
  await until(() => world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.ended === 'client-left');
  const open = await world.prepareReset({});
  open();
  world.load.setCapacity(null);
  await until(() => queued() === 0);
  await ask(`${upstream.url}/v1/health`);
  expect(world.journal.query({ kind: 'exchange', ended: 'client-left', limit: 1 }).data[0]?.workedAt).toBe(null);
});
