// connection-slots: so many are served, the next wait, the rest overflow.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { requestText } from '../../../src/doctor/probe.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { openRaw } from '../../support/raw-socket.ts';

describeConnectionKind('connection-slots', { params: { slots: 0 }, shows: { ending: 'open', raw: '' }, holds: true });

const occupy = async (upstream: OpenUpstream, count: number) => {
  const before = upstream.door.connections.size;
  const sockets = Array.from({ length: count }, () => connect(upstream.port, '127.0.0.1').on('error', () => {}));
  await expect.poll(() => upstream.door.connections.size).toBe(before + count);
  return sockets;
};

test('who waits is served in order of arrival, as the served leave', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'connection-slots', with: { slots: 2 } });
  const [first] = await occupy(upstream, 2);
  const [third, fourth] = [await openRaw(upstream.port), await openRaw(upstream.port)];
  for (const raw of [third, fourth]) raw.socket.write(requestText('GET', '/v1/health'));
  await expect.poll(() => upstream.door.waiting).toBe(2);
  first?.destroy();
  await third.answers(1);
  expect(fourth.answered).toBe(0);
  third.socket.destroy();
  await fourth.answers(1);
  await upstream.close();
});

test('connections that were there keep their places, and count', async () => {
  const upstream = await openUpstream();
  const sockets = await occupy(upstream, 5);
  upstream.arm({ fault: 'connection-slots', with: { slots: 4 } });
  expect(await knock(upstream)).toMatchObject({ raw: '', ending: 'open' });
  for (const socket of sockets.slice(0, 2)) socket.destroy();
  expect(await knock(upstream, { forMs: 3000 })).toMatchObject({ status: 200 });
  await upstream.close();
});

test.each([
  ['reset', { ending: 'rst', raw: '' }],
  ['shut', { ending: 'refused' }],
  ['unavailable', { status: 503, whole: true, ending: 'fin' }],
] as const)('beyond slots and waiting places it overflows: %s', async (overflow, shows) => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'connection-slots', with: { slots: 1, waiting: 1, overflow } });
  const [served] = await occupy(upstream, 2);
  expect(await knock(upstream, { linger: true })).toMatchObject(shows);
  served?.destroy();
  await expect.poll(() => upstream.door.waiting).toBe(0);
  expect(await knock(upstream, { forMs: 400 })).toMatchObject({ raw: '', ending: 'open' }); // the freed waiting place
  await upstream.heal();
  await upstream.doors.settled();
  expect(await knock(upstream)).toMatchObject({ status: 200 });
  await upstream.close();
});

test('a shut door opens again by heal, also while it is full', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'connection-slots', with: { slots: 1, waiting: 0, overflow: 'shut' } });
  await occupy(upstream, 1);
  expect((await knock(upstream)).ending).toBe('refused');
  await upstream.heal();
  await upstream.doors.settled();
  expect(await knock(upstream)).toMatchObject({ status: 200 });
  await upstream.close();
});

test('healed with `answer`, all 2,000 that wait are served; with `drop`, they are reset', async () => {
  const upstream = await openUpstream();
  for (const [how, shows] of [
    ['answer', { status: 200, whole: true }],
    ['drop', { ending: 'rst', raw: '' }],
  ] as const) {
    upstream.arm({ fault: 'connection-slots', with: { slots: 3 } });
    const served = await occupy(upstream, 3);
    const watched = Array.from({ length: 2000 }, () => knock(upstream, { forMs: 30_000 }));
    await expect.poll(() => upstream.door.waiting).toBe(2000);
    await upstream.heal(how);
    for (const sight of await Promise.all(watched)) expect(sight).toMatchObject(shows);
    for (const socket of served) socket.destroy();
    await expect.poll(() => upstream.door.connections.size).toBe(0);
  }
  await upstream.close();
});
