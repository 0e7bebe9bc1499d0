// A listener that is full: whoever needs a place least gives way, and whoever is being served stays.
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_PIPELINED, trust } from '../../src/web/admission.ts';
import { type Listening, type ListenOptions, listen } from '../../src/web/listen.ts';
import { openRaw, type RawSocket } from '../support/raw-socket.ts';

const opened: Listening[] = [];
const sockets: RawSocket[] = [];
afterEach(async () => {
  for (const { socket } of sockets.splice(0)) socket.destroy();
  await Promise.all(opened.splice(0).map((listening) => listening.close()));
});

const FULL = 4;

/** `/kept` is answered when the test says so, `/large` in more bytes than any buffer takes, all else at once. */
async function start(more: Partial<ListenOptions> = {}) {
  const kept: ServerResponse[] = [];
  const begun: string[] = [];
  const handler: RequestListener = (request: IncomingMessage, response) => {
    begun.push(request.url ?? '');
    trust(request, request.headers.authorization !== undefined);
    if (request.url === '/kept') kept.push(response);
    else if (request.url === '/large') response.end(Buffer.alloc(32_000_000));
    else if (request.method === 'POST') request.resume().once('end', () => response.end('done'));
    else response.end('hello');
  };
  const listening = await listen(handler, { host: '127.0.0.1', port: 0, maxConnections: FULL, ...more });
  opened.push(listening);
  const open = async (bytes = ''): Promise<RawSocket> => {
    const raw = await openRaw(listening.port);
    sockets.push(raw);
    raw.socket.write(bytes);
    return raw;
  };
  return { kept, begun, open, server: listening.server };
}

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const HALF_HEAD = 'GET / HTTP/1.1\r\nHost: x\r\nX-';
const HALF_BODY = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{';
const TOKEN = 'Authorization: Bearer x\r\n';

const ended = (raw: RawSocket) => expect.poll(() => raw.ending).not.toBe('open');

describe('a full listener', () => {
  test.each([
    ['silent ones', ''],
    ['half a head', HALF_HEAD],
    ['half a body', HALF_BODY],
  ])('of %s serves every newcomer, and the one that has been so for longest leaves', async (_what, bytes) => {
    const { open, begun } = await start();
    const crowd: RawSocket[] = [];
    for (let i = 1; i <= FULL; i++) {
      crowd.push(await open(bytes));
      // bytes that come together on several are read in any order
      if (bytes === HALF_BODY) await expect.poll(() => begun.length).toBe(i);
    }
    const newcomer = await open(get('/'));
    await newcomer.answers(1);
    await ended(crowd[0] as RawSocket);
    expect(crowd.slice(1).map(({ ending }) => ending)).toEqual(['open', 'open', 'open']);
  });

  test('of answers that are not read serves a newcomer', async () => {
    const { open, begun } = await start();
    for (let i = 0; i < FULL; i++) (await open(get('/large'))).socket.pause();
    await expect.poll(() => begun.length).toBe(FULL);
    await (await open(get('/'))).answers(1);
  });

  test('cuts off nobody who is being served, and closes the newcomer', async () => {
    const { open, kept } = await start();
    const served: RawSocket[] = [];
    for (let i = 0; i < FULL; i++) served.push(await open(get('/kept')));
    await expect.poll(() => kept.length).toBe(FULL);
    await ended(await open(get('/')));
    for (const response of kept) response.end('at last');
    for (const one of served) await one.answers(1);
  });

  test('lets those without a token go before those who had one', async () => {
    const { open } = await start();
    const known = await open(get('/', TOKEN));
    await known.answers(1);
    for (let i = 0; i < FULL - 1; i++) await (await open(get('/'))).answers(1);
    for (let i = 0; i < FULL; i++) await (await open(get('/'))).answers(1);
    known.socket.write(get('/', TOKEN));
    await known.answers(2);
  });
});

describe('on one connection', () => {
  test('pipelined requests are worked on one after the other, and answered in order', async () => {
    const { open, kept, begun } = await start();
    const raw = await open(get('/kept') + get('/2') + get('/3'));
    await expect.poll(() => kept.length).toBe(1);
    expect(begun).toEqual(['/kept']);
    kept[0]?.end('first');
    await raw.answers(3);
    expect(begun).toEqual(['/kept', '/2', '/3']);
  });

  test('more of them than may wait end it', async () => {
    const { open, begun } = await start();
    await ended(await open(get('/kept') + get('/').repeat(MAX_PIPELINED + 1)));
    expect(begun).toEqual(['/kept']);
  });
});

describe('time is short', () => {
  test.each([
    ['that says nothing', '', { unreadTimeoutMs: 100, headersTimeoutMs: 100 }],
    ['that never ends its head', HALF_HEAD, { headersTimeoutMs: 100 }],
    ['that never ends its body', HALF_BODY, { requestTimeoutMs: 100, headersTimeoutMs: 100 }],
    ['that is idle after an answer', get('/'), { keepAliveTimeoutMs: 100 }],
  ])('for a connection %s', async (_what, bytes, more) => {
    const { open } = await start(more);
    const raw = await open(bytes);
    await expect.poll(() => raw.ending).not.toBe('open');
  });

  test('for an answer that is not read, and not for one that is awaited', async () => {
    const { open, kept, begun } = await start({ unreadTimeoutMs: 200 });
    const patient = await open(get('/kept'));
    const unread = await open(get('/large'));
    unread.socket.pause();
    let gone = false;
    await expect.poll(() => begun.length).toBe(2);
    const [response] = kept;
    unread.socket.once('close', () => {
      gone = true;
    });
    await expect
      .poll(
        () => {
          unread.socket.write('x'); // an RST answers what comes after the end
          return gone;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    response?.end('at last');
    await patient.answers(1);
  });

  test('and not for what came while this process stood still', async () => {
    const { open, server } = await start({ unreadTimeoutMs: 100 });
    const accepted = once(server, 'connection');
    const raw = await open();
    await accepted;
    raw.socket.write(get('/'));
    for (const until = performance.now() + 200; performance.now() < until; );
    await raw.answers(1);
  });
});
