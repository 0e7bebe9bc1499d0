// Sockets that are not read since enough is held on them: their clients' leaving is seen in the kernel's own table.
import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { requestText } from '../../src/doctor/probe.ts';
import type { OpenUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';
import { test } from '../support/upstream-test.ts';

const LIST = requestText('GET', '/v1/sessions?limit=3');
const PARKED_BYTES = Buffer.alloc(90_000, 'x');
/** Two looks a second apart, and two more before a socket that is in no table is believed to be gone. */
const SEEN = { interval: 50, timeout: 30_000 };
const isSeen = existsSync('/proc/net/tcp');
if (!isSeen) process.emitWarning('skipped: the kernel shows no table of sockets here');

describe.skipIf(!isSeen).concurrent('a socket that is not read', () => {
  const standsStill = (upstream: OpenUpstream): boolean =>
    [...upstream.door.connections].some(({ socket }) => socket.isPaused());

  for (const [leaves, leave] of [
    ['a FIN', 'end'],
    ['an RST', 'resetAndDestroy'],
  ] as const) {
    test(`is let go after ${leaves} when it is parked with more unread than we keep`, async ({ expect, upstream }) => {
      upstream.arm({ fault: 'silent-connection' });
      const raw = await openRaw(upstream.port);
      raw.socket.write(PARKED_BYTES);
      await expect.poll(() => standsStill(upstream)).toBe(true);
      expect(upstream.world.holds.size).toBe(1);
      raw.socket[leave]();
      await expect.poll(() => upstream.world.holds.size, SEEN).toBe(0);
      await expect.poll(() => upstream.door.connections.size, SEEN).toBe(0);
    });

    test(`is let go after ${leaves} when as much hangs on it as may be under way`, async ({ expect, upstream }) => {
      upstream.arm({ fault: 'hang' });
      const raw = await openRaw(upstream.port);
      raw.socket.write(LIST.repeat(150));
      await expect.poll(() => standsStill(upstream)).toBe(true);
      expect(upstream.world.inFlight()).toBeGreaterThan(0);
      raw.socket[leave]();
      await expect.poll(() => upstream.world.inFlight(), SEEN).toBe(0);
      expect(upstream.world.holds.size).toBe(0);
      await expect.poll(() => upstream.door.connections.size, SEEN).toBe(0);
    });
  }

  test('serves what was read before the FIN, also what had to wait for room', async ({ expect, upstream }) => {
    upstream.arm({ fault: 'latency', with: { fixed: '300ms' } });
    const raw = await openRaw(upstream.port);
    raw.socket.end(LIST.repeat(150));
    await raw.answers(150);
    await expect.poll(() => raw.ending).toBe('fin');
    await expect.poll(() => upstream.world.journal.query({ ended: 'answered', limit: 1000 }).data.length).toBe(150);
  });

  test('is left alone while its client is there', async ({ expect, upstream }) => {
    upstream.arm({ fault: 'silent-connection' });
    const raw = await openRaw(upstream.port);
    raw.socket.write(PARKED_BYTES);
    await expect.poll(() => standsStill(upstream)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 3500)); // three looks
    expect([upstream.world.holds.size, upstream.door.connections.size, raw.ending]).toEqual([1, 1, 'open']);
    raw.socket.destroy();
  });
});
