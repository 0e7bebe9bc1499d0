// What a seller with an ordinary HTTP client (undici) sees of each delivery fault, and of the request after it.
import { Client } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PATIENT_MS } from '../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

/** Of the whole call, body and all, where it is to run out; undici's own time-outs count in steps too coarse for a test. */
const PATIENCE_MS = 300;

async function see(client: Client, patienceMs = PATIENT_MS): Promise<string> {
  try {
    const { statusCode, body } = await client.request({
      method: 'GET',
      path: '/v1/sessions?limit=3',
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await body.text();
    return `${statusCode} ${readable(text) ? 'right' : 'wrong'}`;
  } catch (error) {
    return codeOf(error);
  }
}

const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : (name ?? String(error));
};

function readable(text: string): boolean {
  try {
    return JSON.parse(text).data.length === 3;
  } catch {
    return false;
  }
}

test.each([
  ['lost-reply', {}, 'ECONNRESET'],
  ['empty-reply', {}, 'UND_ERR_SOCKET'],
  ['hang-after-work', {}, 'TimeoutError'],
  ['early-hints-forever', { every: '50ms' }, 'TimeoutError'],
  ['stall-body', {}, 'TimeoutError'],
  ['slow-body', { bytesPerSecond: 100 }, 'TimeoutError'],
  ['truncated-body', {}, 'UND_ERR_SOCKET'],
  ['garbage', {}, 'HTTPParserError'],
  ['corrupt-body', { bytes: 100 }, '200 wrong'],
  ['wrong-length', {}, 'TimeoutError'],
  ['wrong-length', { mode: 'short' }, '200 wrong'],
  ['duplicate-headers', {}, 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
  ['duplicate-headers', { headers: ['Content-Type'] }, '200 right'],
])('%s %j is seen as %s, and the next call is answered', async (fault, params, seen) => {
  const client = new Client(upstream.url);
  upstream.arm({ fault, with: params, limit: 1 });
  expect(await see(client, seen === 'TimeoutError' ? PATIENCE_MS : PATIENT_MS)).toBe(seen);
  await upstream.heal();
  expect(await see(client)).toBe('200 right');
  await client.destroy();
});
