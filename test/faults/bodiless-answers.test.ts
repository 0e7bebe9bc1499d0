// Every kind that shapes a delivery, on answers with and without a body, and the request behind it on the same connection.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw, type RawSocket } from '../support/raw-socket.ts';

let upstream: OpenUpstream;
let seatMap: { path: string; tag: string };
beforeAll(async () => {
  upstream = await openUpstream();
  const { body } = await probe({
    port: upstream.port,
    request: requestText('GET', '/v1/sessions?limit=1'),
    forMs: 30_000,
  });
  const path = `/v1/sessions/${JSON.parse(body).data[0].id}/seat-map`;
  const { headers } = await probe({ port: upstream.port, request: requestText('GET', path), forMs: 30_000 });
  seatMap = { path, tag: headers.get('etag') ?? '' };
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

const STRUCK = { 'X-Struck': 'yes' };
const SECOND = requestText('GET', '/v1/health', { 'X-Request-Id': 'second' });

const BODILESS: Record<string, () => string> = {
  HEAD: () => requestText('HEAD', '/v1/sessions?limit=3', STRUCK),
  204: () => requestText('OPTIONS', '/v1/orders', STRUCK),
  304: () => requestText('GET', seatMap.path, { ...STRUCK, 'If-None-Match': seatMap.tag }),
};
const WITH_BODY: Record<string, () => string> = {
  200: () => requestText('GET', '/v1/sessions?limit=3', STRUCK),
  404: () => requestText('GET', '/nowhere', STRUCK),
  405: () => requestText('PUT', '/v1/orders', STRUCK),
  413: () => requestText('POST', '/v1/orders', STRUCK, 'x'.repeat(100_000)),
};

/** What becomes of an answer without a body: all as without the fault, its head and then the ending, or nothing but the ending. */
type Fate = 'spared' | 'head' | 'withheld' | 'garbage';
interface Kind {
  readonly fault: string;
  readonly with?: Record<string, unknown>;
  readonly bodiless: Fate;
  /** The connection's, of an answer that has a body, and of one that has none and is not spared. */
  readonly ending: 'keep' | 'fin' | 'rst' | 'hang';
}
const KINDS: readonly Kind[] = [
  { fault: 'truncated-body', bodiless: 'spared', ending: 'fin' },
  { fault: 'truncated-body', with: { afterBytes: 0 }, bodiless: 'spared', ending: 'fin' },
  { fault: 'stall-body', bodiless: 'spared', ending: 'hang' },
  { fault: 'stall-body', with: { afterBytes: 1_000_000 }, bodiless: 'spared', ending: 'hang' },
  { fault: 'slow-body', with: { bytesPerSecond: 40_000 }, bodiless: 'spared', ending: 'keep' },
  { fault: 'corrupt-body', bodiless: 'spared', ending: 'keep' },
  { fault: 'lost-reply', bodiless: 'withheld', ending: 'rst' },
  { fault: 'lost-reply', with: { afterBytes: 0 }, bodiless: 'withheld', ending: 'rst' },
  { fault: 'lost-reply', with: { afterBytes: 1_000_000 }, bodiless: 'withheld', ending: 'rst' },
  { fault: 'empty-reply', bodiless: 'withheld', ending: 'fin' },
  { fault: 'hang-after-work', bodiless: 'withheld', ending: 'hang' },
  { fault: 'garbage', bodiless: 'garbage', ending: 'fin' },
];

const statuses = (raw: string): number[] => [...raw.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** What must not come has had this time to come, behind what had to. */
const QUIET_MS = 40;
const SEEN = { interval: 5, timeout: 20_000 };

/** Asks, and looks until what is awaited has happened and for a while more. */
async function watch(text: string, isThere: (raw: RawSocket) => boolean): Promise<{ raw: string; ending: string }> {
  const raw = await openRaw(upstream.port);
  raw.socket.write(text, 'latin1');
  await expect.poll(() => isThere(raw), SEEN).toBe(true);
  await pause(QUIET_MS);
  const { heard, ending } = raw;
  raw.socket.destroy();
  return { raw: heard, ending };
}
const alone = (request: string) =>
  watch(request, ({ heard, ending }) => ending !== 'open' || isWhole(heard, request.startsWith('HEAD ')));
const both = (request: string, ending: Kind['ending'] = 'keep') =>
  watch(request + SECOND, (raw) => {
    if (ending === 'keep') return raw.heard.endsWith('{"status":"ok"}');
    return ending === 'hang' ? upstream.world.holds.size > 0 : raw.ending !== 'open';
  });
/** The head of an answer to HEAD says the length of a body that does not come. */
const isWhole = (heard: string, toHead: boolean): boolean => {
  const [head, body] = heard.split('\r\n\r\n');
  const [, length = 0] = /^content-length: (\d+)\r$/im.exec(head ?? '') ?? [];
  return body?.length === (toHead ? 0 : Number(length));
};
/** Without what differs from one answer to the next of the same. */
const plain = (raw: string): string =>
  raw.replace(/(X-Request-Id|Date): .*\r\n/g, '').replace(/"requestId":"[^"]*"/g, '');
const arm = ({ fault, with: params = {} }: Pick<Kind, 'fault' | 'with'>): void =>
  upstream.arm({ fault, with: params, match: { headers: { 'x-struck': 'yes' } } });

describe.each(KINDS)('$fault $with', (kind) => {
  const SEEN_AS = { keep: 'open', hang: 'open', fin: 'fin', rst: 'rst' } as const;

  test.each(Object.keys(BODILESS))(`on %s: ${kind.bodiless}, and the next request is itself`, async (name) => {
    const request = BODILESS[name]?.() ?? '';
    const honest = await both(request);
    expect(statuses(honest.raw)).toHaveLength(2);
    arm(kind);
    const sight = await both(request, kind.bodiless === 'spared' ? 'keep' : kind.ending);
    if (kind.bodiless === 'spared') {
      expect(plain(sight.raw)).toBe(plain(honest.raw));
      expect(sight.ending).toBe('open');
      return;
    }
    expect(sight.ending).toBe(SEEN_AS[kind.ending]);
    if (kind.bodiless === 'garbage') expect(sight.raw).toMatch(/^[\x80-\xff]/);
    else expect(sight.raw).toBe('');
  });

  test.each(Object.keys(WITH_BODY))('on %s, which has a body', async (name) => {
    const request = WITH_BODY[name]?.() ?? '';
    const honest = await alone(request);
    arm(kind);
    const sight = await both(request, kind.ending);
    expect(sight.ending).toBe(SEEN_AS[kind.ending]);
    if (kind.ending === 'keep') {
      expect(statuses(sight.raw)).toEqual([...statuses(honest.raw), 200]);
      expect(sight.raw).toContain('X-Request-Id: second\r\n');
    } else {
      expect(sight.raw).not.toContain('X-Request-Id: second\r\n');
      expect(sight.raw.length).toBeLessThan(honest.raw.length + (kind.bodiless === 'garbage' ? 1000 : 0));
    }
  });
});

describe('a Content-Length that lies or comes twice', () => {
  test.each(Object.keys(BODILESS))('on %s leaves the next request alone', async (name) => {
    const request = BODILESS[name]?.() ?? '';
    for (const kind of [
      { fault: 'duplicate-headers' },
      { fault: 'wrong-length' },
      { fault: 'wrong-length', with: { mode: 'short' } },
    ]) {
      const honest = await both(request);
      arm(kind);
      const sight = await both(request);
      await upstream.heal();
      expect([statuses(sight.raw), sight.ending]).toEqual([statuses(honest.raw), 'open']);
      if (name !== 'HEAD') expect(plain(sight.raw)).toBe(plain(honest.raw));
      else expect(plain(sight.raw)).not.toBe(plain(honest.raw));
    }
  });

  test.each(Object.keys(BODILESS))('never is in an honest %s that has none', async (name) => {
    const { raw } = await alone(BODILESS[name]?.() ?? '');
    expect(/content-length/i.test(raw)).toBe(name === 'HEAD');
    expect(raw.endsWith('\r\n\r\n')).toBe(true);
  });
});

test.each(Object.keys(BODILESS))(
  'early hints for %s end with its true head, and the next request is itself',
  async (name) => {
    const request = BODILESS[name]?.() ?? '';
    const honest = await both(request);
    arm({ fault: 'early-hints-forever', with: { every: '10ms' } });
    const raw = await openRaw(upstream.port);
    raw.socket.write(request + SECOND);
    await expect.poll(() => raw.heard).toContain('HTTP/1.1 103 ');
    await upstream.heal('answer');
    await expect.poll(() => raw.heard).toContain('{"status":"ok"}');
    raw.socket.destroy();
    expect(plain(raw.heard.replace(/HTTP\/1\.1 103 .*?\r\n\r\n/gs, ''))).toBe(plain(honest.raw));
  },
);

test.each(Object.keys(BODILESS))('reset-after counts the head of %s and no body', async (name) => {
  const request = BODILESS[name]?.() ?? '';
  const { raw } = await alone(request);
  upstream.arm({ fault: 'reset-after', with: { afterBytes: raw.length } });
  expect(await both(request, 'rst')).toMatchObject({ ending: 'rst', raw: expect.stringMatching(/\r\n\r\n$/) });
});

test('a lost reply never arrives whole, however short it is', async () => {
  const request = requestText('GET', '/v1/health', STRUCK);
  const honest = await alone(request);
  arm({ fault: 'lost-reply', with: { afterBytes: 40 } });
  const sight = await alone(request);
  expect(sight.ending).toBe('rst');
  expect(plain(sight.raw)).toBe(plain(honest.raw).slice(0, -1));
});
