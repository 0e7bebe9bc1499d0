// Every request line that arrives meets rules and journal, and is answered honestly in its turn, also one that HTTP forbids.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText, type Sight } from '../../src/doctor/probe.ts';
import { madeCertificates } from '../support/certificates.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';
import { tlsProbe } from '../support/tls-client.ts';

const certificates = await madeCertificates();
let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream({ certificates });
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

const send = (request: string, forMs = 30_000, linger: boolean | number = 300): Promise<Sight> =>
  probe({ port: upstream.port, request, forMs, linger });
const newest = () => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];

/** A head without a body. */
const head = (line: string, ...headers: readonly string[]): string =>
  `${[line, 'Host: u', ...headers].join('\r\n')}\r\n\r\n`;

/** Its name, the bytes, the status of the answer, and what the entry calls it. */
const REFUSED: readonly [name: string, bytes: string, status: number, operation: string, method: string][] = [
  ['an unknown expectation', head('GET /v1/health HTTP/1.1', 'Expect: x'), 417, 'getHealth', 'GET'],
  [
    'an unknown expectation of a body',
    `${head('POST /v1/orders HTTP/1.1', 'Expect: x', 'Content-Length: 2')}{}`,
    417,
    'createOrder',
    'POST',
  ],
  ['CONNECT', head('CONNECT host:80 HTTP/1.1'), 405, 'unmatched', 'CONNECT'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'unmatched', ''],
  ['an absolute form that is none', head('GET http://[::1 HTTP/1.1'), 400, 'unmatched', 'GET'],
  ['an absolute form of no name', head('GET http://%zz/ HTTP/1.1'), 400, 'unmatched', 'GET'],
  ['an absolute form that is not of http', head('GET ftp://u/v1/health HTTP/1.1'), 400, 'unmatched', 'GET'],
  ['an authority form', head('GET example.com:80 HTTP/1.1'), 400, 'unmatched', ''],
  ['no Host', 'GET /v1/health HTTP/1.1\r\n\r\n', 400, 'getHealth', 'GET'],
  ['two Hosts', head('GET /v1/health HTTP/1.1', 'host: v'), 400, 'getHealth', 'GET'],
  ['a method nobody knows', head('GTE /v1/health HTTP/1.1'), 400, 'unmatched', ''],
  ['a length that is no number', head('POST /v1/orders HTTP/1.1', 'Content-Length: x'), 400, 'unmatched', ''],
  ['two lengths', head('POST /v1/orders HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2'), 400, 'unmatched', ''],
  [
    'a chunk that is none',
    `${head('POST /v1/orders HTTP/1.1', 'Transfer-Encoding: chunked')}zz\r\n`,
    400,
    'createOrder',
    'POST',
  ],
  ['a NUL', head('GET /v1/\0 HTTP/1.1'), 400, 'unmatched', ''],
  ['a backslash for a path', head('GET \\v1\\health HTTP/1.1'), 400, 'unmatched', ''],
  ['a target that is too long', head(`GET /${'x'.repeat(20_000)} HTTP/1.1`), 431, 'unmatched', ''],
  ['nonsense', 'NONSENSE\r\n\r\n', 400, 'unmatched', ''],
  ['the hello of TLS', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1', 400, 'unmatched', ''],
];

describe.each(REFUSED)('%s', (_name, bytes, status, operation, method) => {
  test(`is a ${status} with a problem document, then a close, and stands in the journal`, async () => {
    const sight = await send(bytes);
    expect(sight).toMatchObject({ status, ending: 'fin', whole: true });
    expect(sight.headers.get('connection')).toBe('close');
    expect(JSON.parse(sight.body)).toMatchObject({ status, requestId: newest()?.requestId });
    expect(newest()).toMatchObject({ operation, method, status, ended: 'answered', bytesOut: sight.body.length });
  });

  test('meets the faults of before the work, and of the delivery', async () => {
    upstream.arm({ fault: 'error-status', with: { status: 503 } });
    expect(await send(bytes)).toMatchObject({ status: 503, ending: 'fin' });
    await upstream.heal();
    upstream.arm({ fault: 'lost-reply' });
    expect(await send(bytes)).toMatchObject({ raw: '', ending: 'rst' });
    await upstream.heal();
    upstream.arm({ fault: 'hang', id: 'h' });
    const watched = send(bytes);
    await expect.poll(() => [...upstream.world.holds.countByRule()]).toEqual([['h', 1]]);
    expect(newest()).toMatchObject({ operation, ended: null, hits: [{ rule: 'h' }] });
    await upstream.heal('answer');
    expect(await watched).toMatchObject({ status, ending: 'fin' });
  });

  test('behind a slow request is answered in its turn', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '60ms' }, match: { operations: ['listSessions'] } });
    const { raw, ending } = await send(requestText('GET', '/v1/sessions?limit=1') + bytes, 30_000, true);
    expect([...raw.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code]) => Number(code))).toEqual([200, status]);
    expect(ending).toBe('fin');
  });

  test('behind a request that loses its reply has none', async () => {
    upstream.arm({ fault: 'lost-reply', match: { operations: ['listSessions'] } });
    const { raw, ending } = await send(requestText('GET', '/v1/sessions?limit=1') + bytes);
    expect([raw, ending]).toEqual(['', 'rst']);
    await expect.poll(() => upstream.door.connections.size).toBe(0);
  });
});

