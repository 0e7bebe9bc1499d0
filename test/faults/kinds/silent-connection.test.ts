// silent-connection: accepted, and nothing that is sent is looked at, until it is let go.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { worksDone } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeConnectionKind('silent-connection', {
  shows: { ending: 'open', raw: '', connectMs: expect.any(Number) },
  holds: true,
});

test('healed with `answer`, what was sent meanwhile is served', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'silent-connection' });
  const watched = [knock(upstream), knock(upstream)];
  await expect.poll(() => upstream.world.holds.size).toBe(2);
  expect(worksDone(upstream)).toBe(0);
  expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 2 });
  for (const sight of await Promise.all(watched)) expect(sight).toMatchObject({ status: 200, whole: true });
  await upstream.close();
});

test('one that had said nothing yet when it was let go is served as any other', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'silent-connection' });
  const socket = connect(upstream.port, '127.0.0.1');
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  await upstream.heal('answer');
  const answer = new Promise((resolve) => socket.once('data', resolve));
  socket.write('GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
  await upstream.close();
});

test('2,000 at once are all held, seen when they leave, and let go', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'silent-connection' });
  const leaving = Array.from({ length: 500 }, () => knock(upstream, { forMs: 600 }));
  const staying = Array.from({ length: 2000 }, () => knock(upstream, { forMs: 30_000 }));
  await Promise.all(leaving);
  await expect.poll(() => upstream.world.holds.size).toBe(2000);
  expect(await upstream.heal()).toEqual({ dropped: 2000, answered: 0 });
  for (const sight of await Promise.all(staying)) expect(sight).toMatchObject({ ending: 'rst', raw: '' });
  await upstream.close();
});
