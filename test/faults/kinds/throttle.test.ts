// throttle: head and body alike at the pace, and the request too.
import { expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { PATIENT_MS } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';
import { openRaw } from '../../support/raw-socket.ts';

describeConnectionKind('throttle', {
  params: { bytesPerSecond: 20_000 },
  shows: { status: 200, whole: true, ending: 'open' },
});

test('an answer takes its bytes by the pace, and its head is not there at once', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'throttle', with: { bytesPerSecond: 2000 } });
  const raw = await openRaw(upstream.port);
  const began = performance.now();
  raw.socket.write(requestText('GET', '/v1/health'));
  await raw.answers(1);
  expect(raw.heard).not.toContain('\r\n\r\n');
  await expect.poll(() => raw.heard, { interval: 5 }).toContain('{"status":"ok"}');
  expect(performance.now() - began).toBeGreaterThanOrEqual((raw.heard.length * 1000) / 2000);
  raw.socket.destroy();
  await upstream.close();
});

test('a request takes as long as its bytes would have needed, its head included', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'throttle', with: { bytesPerSecond: 10_000 } });
  const body = JSON.stringify({ code: 'x'.repeat(2000), sessionId: 'x', seats: [], customerRef: 'c' });
  const request = requestText('POST', '/v1/discounts/validate', { 'X-Filler': 'y'.repeat(1000) }, body);
  const sight = await probe({ port: upstream.port, request, forMs: PATIENT_MS });
  expect(sight.status).toBeGreaterThanOrEqual(400);
  expect(sight.firstByteMs).toBeGreaterThanOrEqual((request.length * 1000) / 10_000);
  await upstream.close();
});

test('heal lets what is on its way go at once', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'throttle', with: { bytesPerSecond: 300 } });
  const watched = knock(upstream);
  await expect
    .poll(() => upstream.world.journal.query({ kind: 'exchange', limit: 5 }).data.some(({ status }) => status === 200))
    .toBe(true);
  await upstream.heal();
  const began = performance.now();
  const sight = await watched;
  expect(sight).toMatchObject({ status: 200, whole: true });
  expect(performance.now() - began).toBeLessThan(((sight.raw.length / 300) * 1000) / 2);
  await upstream.close();
});

test('2,000 slow ones at once are all served whole', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'throttle', with: { bytesPerSecond: 5000 } });
  const sights = await Promise.all(Array.from({ length: 2000 }, () => knock(upstream)));
  expect(sights.filter(({ whole, status }) => whole && status === 200)).toHaveLength(2000);
  await upstream.close();
});
