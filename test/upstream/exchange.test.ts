// The life of an exchange on the wire: bodies, bounds, pipelines, clients that leave.
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { watchFor } from '../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';
import { ask } from '../support/seller.ts';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

const send = (request: string, forMs = 30_000) => probe({ port: upstream.port, request, forMs });
const newest = () => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];

describe('an entry of the journal', () => {
  test('is there from arrival on, and closed once with who ended it', async () => {
    upstream.arm({ fault: 'hang', id: 'h' });
    const watched = probe({
      port: upstream.port,
      request: requestText('GET', '/v1/sessions', {
        'X-Api-Key': 'seller-a',
        'X-Request-Id': 'mine',
        'X-Attempt': '2',
      }),
      forMs: 5000,
    });
    await expect.poll(() => newest()?.hits.length).toBe(1);
    expect(newest()).toMatchObject({
      requestId: 'mine',
      client: 'seller-a',
      operation: 'listSessions',
      attempt: 2,
      ended: null,
      status: null,
      hits: [{ rule: 'h', fault: 'hang' }],
    });
    await upstream.heal();
    expect((await watched).ending).toBe('rst');
    expect(newest()).toMatchObject({ ended: 'dropped', status: null, bytesOut: 0 });
  });

  test('of an answered request knows its times, status and bytes', async () => {
    const { body } = await send(requestText('GET', '/v1/health'));
    const entry = newest();
    expect(entry).toMatchObject({
      ended: 'answered',
      status: 200,
      bytesOut: body.length,
      operation: 'getHealth',
      door: 'main',
    });
    expect(
      [entry?.at, entry?.workedAt, entry?.firstByteAt, entry?.endedAt].every((time) => typeof time === 'number'),
    ).toBe(true);
  });

  test('never holds a key or what is in a body', async () => {
    await ask(`${upstream.url}/v1/orders?token=hush-1`, {
      method: 'POST',
      headers: { Authorization: 'Bearer Hush-2' },
      json: {
        customer: { name: 'hush-3', phone: 'hush-4' },
        reservationId: 'x',
        externalRef: 'y',
        payment: { method: 'seller' },
      },
    });
    expect(JSON.stringify(upstream.world.journal.query({ limit: 100 }))).not.toMatch(/hush/i);
  });
});

describe('a body', () => {
  const post = (headers: Record<string, string>, body: string) =>
    send(requestText('POST', '/v1/discounts/validate', headers, body), 5000);

  test('that is too long is a 413, and the connection lives on', async () => {
    const sight = await post({}, JSON.stringify({ code: 'x'.repeat(100_000) }));
    expect(sight).toMatchObject({ status: 413, ending: 'open' });
    expect(JSON.parse(sight.body)).toMatchObject({ code: 'payload_too_large', status: 413 });
  });

  test('that says it is far too long is refused at once', async () => {
    const sight = await send(
      'POST /v1/orders HTTP/1.1\r\nHost: u\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{',
    );
    expect(sight.status).toBe(413);
  });

  test('is asked for only when the work is about to begin: a hung client waits for "100 Continue" for ever', async () => {
    upstream.arm({ fault: 'hang' });
    const head =
      'POST /v1/orders HTTP/1.1\r\nHost: u\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n';
    expect(await send(head, 200)).toMatchObject({ raw: '', ending: 'open' });
    await upstream.heal();
    expect((await send(head, 200)).raw).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect((await send(`${head}{}`)).raw).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /);
  });

  test('whose sender leaves half-way is journalled as left', async () => {
    const socket = connect(upstream.port, '127.0.0.1');
    socket.write(
      'POST /v1/orders HTTP/1.1\r\nHost: u\r\nX-Request-Id: half\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
    );
    await expect.poll(() => newest()?.requestId).toBe('half');
    socket.destroy();
    await expect.poll(() => newest()?.ended).toBe('client-left');
  });
});

describe('bytes that are no request', () => {
  test('are answered with 400 and closed', async () => {
    const sight = await send('NONSENSE\r\n\r\n');
    expect(sight).toMatchObject({ status: 400 });
    expect(JSON.parse(sight.body)).toMatchObject({ code: 'validation_failed' });
  });

  test('a head that is too long is a 431', async () => {
    expect((await send(requestText('GET', '/v1/health', { 'X-Long': 'x'.repeat(20_000) }))).status).toBe(431);
  });
});

test('pipelined requests are answered in order, also when the first is late', async () => {
  upstream.arm({ fault: 'latency', with: { fixed: '50ms' }, match: { operations: ['listSessions'] } });
  const request =
    requestText('GET', '/v1/sessions?limit=1', { 'X-Request-Id': 'first' }) +
    requestText('GET', '/v1/health', { 'X-Request-Id': 'second' });
  const raw = await openRaw(upstream.port);
  raw.socket.write(request);
  const answered = () => [...raw.heard.matchAll(/X-Request-Id: (\w+)/g)].map(([, id]) => id);
  await expect.poll(answered).toEqual(['first', 'second']);
  raw.socket.destroy();
});

test('HEAD has the head of GET and no body', async () => {
  const path = '/v1/sessions?limit=2';
  const get = await send(requestText('GET', path));
  const head = await watchFor(100, upstream, requestText('HEAD', path));
  expect(head).toMatchObject({ status: 200, body: '' });
  expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
});

test('an absolute form is served as its path', async () => {
  expect((await send(requestText('GET', 'http://upstream/v1/health'))).status).toBe(200);
});

test('the same requests meet the same fates again, over 20 connections at once', async () => {
  const fates = async (): Promise<Map<string, number>> => {
    const other = await openUpstream({ seed: 11 });
    other.arm({ fault: 'error-status', share: 0.5 });
    const urls = Array.from({ length: 400 }, (_, index) => `/v1/sessions?limit=${1 + (index % 100)}&x=${index}`);
    const seen = new Map<string, number>();
    const worker = async (): Promise<void> => {
      for (let url = urls.pop(); url !== undefined; url = urls.pop())
        seen.set(url, (await fetch(other.url + url)).status);
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    await other.close();
    return seen;
  };
  const [first, again] = [await fates(), await fates()];
  for (const [url, status] of first) expect(again.get(url)).toBe(status);
  expect(new Set(first.values()).size).toBe(2);
});
