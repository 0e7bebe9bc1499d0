// A connection with many requests under way is not read any further until some have ended, and loses none of them.
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_UNDER_WAY } from '../../src/wire/connection/backlog.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

const REQUESTS = 20_000;
const REQUEST = 'GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterAll(() => upstream.close());

/** Sends them all at once, and counts the answers. */
function pipeline(count: number) {
  const socket = connect({ host: '127.0.0.1', port: upstream.port });
  let answers = 0;
  let rest = '';
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text: string) => {
    const parts = (rest + text).split('HTTP/1.1 200 OK');
    answers += parts.length - 1;
    rest = (parts.at(-1) ?? '').slice(-20);
  });
  socket.write(REQUEST.repeat(count));
  return { socket, closed, answers: () => answers };
}

const underWay = (): number => upstream.world.journal.stats.open;

test('what is held is bounded, and heal lets it go at once', async () => {
  upstream.arm({ fault: 'hang', match: { paths: ['/v1/health'] } });
  const { closed } = pipeline(REQUESTS);
  await expect.poll(underWay).toBeGreaterThanOrEqual(MAX_UNDER_WAY);
  for (let i = 0; i < 50; i++) await (await fetch(`${upstream.url}/v1/sessions?limit=1`)).text(); // time for more of them to come
  expect(underWay()).toBe(MAX_UNDER_WAY);
  const before = process.cpuUsage();
  expect(await upstream.heal()).toMatchObject({ dropped: MAX_UNDER_WAY });
  await closed;
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2000);
  expect(underWay()).toBe(0);
});

test('all are answered when nothing holds them', async () => {
  const { socket, answers } = pipeline(REQUESTS);
  await expect.poll(answers).toBe(REQUESTS);
  socket.destroy();
});

test('those that had to wait are answered when the wait of those before them is over', async () => {
  upstream.arm({ fault: 'latency', with: { fixed: '300ms' }, limit: 3000 });
  const { socket, answers } = pipeline(5000);
  await expect.poll(answers).toBe(5000);
  socket.destroy();
  await upstream.heal();
});
