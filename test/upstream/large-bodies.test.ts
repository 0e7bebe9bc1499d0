// A body beyond the bound: it meets rules first, is a 413 only then, and is never read for ever.
import { describe } from 'vitest';
import { probe, requestText, type Sight } from '../../src/doctor/probe.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';
import { test } from '../support/upstream-test.ts';

const PATH = '/v1/discounts/validate';
const LARGE = JSON.stringify({ code: 'x'.repeat(100_000) });
const CHUNK = `10000\r\n${'x'.repeat(65_536)}\r\n`;

const head = (...headers: readonly string[]): string =>
  `${[`POST ${PATH} HTTP/1.1`, 'Host: u', 'Content-Type: application/json', ...headers].join('\r\n')}\r\n\r\n`;
/** A connection that is kept is still there a while after the answer; one that is not is watched to its end. */
const send = ({ port }: OpenUpstream, request: string, ending: Sight['ending'] = 'open'): Promise<Sight> =>
  probe({ port, request, forMs: 20_000, linger: ending === 'open' ? 200 : true });
const newest = (upstream: OpenUpstream) => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];

/** The ways to be too long: known from the head, found out on the way, or never to end. */
const WAYS: readonly [name: string, request: string, ending: Sight['ending']][] = [
  ['with its length', requestText('POST', PATH, {}, LARGE), 'open'],
  ['in chunks', `${head('Transfer-Encoding: chunked')}${CHUNK}${CHUNK}0\r\n\r\n`, 'open'],
  ['far too long by its head, and hardly begun', `${head('Content-Length: 999999999')}{`, 'fin'],
  ['beyond what is drained', head('Content-Length: 9000000') + 'x'.repeat(9_000_000), 'fin'],
  ['in chunks that stop half-way', `${head('Transfer-Encoding: chunked')}${CHUNK}${CHUNK}`, 'fin'],
];

describe.concurrent.each(WAYS)('a body %s', (_name, request, ending) => {
  test('is a 413, and the connection is kept only if its end was seen', async ({ expect, upstream }) => {
    const sight = await send(upstream, request, ending);
    expect(sight).toMatchObject({ status: 413, ending, whole: true });
    expect(JSON.parse(sight.body)).toMatchObject({ code: 'payload_too_large', status: 413 });
    expect(sight.headers.get('connection')).toBe(ending === 'fin' ? 'close' : 'keep-alive');
    expect(newest(upstream)).toMatchObject({
      operation: 'validateDiscount',
      status: 413,
      ended: 'answered',
      workedAt: null,
    });
  });

  test('meets the faults of before the work', async ({ expect, upstream }) => {
    upstream.arm({ fault: 'error-status', with: { status: 503 } });
    expect(await send(upstream, request, ending)).toMatchObject({ status: 503, ending });
    await upstream.heal();
    upstream.arm({ fault: 'hang', id: 'h' });
    const watched = send(upstream, request);
    await expect.poll(() => [...upstream.world.holds.countByRule()]).toEqual([['h', 1]]);
    await upstream.heal('answer');
    expect(await watched).toMatchObject({ status: 413 });
  });

  test.for<[string, string, string | RegExp]>([
    ['lost-reply', 'rst', ''],
    ['empty-reply', 'fin', ''],
    ['truncated-body', 'fin', /^HTTP\/1\.1 413 /],
  ])('is a 413 that %s takes like any answer', async ([fault, ends, seen], { expect, upstream }) => {
    upstream.arm({ fault });
    const sight = await send(upstream, request);
    expect(sight.ending).toBe(ends);
    expect(sight.raw).toMatch(seen === '' ? /^$/ : seen);
  });
});

