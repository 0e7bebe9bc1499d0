// A hit is what happened: whatever a rule finds nothing to do on is no hit and costs no unit of its limit.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw } from '../support/raw-socket.ts';
import { ask, reserveOne } from '../support/seller.ts';

let upstream: OpenUpstream;
beforeEach(async () => {
  upstream = await openUpstream();
});
afterEach(async () => {
  await upstream.heal();
  await upstream.close();
});

const v1 = (path: string): string => `${upstream.url}/v1${path}`;
const counts = (at = 0) => upstream.world.engine.rules[at]?.counts;
const last = () => upstream.world.journal.query({ limit: 1 }).data[0];
/** Kinds by what became of them in the newest entry. */
const told = () => {
  const { hits, spared, inapplicable, limited } = last() ?? {};
  return [hits, spared, inapplicable, limited].map((draws) => draws?.map(({ fault }) => fault));
};
const head = (path: string) => fetch(v1(path), { method: 'HEAD' });
const session = async (): Promise<string> => (await ask(v1('/sessions?status=on_sale&limit=1'))).body.data[0].id;
const order = (reservationId: string, discountCode?: string) =>
  ask(v1('/orders'), {
    method: 'POST',
    json: {
      reservationId,
      customer: { name: 'Ada', phone: '0912000' },
      externalRef: 'ref',
      payment: { method: 'seller' },
      ...(discountCode && { discountCode }),
    },
  });

describe('a limit of one is left for what can be acted on', () => {
  test('wrong-discount: not used up by a list, nor by a code that is refused anyway', async () => {
    const validate = async (code: string) =>
      (
        await ask(v1('/discounts/validate'), {
          method: 'POST',
          json: { code, sessionId: await session(), seats: ['A-1'], customerRef: 'c' },
        })
      ).body;
    const code = [...upstream.world.boxOffice.season.discounts.keys()][0] as string;
    const honest = await validate(code);
    upstream.arm({ fault: 'wrong-discount', limit: 1 });
    await ask(v1('/sessions'));
    await validate('NOSUCHCODE');
    expect(counts()).toMatchObject({ matched: 1, acted: 0, inapplicable: 1 });
    expect(await validate(code)).toEqual({ valid: false, reason: 'used_up' });
    expect(await validate(code)).toEqual(honest);
    expect(counts()).toMatchObject({ matched: 3, acted: 1, inapplicable: 1, limited: 1 });
  });

  test('phantom-success: not by a read, nor by what is refused, nor by a second release', async () => {
    const { body } = await reserveOne(upstream.url);
    upstream.arm({ fault: 'phantom-success', limit: 1 });
    await ask(v1('/sessions'));
    expect((await ask(v1(`/reservations/r_x/extend`), { method: 'POST', json: {} })).status).toBe(404);
    expect(told()).toEqual([[], [], ['phantom-success'], []]);
    const release = () => ask(v1(`/reservations/${body.id}`), { method: 'DELETE' });
    expect((await release()).body.status).toBe('released');
    expect(told()).toEqual([['phantom-success'], [], [], []]);
    expect((await ask(v1(`/reservations/${body.id}`))).body.status).toBe('active');
    await release();
    expect(told()).toEqual([[], [], [], ['phantom-success']]);
    expect(counts()).toMatchObject({ acted: 1, inapplicable: 1, limited: 1 });
  });

  test.each<[string, Record<string, unknown>]>([
    ['corrupt-body', {}],
    ['slow-body', { bytesPerSecond: 100_000 }],
    ['stall-body', {}],
    ['truncated-body', {}],
    ['schema-drift', {}],
  ])('%s: not by HEAD, nor by an answer without a body', async (fault, params) => {
    const path = `/sessions/${await session()}/seat-map`;
    const tag = (await ask(v1(path))).headers.get('etag') as string;
    upstream.arm({ fault, limit: 1, with: params });
    await head(path);
    expect((await fetch(v1(path), { headers: { 'If-None-Match': tag } })).status).toBe(304);
    expect(counts()).toMatchObject({ matched: 1, acted: 0, inapplicable: 1 });
    const raw = await openRaw(upstream.port);
    raw.socket.write(requestText('GET', `/v1${path}`));
    await raw.answers(1);
    expect(counts()).toMatchObject({ matched: 2, acted: 1, inapplicable: 1 });
    raw.socket.destroy();
  });

  test('lost-flow: not by what nobody knows; early-expiry: not by a refused reservation; stale-answer: not by what is fresh', async () => {
    const { body } = await reserveOne(upstream.url);
    upstream.arm(
      { fault: 'lost-flow', limit: 1 },
      { fault: 'early-expiry', limit: 1 },
      { fault: 'stale-answer', limit: 1 },
    );
    await head('/sessions');
    await ask(v1('/reservations/r_nobody'));
    await ask(v1(`/sessions/${body.sessionId}/reservations`), {
      method: 'POST',
      json: { seats: body.seats, customerRef: 'c' },
    });
    expect(upstream.world.engine.rules.map(({ counts: { acted } }) => acted)).toEqual([0, 0, 0]);
    expect((await ask(v1(`/reservations/${body.id}`))).status).toBe(404);
    await reserveOne(upstream.url);
    expect([counts(0)?.acted, counts(1)?.acted]).toEqual([1, 1]);
  });

  test('early-expiry: a lapse that is no earlier than told is none', async () => {
    upstream.arm({ fault: 'early-expiry', limit: 1, with: { after: '10h' } });
    await reserveOne(upstream.url);
    expect(counts()).toMatchObject({ acted: 0, inapplicable: 1 });
  });

  test('false-sold-out: not by a list that shows nothing on sale', async () => {
    upstream.arm({ fault: 'false-sold-out', limit: 1 });
    await ask(v1('/sessions?status=scheduled'));
    expect(counts()).toMatchObject({ acted: 0, inapplicable: 1 });
    await ask(v1('/sessions'));
    expect(counts()).toMatchObject({ acted: 1 });
  });

  test('a replay under an idempotency key uses nothing', async () => {
    const id = await session();
    const reserve = () =>
      ask(v1(`/sessions/${id}/reservations`), {
        method: 'POST',
        headers: { 'Idempotency-Key': 'k1' },
        json: { bestAvailable: { count: 1 }, customerRef: 'c' },
      });
    const first = await reserve();
    upstream.arm({ fault: 'phantom-success', limit: 1 });
    expect((await reserve()).body).toEqual(first.body);
    expect(counts()).toMatchObject({ acted: 0, inapplicable: 1 });
    const sold = await order(first.body.id);
    expect([sold.status, counts()?.acted]).toEqual([201, 1]);
  });
});

