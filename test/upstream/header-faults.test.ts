// Faults that a request asks for itself, by the header `Showstopper-Fault`: on the wire, in the journal, and when they are let go.
import { describe, expect, onTestFinished, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { MAX_TEXTS } from '../../src/faults/header/header-faults.ts';
import { type OpenUpstream, openUpstream, type UpstreamWishes } from '../support/open-upstream.ts';
import { ask, reserveOne } from '../support/seller.ts';

async function open(wishes: UpstreamWishes = {}): Promise<OpenUpstream> {
  const upstream = await openUpstream({ headerFaults: true, ...wishes });
  onTestFinished(() => upstream.close());
  return upstream;
}

/** Lists the sessions with this header, or without. */
const list = ({ port }: OpenUpstream, fault?: string, forMs = 5000) =>
  probe({
    port,
    request: requestText('GET', '/v1/sessions?limit=1', fault ? { 'Showstopper-Fault': fault } : {}),
    forMs,
  });

const statusesOf = async (upstream: OpenUpstream, fault: string, count: number): Promise<(number | undefined)[]> => {
  const statuses: (number | undefined)[] = [];
  for (let left = count; left > 0; left--) statuses.push((await list(upstream, fault)).status);
  return statuses;
};

const newest = ({ world }: OpenUpstream) => world.journal.query({ kind: 'exchange', limit: 1 }).data[0];

describe('a request that asks for', () => {
  test('latency is answered so much later', async () => {
    const upstream = await open();
    const { status, wholeMs } = await list(upstream, 'latency;fixed="200ms"');
    expect(status).toBe(200);
    expect(wholeMs).toBeGreaterThanOrEqual(199);
    expect(newest(upstream)?.hits).toMatchObject([{ rule: 'header/latency', fault: 'latency' }]);
  });

  test('error-status gets that status', async () => {
    const upstream = await open();
    const { status, headers } = await list(upstream, 'error-status;status=503;retry-after="7s"');
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
  });

  test('a reset gets one', async () => {
    const upstream = await open();
    expect(await list(upstream, 'partial-outage;nodes=1;bad=1;how=reset')).toMatchObject({ ending: 'rst', raw: '' });
    expect(newest(upstream)).toMatchObject({ ended: 'reset', hits: [{ rule: 'header/partial-outage' }] });
  });

  test('lost-reply has had its work done', async () => {
    const upstream = await open();
    const failed = await reserveOne(upstream.url, { 'Showstopper-Fault': 'lost-reply' }).catch(() => 'no answer');
    expect(failed).toBe('no answer');
    expect(upstream.world.totals().reservations).toBe(1);
  });

  test('hang is held until heal, and nobody else beside it', async () => {
    const upstream = await open();
    const hung = list(upstream, 'hang', 20_000);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(await list(upstream)).toMatchObject({ status: 200 });
    expect(upstream.world.engine.rules).toEqual([]);
    expect(await upstream.heal()).toEqual({ dropped: 1, answered: 0 });
    expect((await hung).ending).toBe('rst');
  });

  test('several has them in order, over several lines too', async () => {
    const upstream = await open();
    const twice =
      'Showstopper-Fault: latency;fixed="1ms"\r\nShowstopper-Fault: error-status;status=418, error-status\r\n';
    const request = requestText('GET', '/v1/sessions').replace('\r\n\r\n', `\r\n${twice}\r\n`);
    expect((await probe({ port: upstream.port, request, forMs: 30_000 })).status).toBe(418);
    const { hits, inapplicable } = newest(upstream) ?? {};
    expect([hits, inapplicable].map((draws) => draws?.map(({ rule }) => rule))).toEqual([
      ['header/latency', 'header/error-status'],
      ['header/error-status/2'],
    ]);
  });
});

test('what a request asks for comes before the rules in force', async () => {
  const upstream = await open();
  upstream.arm({ fault: 'error-status', with: { status: 500 } });
  expect([await list(upstream, 'error-status;status=418'), await list(upstream)].map(({ status }) => status)).toEqual([
    418, 500,
  ]);
});

describe('what is counted from one request to the next', () => {
  test('is counted over all that carry the same text, until heal', async () => {
    const upstream = await open();
    const quota = 'rate-limit;quota=2;window="1h"';
    expect(await statusesOf(upstream, quota, 3)).toEqual([200, 200, 429]);
    expect(await statusesOf(upstream, 'rate-limit;quota=2;window="2h"', 1)).toEqual([200]);
    expect((await list(upstream)).status).toBe(200);
    expect(await statusesOf(upstream, quota, 1)).toEqual([429]);
    await upstream.heal();
    expect(await statusesOf(upstream, quota, 3)).toEqual([200, 200, 429]);
  });

  test('begins anew for the text that came first, once there are too many', async () => {
    const upstream = await open();
    const quota = 'rate-limit;quota=1;window="1h"';
    expect(await statusesOf(upstream, quota, 2)).toEqual([200, 429]);
    for (let n = 1; n < MAX_TEXTS; n++) upstream.world.engine.byHeader?.of(`latency;fixed="${n}ms"`);
    expect(await statusesOf(upstream, quota, 1)).toEqual([429]);
    upstream.world.engine.byHeader?.of('hang');
    expect(await statusesOf(upstream, quota, 2)).toEqual([200, 429]);
  });

  test('the same seed draws the same fates for the same requests', async () => {
    const fates = async (seed: number) => statusesOf(await open({ seed }), 'error-status;share=0.5', 20);
    const [first, again, other] = [await fates(1), await fates(1), await fates(2)];
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

test('heal lets go of what is held by a text that has made room since', async () => {
  const upstream = await open();
  const hung = list(upstream, 'hang', 20_000);
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  for (let n = 1; n <= MAX_TEXTS; n++) upstream.world.engine.byHeader?.of(`latency;fixed="${n}ms"`);
  await upstream.heal('answer');
  expect(await hung).toMatchObject({ status: 200 });
});

describe('a header that cannot be had', () => {
  test('is a 400 that says where and what is allowed, and nothing is done', async () => {
    const upstream = await open();
    upstream.arm({ fault: 'hang', match: { methods: ['POST'] } });
    const { status, body } = await reserveOne(upstream.url, { 'Showstopper-Fault': 'hang, latency;fixed="soon"' });
    expect([status, body.code, body.retryable]).toEqual([400, 'validation_failed', false]);
    expect(body.detail).toMatch(/^Showstopper-Fault: item 2, fixed: must be a duration such as 250ms, .*, got "soon"$/);
    expect(body.errors).toEqual([
      { path: 'Showstopper-Fault: item 2, fixed', message: expect.stringContaining('must be a duration') },
    ]);
    expect(upstream.world.totals().reservations).toBe(0);
    expect(newest(upstream)).toMatchObject({ status: 400, hits: [], about: { code: 'validation_failed' } });
  });

  test('leaves the connection fit for the next request', async () => {
    const { port } = await open();
    const first = requestText('GET', '/v1/sessions', { 'Showstopper-Fault': 'latncy' });
    const sight = await probe({ port, first, request: requestText('GET', '/v1/sessions'), forMs: 30_000 });
    expect(sight).toMatchObject({ status: 200, ending: 'open' });
  });
});

test('where a world was not made for it, the header means nothing', async () => {
  const upstream = await open({ headerFaults: false });
  for (const fault of ['error-status', 'latncy;;', 'hang'])
    expect(await list(upstream, fault)).toMatchObject({ status: 200 });
  expect(newest(upstream)?.hits).toEqual([]);
});

test('a waiting room that is asked for by header answers its own tickets to who carries the header on', async () => {
  const upstream = await open();
  const headers = { 'Showstopper-Fault': 'waiting-room;capacity=0' };
  const waiting = await ask(`${upstream.url}/v1/sessions`, { headers });
  expect([waiting.status, waiting.body.status]).toEqual([202, 'waiting']);
  const polled = await ask(upstream.url + waiting.body.pollUrl, { headers });
  expect([polled.status, polled.body.position]).toEqual([202, 1]);
  expect((await ask(upstream.url + waiting.body.pollUrl)).status).toBe(404);
});