test.concurrent('the next request on the connection is served as if nothing had been', async ({ expect, upstream }) => {
  for (const [, request] of WAYS.slice(0, 2)) {
    const { raw } = await send(upstream, request + requestText('GET', '/v1/health'));
    expect([...raw.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual(['413', '200']);
  }
});

test.concurrent('two bodies that differ in their first 64 KiB have draws of their own, and the same again', async ({
  expect,
}) => {
  const fates = async (): Promise<(number | undefined)[]> => {
    const other = await openUpstream({ seed: 3 });
    other.arm({ fault: 'error-status', share: 0.5 });
    const seen: (number | undefined)[] = [];
    for (let i = 0; i < 24; i++) {
      const request = requestText('POST', PATH, {}, `${i} ${LARGE}`);
      seen.push((await probe({ port: other.port, request, forMs: 30_000 })).status);
    }
    await other.close();
    return seen;
  };
  const [first, again] = [await fates(), await fates()];
  expect(again).toEqual(first);
  expect(new Set(first)).toEqual(new Set([413, 503]));
});

describe.concurrent('an upload without end', () => {
  const endless = async (
    upstream: OpenUpstream,
    then: () => Promise<unknown>,
  ): Promise<{ sent: number; raw: Awaited<ReturnType<typeof openRaw>> }> => {
    const raw = await openRaw(upstream.port);
    raw.socket.write(head('Transfer-Encoding: chunked'));
    const piece = CHUNK.repeat(16);
    let sent = 0;
    const push = (): void => {
      while (!raw.socket.destroyed && sent < 2 ** 28) {
        sent += piece.length;
        if (!raw.socket.write(piece, 'latin1')) return;
      }
    };
    raw.socket.on('drain', push);
    push();
    await then();
    return { sent, raw };
  };

  test('under a hang is not read on, and its client is seen to leave', async ({ expect, upstream }) => {
    upstream.arm({ fault: 'hang' });
    const { sent, raw } = await endless(upstream, async () => {
      await expect.poll(() => upstream.world.holds.size).toBe(1);
    });
    expect(sent).toBeLessThan(2 ** 26);
    raw.socket.resetAndDestroy();
    await expect.poll(() => newest(upstream)?.ended).toBe('client-left');
    expect(upstream.world.holds.size).toBe(0);
  });

  test('has its answer while it sends, then our FIN, and an end', async ({ expect, upstream }) => {
    const { raw } = await endless(upstream, () => expect.poll(() => newest(upstream)?.status).toBe(413));
    await expect.poll(() => raw.heard).toMatch(/^HTTP\/1\.1 413 .*payload_too_large/s);
    await expect.poll(() => upstream.door.connections.size).toBe(0);
    raw.socket.destroy();
  });
});

describe.concurrent('"Expect: 100-continue"', () => {
  const expecting = head('Expect: 100-continue', `Content-Length: ${LARGE.length}`);

  test('of a body that is too long is told to continue, and then a 413', async ({ expect, upstream }) => {
    const { raw } = await send(upstream, expecting + LARGE);
    expect(raw).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 413 .*Connection: keep-alive/s);
  });

  test('of a client that asks for the close is answered with one', async ({ expect, upstream }) => {
    const { raw, ending } = await send(
      upstream,
      `${head('Expect: 100-continue', 'Connection: close', 'Content-Length: 2')}{}`,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 .*Connection: close/s);
    expect(ending).toBe('fin');
  });

  test('answered before the body, the connection is closed, whether or not the body comes', async ({
    expect,
    upstream,
  }) => {
    upstream.arm({ fault: 'error-status', with: { status: 503 } });
    for (const request of [expecting, expecting + LARGE]) {
      const sight = await send(upstream, request, 'fin');
      expect(sight).toMatchObject({ status: 503, ending: 'fin' });
      expect(sight.headers.get('connection')).toBe('close');
    }
  });
});

test.concurrent('turned away for want of a slot, an upload has its answer, which says that it closes', async ({
  expect,
  upstream,
}) => {
  upstream.arm({ fault: 'connection-slots', with: { slots: 0, waiting: 0, overflow: 'unavailable' } });
  const sight = await send(upstream, requestText('POST', PATH, {}, LARGE), 'fin');
  expect(sight).toMatchObject({ status: 503, ending: 'fin', whole: true });
  expect(sight.headers.get('connection')).toBe('close');
});

test.concurrent('a large upload on a silenced connection hides no leaving', async ({ expect, upstream }) => {
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('GET', '/v1/health'));
  await raw.answers(1);
  upstream.arm({ fault: 'silent-connection', id: 's', connections: 'all' });
  await upstream.doors.reachLiving(upstream.world.engine.rules);
  raw.socket.write(requestText('POST', PATH, {}, LARGE));
  await expect.poll(() => [...upstream.world.holds.countByRule()]).toEqual([['s', 1]]);
  raw.socket.resetAndDestroy();
  await expect.poll(() => upstream.world.holds.size).toBe(0);
});