describe('no hit', () => {
  test.each<[string, readonly Rule[], string[][]]>([
    [
      'a wait of no time',
      [{ fault: 'latency', with: { percentiles: { p50: '0ms', p90: '0ms', p99: '0ms', max: '1ms' } } }],
      [[], [], ['latency'], []],
    ],
    ['a reply under the quota', [{ fault: 'rate-limit' }], [[], [], ['rate-limit'], []]],
    ['a good node', [{ fault: 'partial-outage', with: { nodes: 10_000 } }], [[], [], ['partial-outage'], []]],
    ['a ticket that is admitted', [{ fault: 'waiting-room', with: { capacity: 5 } }], [[], [], ['waiting-room'], []]],
    ['one below the concurrency', [{ fault: 'concurrency-limit' }], [[], [], ['concurrency-limit'], []]],
    [
      'a hang that a reply has cut off',
      [{ fault: 'error-status' }, { fault: 'hang' }],
      [['error-status'], [], ['hang'], []],
    ],
    [
      'the second of two replies',
      [{ fault: 'maintenance' }, { fault: 'error-status' }],
      [['maintenance'], [], ['error-status'], []],
    ],
    [
      'work that an earlier reply has cut off',
      [{ fault: 'error-status' }, { fault: 'false-sold-out' }, { fault: 'failed-after-work' }],
      [['error-status'], [], ['false-sold-out', 'failed-after-work'], []],
    ],
    [
      'a head that is not sent',
      [{ fault: 'skewed-clock' }, { fault: 'wrong-content-type' }, { fault: 'empty-reply' }],
      [['empty-reply'], [], ['skewed-clock', 'wrong-content-type'], []],
    ],
    [
      'a pace that is slower elsewhere',
      [
        { fault: 'slow-body', with: { bytesPerSecond: 1e6 } },
        { fault: 'slow-body', with: { bytesPerSecond: 1e5 } },
      ],
      [['slow-body'], [], ['slow-body'], []],
    ],
    ['what its share spares', [{ fault: 'error-status', share: 0 }], [[], ['error-status'], [], []]],
  ])('%s', async (_what, rules, words) => {
    upstream.arm(...rules);
    await probe({ port: upstream.port, request: requestText('GET', '/v1/sessions?limit=3'), forMs: 30_000 });
    await expect.poll(told).toEqual(words);
  });
});

