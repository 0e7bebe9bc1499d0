// Every kind that strikes requests and connections does over TLS what its signature says, down to the raw socket.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../../src/doctor/probe.ts';
import { faultByName } from '../../src/faults/registry.ts';
import type { Ending } from '../../src/wire/answer/delivery.ts';
import { madeCertificates } from '../support/certificates.ts';
import { worksDone } from '../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { type TlsSight, tlsProbe } from '../support/tls-client.ts';

const certificates = await madeCertificates();
let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream({ certificates });
});
afterAll(() => upstream.close());
afterEach(async () => {
  await upstream.heal();
});

const LIST = requestText('GET', '/v1/sessions?limit=3');
const ask = (forMs: number, more: object = {}): Promise<TlsSight> =>
  tlsProbe({ port: upstream.tlsPort, ca: certificates.trusted, request: LIST, forMs, ...more });

const SEEN_AS: Record<Ending, TlsSight['ending']> = { keep: 'open', close: 'fin', reset: 'rst', hang: 'open' };

/** Kinds whose bare signature one list of sessions shows. */
const BARE = [
  'hang',
  'error-status',
  'congestion-page',
  'failed-after-work',
  'lost-reply',
  'hang-after-work',
  'stall-body',
  'truncated-body',
  'empty-reply',
  'garbage',
  'corrupt-body',
  'wrong-length',
  'error-in-200',
  'maintenance',
].filter((name) => faultByName.has(name));

describe.each(BARE)('%s over TLS', (name) => {
  test('shows on the wire what its signature says', async () => {
    const { ending, answer, status, work } = faultByName.get(name)?.signature.shows ?? {};
    const done = worksDone(upstream);
    upstream.arm({ fault: name, match: { doors: ['tls'] } });
    const sight = await ask(ending === 'hang' ? 1500 : 30_000);
    expect(sight).toMatchObject({ secured: true, ending: SEEN_AS[ending ?? 'keep'] });
    if (answer === 'none') expect(sight.raw).toBe('');
    if (answer === 'whole') expect(sight.whole).toBe(true);
    if (answer === 'part') expect(sight).toMatchObject({ status: 200, whole: false });
    if (status !== undefined) expect(sight.status).toBe(status);
    expect(worksDone(upstream) > done).toBe(work);
    await upstream.heal();
    expect(await ask(30_000)).toMatchObject({ status: 200, whole: true });
  });
});

test.each([0, 40, 2000])('lost-reply after %d bytes is an RST, and those bytes have arrived', async (afterBytes) => {
  upstream.arm({ fault: 'lost-reply', with: { afterBytes } });
  const sight = await tlsProbe({
    port: upstream.tlsPort,
    ca: certificates.trusted,
    request: requestText('GET', '/v1/sessions?limit=100'),
    forMs: 30_000,
    linger: true,
  });
  const body = sight.raw.slice(sight.raw.indexOf('\r\n\r\n') + 4);
  expect(sight).toMatchObject({ ending: 'rst', farewell: false, status: 200 });
  expect(body.length).toBe(afterBytes);
});

test('a cut in the middle is a FIN without a farewell, and an orderly close has one', async () => {
  upstream.arm({ fault: 'truncated-body' });
  expect(await ask(30_000)).toMatchObject({ ending: 'fin', farewell: false, whole: false });
  await upstream.heal();
  const asked = requestText('GET', '/v1/health', { Connection: 'close' });
  expect(await ask(30_000, { request: asked, linger: true })).toMatchObject({
    ending: 'fin',
    farewell: true,
    status: 200,
  });
  await expect.poll(() => upstream.doors.count).toBe(0);
});

test('slow-body drips at its pace, and is whole in the end', async () => {
  upstream.arm({ fault: 'slow-body', with: { bytesPerSecond: 4000 } });
  const began = performance.now();
  const { whole, raw } = await ask(30_000);
  expect(whole).toBe(true);
  const bytes = raw.length - raw.indexOf('\r\n\r\n') - 4;
  expect(performance.now() - began).toBeGreaterThan((bytes * 1000) / 4000 - 100);
});

test('latency comes first, and what is held is let go', async () => {
  upstream.arm({ fault: 'latency', with: { fixed: '60ms' } }, { fault: 'hang' });
  const seen = ask(30_000);
  await expect.poll(() => upstream.world.journal.query({ limit: 1 }).data[0]?.hits.length).toBe(2);
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  expect(await upstream.heal('answer')).toMatchObject({ answered: 1 });
  expect(await seen).toMatchObject({ status: 200, whole: true });
});

/** Kinds of connections, where they are there, with what a list of sessions shows under them. */
const CONNECTION_KINDS: readonly [string, object, object, Partial<TlsSight>][] = [
  ['reset-after', { afterBytes: 100 }, {}, { ending: 'rst', secured: true, whole: false }],
  ['idle-close', { after: '50ms' }, { linger: true }, { ending: 'fin', farewell: true, whole: true }],
  ['throttle', { bytesPerSecond: 20_000 }, {}, { ending: 'open', whole: true }],
  ['reset-connection', {}, {}, { ending: 'rst', secured: false }],
  ['silent-connection', {}, { forMs: 300 }, { ending: 'open', secured: false }],
];

describe.each(CONNECTION_KINDS.filter(([name]) => faultByName.has(name)))('%s over TLS', (name, params, how, seen) => {
  test('strikes the connection beneath', async () => {
    upstream.arm({ fault: name, match: { doors: ['tls'] }, with: params as Record<string, unknown> });
    expect(await ask(30_000, how)).toMatchObject(seen);
    await upstream.heal();
    expect(await ask(30_000)).toMatchObject({ status: 200, whole: true });
  });
});
