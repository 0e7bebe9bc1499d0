// idle-close: kept-alive connections end while idle, or as they are used again.
import { expect, test } from 'vitest';
import { requestText } from '../../../src/doctor/probe.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';
import { openRaw } from '../../support/raw-socket.ts';

describeConnectionKind('idle-close', {
  params: { after: '80ms' },
  shows: { status: 200, whole: true, ending: 'fin' },
});

const HEALTH = requestText('GET', '/v1/health');

test('the time counts from the last answer, not from the first', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'idle-close', with: { after: '1s' } });
  const raw = await openRaw(upstream.port);
  const began = performance.now();
  for (let i = 0; i < 5; i++) {
    raw.socket.write(HEALTH);
    await raw.answers(i + 1);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await expect.poll(() => raw.ending).toBe('fin');
  expect(performance.now() - began).toBeGreaterThanOrEqual(4 * 250 + 950);
  await upstream.close();
});

test('other rules that come and go do not prolong it', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'idle-close', with: { after: '300ms' } });
  const raw = await openRaw(upstream.port);
  raw.socket.write(HEALTH);
  const endless = setInterval(() => upstream.arm({ fault: 'latency' }), 50);
  await expect.poll(() => raw.ending).toBe('fin');
  clearInterval(endless);
  await upstream.close();
});

test('with onNextRequest the second request after the time is cut, one before it is served', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'idle-close', with: { after: '800ms', onNextRequest: true } });
  const raw = await openRaw(upstream.port);
  for (let i = 0; i < 3; i++) {
    raw.socket.write(HEALTH);
    await raw.answers(i + 1);
  }
  await new Promise((resolve) => setTimeout(resolve, 860));
  expect(raw.ending).toBe('open');
  raw.socket.write(HEALTH);
  await expect.poll(() => raw.ending).toBe('fin');
  expect(raw.answered).toBe(3);
  expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'closed', workedAt: null });
  await upstream.close();
});

test('heal lifts it from connections that live', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'idle-close', with: { after: '600ms' } });
  const watched = knock(upstream, { linger: 700 });
  await expect
    .poll(() => upstream.world.journal.query({ kind: 'exchange', limit: 5 }).data.some(({ status }) => status === 200))
    .toBe(true);
  await upstream.heal();
  expect(await watched).toMatchObject({ ending: 'open', status: 200 });
  await upstream.close();
});
