// What a seller with a real HTTP client sees of each kind that strikes doors and connections, as its errors tell it.
import { Agent, type Dispatcher, errors, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterAll(() => upstream.close());

/** Time-outs of a seller where one is to run out; undici looks at the longer ones about twice a second. */
const HASTY_CONNECT = { connect: { timeout: 300 } };
const HASTY_ANSWER = { headersTimeout: 400, bodyTimeout: 400 };

const list = async (dispatcher: Dispatcher): Promise<string> => {
  try {
    const { statusCode, body } = await request(`${upstream.url}/v1/sessions?limit=3`, { dispatcher });
    const text = await body.text();
    return `${statusCode} ${text.length > 0}`;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

const { ConnectTimeoutError, HeadersTimeoutError, SocketError } = errors;
const CONNECT_TIMEOUT = new ConnectTimeoutError().code;
const HEADERS_TIMEOUT = new HeadersTimeoutError().code;
const OTHER_SIDE_CLOSED = new SocketError().code;

const SEEN: readonly {
  fault: string;
  with?: Record<string, unknown>;
  first: string | RegExp;
  second?: string | RegExp;
}[] = [
  { fault: 'refuse-connection', first: 'ECONNREFUSED' },
  { fault: 'dark-door', first: CONNECT_TIMEOUT },
  { fault: 'reset-connection', first: /ECONNRESET|UND_ERR_SOCKET/ },
  { fault: 'silent-connection', first: HEADERS_TIMEOUT },
  { fault: 'connection-slots', with: { slots: 0 }, first: HEADERS_TIMEOUT },
  { fault: 'connection-slots', with: { slots: 0, waiting: 0 }, first: /ECONNRESET|UND_ERR_SOCKET/ },
  { fault: 'connection-slots', with: { slots: 0, waiting: 0, overflow: 'shut' }, first: 'ECONNREFUSED' },
  { fault: 'connection-slots', with: { slots: 0, waiting: 0, overflow: 'unavailable' }, first: '503 true' },
  { fault: 'idle-close', with: { after: '0ms', onNextRequest: true }, first: '200 true', second: OTHER_SIDE_CLOSED },
  { fault: 'slow-close', first: '200 true', second: '200 true' },
  { fault: 'reset-after', with: { afterBytes: 40 }, first: /ECONNRESET|UND_ERR_SOCKET/ },
  { fault: 'reset-after', first: /ECONNRESET|UND_ERR_SOCKET|UND_ERR_ABORTED/ },
  { fault: 'throttle', with: { bytesPerSecond: 200 }, first: HEADERS_TIMEOUT },
  { fault: 'connection-flood', with: { connections: 50 }, first: '200 true' },
];

describe.each(SEEN)('$fault with $with', ({ fault, with: params, first, second }) => {
  test(`shows as ${first}${second ? `, then ${second}` : ''}, and not at all after heal`, async () => {
    const hasty = { [CONNECT_TIMEOUT]: HASTY_CONNECT, [HEADERS_TIMEOUT]: HASTY_ANSWER }[String(first)];
    const seller = new Agent({ ...hasty, connections: 1, pipelining: 1 });
    upstream.arm({ fault, ...(params && { with: params }) });
    await upstream.doors.settled();
    for (const wanted of second ? [first, second] : [first]) {
      if (typeof wanted === 'string') expect(await list(seller)).toBe(wanted);
      else expect(await list(seller)).toMatch(wanted);
    }
    await upstream.heal();
    await upstream.doors.settled();
    await seller.destroy();
    const anew = new Agent();
    expect(await list(anew)).toBe('200 true');
    await anew.destroy();
  });
});

test('a crowd that takes every slot starves a seller as in the outage: every call is accepted, none is answered', async () => {
  upstream.arm(
    { fault: 'connection-slots', with: { slots: 50, waiting: 'unbounded' } },
    { fault: 'connection-flood', with: { connections: 300, rate: 5000 } },
  );
  await expect.poll(() => upstream.door.waiting).toBeGreaterThanOrEqual(250);
  const seller = new Agent({ headersTimeout: 60_000 });
  const before = upstream.door.waiting;
  const outcomes: string[] = [];
  for (let i = 0; i < 200; i++) void list(seller).then((outcome) => outcomes.push(outcome));
  await expect.poll(() => upstream.door.waiting).toBe(before + 200); // its sockets pile up here
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(outcomes).toEqual([]);
  expect(await list(new Agent(HASTY_ANSWER))).toBe(HEADERS_TIMEOUT); // the first mitigation: its own time-out
  await upstream.heal('answer');
  await expect.poll(() => outcomes.length).toBe(200);
  expect(new Set(outcomes)).toEqual(new Set(['200 true']));
  await seller.destroy();
});