describe('answered without a close', () => {
  test.each([
    ['OPTIONS * HTTP/1.1', 404],
    ['GET * HTTP/1.1', 404],
    ['GET /v1/% HTTP/1.1', 404],
    ['GET /v1/sessions/%ff HTTP/1.1', 404],
    ['GET /v1/health#x HTTP/1.1', 404],
    ['GET //a@[b# HTTP/1.1', 404],
    ['GET /v1\\health HTTP/1.1', 404],
    ['PROPFIND /v1/orders HTTP/1.1', 405],
    ['QUERY /v1/orders HTTP/1.1', 405],
    ['M-SEARCH /nowhere HTTP/1.1', 404],
    ['GET HTTP://u HTTP/1.1', 404],
    ['GET http://u?limit=1 HTTP/1.1', 404],
    ['GET http://u/v1/health HTTP/1.1', 200],
  ])('%s is a %d, and the next request is served', async (line, status) => {
    const { raw, ending } = await send(head(line) + head('GET /v1/health HTTP/1.1', 'Connection: close'));
    expect([...raw.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code]) => Number(code))).toEqual([status, 200]);
    expect(ending).toBe('fin');
  });

  test.each(['Upgrade: websocket', 'Upgrade: h2c'])('a wish for %s is passed over', async (upgrade) => {
    expect(await send(head('GET /v1/health HTTP/1.1', 'Connection: Upgrade', upgrade))).toMatchObject({ status: 200 });
  });
});

test('a password in a target is not kept, whether it can be read or not', async () => {
  for (const host of ['u', '[::1']) await send(head(`GET http://ann:hush@${host}/v1/health HTTP/1.1`));
  expect(JSON.stringify(upstream.world.journal.query({ limit: 2 }))).not.toContain('hush');
});

test('bytes behind a request that asks for the close are no request', async () => {
  const before = upstream.world.journal.query({ limit: 1000 }).data.length;
  const { raw, ending } = await send(`${head('GET /v1/health HTTP/1.1', 'Connection: close')}X`);
  expect([raw.match(/HTTP\/1\.1 \d+/g), ending]).toEqual([['HTTP/1.1 200'], 'fin']);
  expect(upstream.world.journal.query({ limit: 1000 }).data.length).toBe(before + 1);
});

test.each(['NONSENSE\r\n\r\n', head('CONNECT host:80 HTTP/1.1')])(
  'over TLS %j is answered in its turn, and closed',
  async (bytes) => {
    upstream.arm({ fault: 'latency', with: { fixed: '60ms' }, match: { operations: ['listSessions'] } });
    const request = requestText('GET', '/v1/sessions?limit=1') + bytes;
    const sight = await tlsProbe({
      port: upstream.tlsPort,
      ca: certificates.trusted,
      request,
      forMs: 30_000,
      linger: true,
    });
    expect(sight.raw.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', expect.stringMatching(/ 40[05]$/)]);
    expect(sight.ending).toBe('fin');
  },
);

test('nonsense in many pieces is one entry and one answer', async () => {
  upstream.arm({ fault: 'latency', with: { fixed: '1s' } });
  const raw = await openRaw(upstream.port);
  const before = upstream.world.journal.query({ limit: 1000 }).data.length;
  raw.socket.write('NONSENSE\r\n');
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  raw.socket.write('MORE OF IT\r\n\r\n');
  await raw.answers(1);
  await expect.poll(() => raw.ending).toBe('fin');
  raw.socket.destroy();
  expect(raw.heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
  expect(upstream.world.journal.query({ limit: 1000 }).data.length).toBe(before + 1);
});

test('nonsense without end under a hang is not read on, and its client is seen to leave', async () => {
  upstream.arm({ fault: 'hang' });
  const raw = await openRaw(upstream.port);
  raw.socket.write('NONSENSE\r\n');
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  const [connection] = upstream.door.connections;
  raw.socket.write('x'.repeat(2 ** 25));
  await expect.poll(() => connection?.socket.bytesRead ?? 0).toBeGreaterThan(2 ** 23);
  expect(connection?.socket.bytesRead).toBeLessThan(2 ** 24);
  raw.socket.resetAndDestroy();
  await expect.poll(() => upstream.door.connections.size).toBe(0);
  expect(upstream.world.holds.size).toBe(0);
});

test('a chunk that is none, sent before "100 Continue" is, is told when the work would begin', async () => {
  upstream.arm({ fault: 'hang' });
  const watched = send(
    `${head('POST /v1/orders HTTP/1.1', 'Transfer-Encoding: chunked', 'Expect: 100-continue')}zz\r\n`,
  );
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  await upstream.heal('answer');
  expect(await watched).toMatchObject({ interim: [100], status: 400, ending: 'fin' });
});

test.each([204, 205, 299, 304, 404, 418, 500, 599])(
  'the reason phrase of %d is its own, whatever the work said',
  async (status) => {
    for (const request of [
      requestText('GET', '/v1/health'),
      requestText('PUT', '/v1/orders'),
      requestText('GET', '/nowhere'),
    ]) {
      upstream.arm({ fault: 'error-status', with: { status } });
      const early = (await send(request)).raw;
      await upstream.heal();
      const { STATUS_CODES } = await import('node:http');
      const others = new Set(
        Object.entries(STATUS_CODES).flatMap(([code, phrase]) => (Number(code) === status ? [] : [phrase])),
      );
      const phrase = /^HTTP\/1\.1 \d+ (.*)\r\n/.exec(early)?.[1];
      expect(phrase).toBe(STATUS_CODES[status] ?? phrase);
      expect(others.has(phrase)).toBe(false);
    }
  },
);

test('what Koa thinks of a status on the way is not in the status line', async () => {
  expect((await send(requestText('PROPFIND', '/v1/orders'))).raw).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
  expect((await send(requestText('OPTIONS', '/v1/orders'))).raw).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
  upstream.arm({ fault: 'error-in-200' });
  expect((await send(requestText('POST', '/v1/orders', {}, '{'))).raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
