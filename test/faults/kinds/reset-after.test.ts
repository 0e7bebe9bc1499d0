// reset-after: exactly so many bytes, or so much time, then a true RST.
import { expect, test } from 'vitest';
import { requestText } from '../../../src/doctor/probe.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';
import { openRaw } from '../../support/raw-socket.ts';

describeConnectionKind('reset-after', { shows: { ending: 'rst', status: 200, whole: false } });

test.each([0, 1, 17, 300])('after %i bytes the client has exactly so many', async (afterBytes) => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'reset-after', with: { afterBytes } });
  const sight = await knock(upstream, { linger: true });
  expect(sight.ending).toBe('rst');
  expect(sight.raw).toHaveLength(afterBytes);
  await upstream.close();
});

test('bytes are counted over all answers of a connection', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'reset-after', with: { afterBytes: 1000 } });
  const raw = await openRaw(upstream.port);
  for (let i = 0; i < 50 && raw.ending === 'open'; i++) {
    raw.socket.write(requestText('GET', '/v1/health'));
    await expect.poll(() => raw.answered > i || raw.ending === 'rst', { interval: 2 }).toBe(true);
  }
  await expect.poll(() => raw.ending).toBe('rst');
  expect(raw.heard).toHaveLength(1000);
  expect(raw.answered).toBeGreaterThan(1);
  await upstream.close();
});

test('a large part arrives whole before the RST', async () => {
  const upstream = await openUpstream({ catalog: 'festival' });
  upstream.arm({ fault: 'reset-after', with: { afterBytes: 200_000 } });
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('GET', '/v1/sessions?limit=100').repeat(20));
  await expect.poll(() => raw.ending).toBe('rst');
  expect(raw.heard).toHaveLength(200_000);
  await upstream.close();
});

test('at an age the connection is reset, idle or not; other rules that come and go do not prolong it', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'reset-after', with: { after: '200ms' } });
  const raw = await openRaw(upstream.port);
  const began = performance.now();
  const endless = setInterval(() => upstream.arm({ fault: 'latency', with: { fixed: '1ms' } }), 50);
  await expect.poll(() => raw.ending, { interval: 5 }).toBe('rst');
  clearInterval(endless);
  expect(performance.now() - began).toBeGreaterThanOrEqual(190);
  expect(raw.heard).toBe('');
  await upstream.close();
});

test('heal lifts age and budget from connections that live', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'reset-after', with: { after: '800ms', afterBytes: 600 } });
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('GET', '/v1/health'));
  await raw.answers(1);
  await upstream.heal();
  await new Promise((resolve) => setTimeout(resolve, 860));
  for (let i = 1; i < 6; i++) {
    raw.socket.write(requestText('GET', '/v1/health'));
    await raw.answers(i + 1);
  }
  expect(raw.ending).toBe('open');
  raw.socket.destroy();
  await upstream.close();
});
