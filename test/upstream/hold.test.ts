// What is held for a client that has shut its side: nothing stays held for it that would never end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestText } from '../../src/doctor/probe.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterAll(() => upstream.close());

test('an answer that dripped for it, and stalls once the drip is healed, is held for nobody', async () => {
  upstream.arm(
    { id: 'drip', fault: 'slow-body', with: { bytesPerSecond: 20 } },
    { fault: 'stall-body', with: { afterBytes: 200 } },
  );
  const raw = await openRaw(upstream.port);
  raw.socket.end(requestText('GET', '/v1/sessions?limit=3'));
  await raw.answers(1);
  await expect.poll(() => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.finAt).not.toBe(null);
  expect(upstream.world.holds.size).toBe(1); // it would still have ended by itself
  const { engine, holds } = upstream.world;
  const drip = engine.rules.filter(({ id }) => id === 'drip');
  engine.end(drip);
  await holds.release(undefined, new Set(['drip']));
  await expect.poll(() => upstream.world.journal.query({ limit: 1 }).data[0]?.ended).toBe('client-left');
  expect([holds.size, upstream.world.inFlight()]).toEqual([0, 0]);
  expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ status: 200, bytesOut: 200 });
  raw.socket.destroy();
});