describe('together', () => {
  test.each<[string, readonly Rule[], string[]]>([
    [
      'what a fault answers is reshaped like all else',
      [{ fault: 'error-status' }, { fault: 'corrupt-body' }],
      ['error-status', 'corrupt-body'],
    ],
    ['and drifts', [{ fault: 'error-status' }, { fault: 'schema-drift' }], ['error-status', 'schema-drift']],
    [
      'a wait goes before a reply',
      [{ fault: 'maintenance' }, { fault: 'latency', with: { fixed: '20ms' } }],
      ['latency', 'maintenance'],
    ],
    [
      'what is spoilt does not drift',
      [{ fault: 'error-in-200' }, { fault: 'skewed-clock' }],
      ['error-in-200', 'skewed-clock'],
    ],
  ])('%s', async (_what, rules, hits) => {
    upstream.arm(...rules);
    await fetch(v1('/sessions'));
    await expect.poll(() => told()[0]).toEqual(hits);
  });

  test('a rule without a unit leaves its place to the next', async () => {
    upstream.arm({ fault: 'maintenance', limit: 1 }, { fault: 'error-status', with: { status: 500 } });
    expect([(await ask(v1('/sessions'))).status, (await ask(v1('/sessions'))).status]).toEqual([503, 500]);
    expect(told()).toEqual([['error-status'], [], [], ['maintenance']]);
  });

  test('RateLimit goes with what is served, also when the limit of the rule is used up', async () => {
    upstream.arm({ fault: 'rate-limit', limit: 1, with: { quota: 1, window: '1h' } });
    const seen = [];
    for (let i = 0; i < 3; i++) {
      const { status, headers } = await ask(v1('/sessions'));
      seen.push([status, headers.has('ratelimit')]);
    }
    expect(seen).toEqual([
      [200, true],
      [429, true],
      [200, true],
    ]);
    expect(counts()).toMatchObject({ matched: 3, acted: 1, inapplicable: 1, limited: 1 });
  });
});

test('however many ask at once, hits never exceed the limit, and all that is asked has its word', async () => {
  const id = await session();
  upstream.arm(
    { fault: 'latency', limit: 3, with: { fixed: '30ms' } },
    { fault: 'truncated-body', limit: 5 },
    { fault: 'phantom-success', limit: 2 },
  );
  const reserve = () =>
    ask(v1(`/sessions/${id}/reservations`), {
      method: 'POST',
      json: { bestAvailable: { count: 1 }, customerRef: `c-${Math.floor(performance.now() * 1000)}` },
    }).catch(() => undefined);
  await Promise.all(Array.from({ length: 40 }, reserve));
  await expect.poll(() => upstream.world.journal.stats.open).toBe(0);
  for (const { counts: of, spec } of upstream.world.engine.rules) {
    expect(of.acted).toBe(spec.limit);
    expect(of.acted + of.inapplicable + of.limited).toBe(of.matched);
  }
});

test('a unit that nothing came of serves the next', async () => {
  upstream.arm({ fault: 'hang', limit: 1, match: { methods: ['DELETE'] } }, { fault: 'failed-after-work', limit: 1 });
  const leaver = new AbortController();
  const left = fetch(v1('/sessions?film=x'), { signal: leaver.signal }).catch(() => 'left');
  leaver.abort();
  await left;
  await expect.poll(() => upstream.world.journal.stats.open).toBe(0);
  if (counts(1)?.acted === 0) expect((await ask(v1('/sessions'))).status).toBe(502);
  expect((await ask(v1('/sessions'))).status).toBe(200);
  expect(counts(1)?.acted).toBe(1);
});
