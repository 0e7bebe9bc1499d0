// throttle on what comes in: uploads are slowed on the wire by back-pressure, on new, pooled and TLS connections alike.
import { connect as connectTls } from 'node:tls';
import { describe } from 'vitest';
import { requestText } from '../../src/doctor/probe.ts';
import { madeCertificates } from '../support/certificates.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw, type RawSocket } from '../support/raw-socket.ts';
import { test } from '../support/upstream-test.ts';

const certificates = await madeCertificates();
const HEALTH = requestText('GET', '/v1/health');
const UPLOAD_HEAD =
  'POST /v1/discounts/validate HTTP/1.1\r\nHost: u\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
/** Far more than all kernels on the way hold. */
const UPLOAD = `${UPLOAD_HEAD}${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(480)}0\r\n\r\n`;
/** What may be ahead of the pace: what is held back, and one reading more. */
const AHEAD_BYTES = 2 * 65_536;

const newest = (upstream: OpenUpstream) => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];
const throttle = (upstream: OpenUpstream, bytesPerSecond: number) =>
  upstream.arm({ fault: 'throttle', with: { bytesPerSecond } });
const connection = (upstream: OpenUpstream) => [...upstream.door.connections].at(-1);

async function pooled(upstream: OpenUpstream): Promise<RawSocket> {
  const raw = await openRaw(upstream.port);
  raw.socket.write(HEALTH);
  await raw.answers(1);
  return raw;
}

async function reached(upstream: OpenUpstream): Promise<RawSocket> {
  const raw = await pooled(upstream);
  throttle(upstream, 50_000);
  await upstream.doors.reachLiving(upstream.world.engine.rules);
  return raw;
}

async function fresh(upstream: OpenUpstream): Promise<RawSocket> {
  throttle(upstream, 50_000);
  return openRaw(upstream.port);
}

describe.concurrent.each([
  ['a new connection', fresh],
  ['a pooled connection that is reached later', reached],
])('an upload on %s', (_name, opened) => {
  test('is taken at the pace, so that its sender is blocked', async ({ expect, upstream }) => {
    const raw = await opened(upstream);
    const read = () => connection(upstream)?.socket.bytesRead ?? 0;
    const [before, began] = [read(), performance.now()];
    raw.socket.write(UPLOAD, 'latin1');
    await expect.poll(read).toBeGreaterThan(before + AHEAD_BYTES + 20_000);
    expect(read() - before).toBeLessThanOrEqual(((performance.now() - began) * 50_000) / 1000 + AHEAD_BYTES + 2000);
    expect(raw.socket.writableLength).toBeGreaterThan(0);
    raw.socket.resetAndDestroy();
    await expect.poll(() => upstream.door.connections.size).toBe(0);
  });

  test('goes on at full speed when the rule ends', async ({ expect, upstream }) => {
    const raw = await opened(upstream);
    raw.socket.write(UPLOAD, 'latin1');
    await expect.poll(() => newest(upstream)?.operation).toBe('validateDiscount');
    expect(newest(upstream)?.ended).toBeNull();
    await upstream.heal();
    await expect.poll(() => raw.heard).toContain('HTTP/1.1 413 ');
    raw.socket.destroy();
    await expect.poll(() => upstream.door.connections.size).toBe(0);
  });
});

test.concurrent('every byte of a pipeline counts, heads too, and all of it is answered in order', async ({
  expect,
  upstream,
}) => {
  throttle(upstream, 10_000);
  const raw = await openRaw(upstream.port);
  const pipeline = Array.from({ length: 5 }, (_, i) =>
    requestText('GET', '/v1/health', { 'X-Request-Id': `p${i}`, 'X-Filler': 'y'.repeat(500) }),
  ).join('');
  const began = performance.now();
  raw.socket.write(pipeline);
  await expect
    .poll(() => [...raw.heard.matchAll(/X-Request-Id: (\w+)/g)].map(([, id]) => id))
    .toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  expect(performance.now() - began).toBeGreaterThanOrEqual((pipeline.length * 1000) / 10_000);
  raw.socket.destroy();
});

test.concurrent('an upload beyond the bound is taken to its end at the pace, and the connection stays of use', async ({
  expect,
  upstream,
}) => {
  throttle(upstream, 40_000);
  const request = requestText('POST', '/v1/discounts/validate', {}, 'x'.repeat(180_000));
  const raw = await openRaw(upstream.port);
  const began = performance.now();
  raw.socket.write(request + HEALTH);
  await expect.poll(() => raw.heard).toContain('{"status":"ok"}');
  expect(performance.now() - began).toBeGreaterThanOrEqual((request.length * 1000) / 40_000);
  expect(raw.heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  raw.socket.destroy();
});

test.concurrent('a body that comes in small pieces is not slowed twice, and a pooled connection is at full speed after heal', async ({
  expect,
  upstream,
}) => {
  throttle(upstream, 4000);
  const raw = await openRaw(upstream.port);
  raw.socket.write(requestText('POST', '/v1/discounts/validate', {}, JSON.stringify({ code: 'x'.repeat(2000) })));
  await raw.answers(1);
  await upstream.heal();
  const began = performance.now();
  for (let i = 0; i < 20; i++) {
    raw.socket.write(HEALTH);
    await raw.answers(2 + i);
  }
  expect(performance.now() - began).toBeLessThan((20 * HEALTH.length * 1000) / 4000 + 2000);
  raw.socket.destroy();
});

describe.concurrent('a client that leaves while its bytes are held back', () => {
  test('by an RST is seen at once', async ({ expect, upstream }) => {
    throttle(upstream, 100);
    const raw = await openRaw(upstream.port);
    raw.socket.write(requestText('POST', '/v1/discounts/validate', {}, 'x'.repeat(20_000)));
    await expect.poll(() => connection(upstream)?.socket.bytesRead ?? 0).toBeGreaterThan(20_000);
    raw.socket.resetAndDestroy();
    await expect.poll(() => upstream.door.connections.size).toBe(0);
  });

  test('by a FIN is seen when the bytes before it are through', async ({ expect, upstream }) => {
    throttle(upstream, 1000);
    const raw = await openRaw(upstream.port);
    raw.socket.write('GET /v1/health HTTP/1.1\r\nHost: u\r\nX-Filler: ');
    raw.socket.destroySoon();
    await expect.poll(() => upstream.door.connections.size).toBe(0);
  });
});

test.concurrent('over TLS the same', async ({ expect }) => {
  const upstream = await openUpstream({ certificates });
  throttle(upstream, 10_000);
  const request = requestText('POST', '/v1/discounts/validate', {}, JSON.stringify({ code: 'x'.repeat(5000) }));
  const secured = connectTls({
    port: upstream.tlsPort,
    host: '127.0.0.1',
    ca: certificates.trusted,
    servername: 'localhost',
  });
  await new Promise((resolve) => secured.once('secureConnect', resolve));
  let heard = '';
  secured.setEncoding('latin1').on('data', (text) => {
    heard += text;
  });
  const began = performance.now();
  secured.write(request);
  await expect.poll(() => heard, { interval: 5 }).toContain('HTTP/1.1 400 ');
  expect(performance.now() - began).toBeGreaterThanOrEqual((request.length * 1000) / 10_000);
  secured.destroy();
  await upstream.close();
});
