// slow-close: the answer comes as ever, the FIN late.
import { expect, test } from 'vitest';
import { requestText } from '../../../src/doctor/probe.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';
import { openRaw } from '../../support/raw-socket.ts';

describeConnectionKind('slow-close', {
  params: { delay: '1s' },
  shows: { status: 200, whole: true, ending: 'open' },
});

const CLOSE = { Connection: 'close' };

test('a FIN that should follow the answer comes later by the delay', async () => {
  const upstream = await openUpstream();
  const prompt = await knock(upstream, { linger: true, headers: CLOSE });
  expect(prompt).toMatchObject({ ending: 'fin', whole: true });
  upstream.arm({ fault: 'slow-close', with: { delay: '200ms' } });
  const late = await knock(upstream, { linger: true, headers: CLOSE });
  expect(late).toMatchObject({ ending: 'fin', whole: true });
  expect((late.endMs ?? 0) - (late.firstByteMs ?? 0)).toBeGreaterThanOrEqual(195);
  await upstream.close();
});

test('a client that closes first waits for our side as long', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'slow-close', with: { delay: '250ms' } });
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('GET', '/v1/health'));
  await raw.answers(1);
  const began = performance.now();
  raw.socket.end();
  await expect.poll(() => raw.ending).toBe('fin');
  expect(performance.now() - began).toBeGreaterThanOrEqual(240);
  expect(upstream.door.connections.size).toBeLessThanOrEqual(1);
  await upstream.close();
});

test('2,000 that close at once are all still there, and gone when it is healed', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'slow-close', with: { delay: '10m' } });
  const watched = Array.from({ length: 2000 }, () => knock(upstream, { forMs: 30_000, linger: true, headers: CLOSE }));
  await expect.poll(() => upstream.door.connections.size).toBe(2000);
  await expect.poll(() => upstream.world.engine.rules[0]?.counts.acted).toBe(2000);
  expect(upstream.world.inFlight()).toBe(0);
  await upstream.heal();
  for (const sight of await Promise.all(watched)) expect(sight).toMatchObject({ ending: 'fin', whole: true });
  await expect.poll(() => upstream.door.connections.size).toBe(0);
  await upstream.close();
});
