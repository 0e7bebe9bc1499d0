// rate-limit: a quota a window for each client, told on every answer.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Chance } from '../../../src/base/chance.ts';
import { rateLimit } from '../../../src/faults/kinds/rate-limit.ts';
import { arrival, CAPABLE } from '../../support/arrivals.ts';
import { describeKind } from '../../support/kinds.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('rate-limit', { quota: 0 });

const LUCK = { uniform: () => 0 } as never;

function limiter(quota: number, windowMs: number) {
  const clock = new ManualClock();
  const armed = rateLimit.arm(
    { quota, window: windowMs },
    { clock, conditions: CAPABLE, standsAt: () => true, chance: new Chance(1) },
  );
  const asks = (client = 'seller-a'): number | undefined => {
    const does = armed.arrive?.(arrival({ client }), LUCK);
    return does && 'reply' in does ? Number(new Map(does.reply.headers).get('Retry-After')) : undefined;
  };
  return { clock, asks };
}

describe('the arithmetic', () => {
  test('a window begins with the first request, lasts its time, and then another begins with the next', () => {
    const { clock, asks } = limiter(2, 10_000);
    clock.advance(7_000);
    expect([asks(), asks(), asks()]).toEqual([undefined, undefined, 10]);
    clock.advance(9_999);
    expect(asks()).toBe(1);
    clock.advance(1);
    expect([asks(), asks(), asks()]).toEqual([undefined, undefined, 10]);
  });

  test('Retry-After is the time left, in whole seconds rounded up, and never 0', () => {
    const { clock, asks } = limiter(1, 5_000);
    asks();
    clock.advance(1_200);
    expect(asks()).toBe(4);
    clock.advance(3_799.5);
    expect(asks()).toBe(1);
  });

  test('each client has its own quota', () => {
    const { asks } = limiter(1, 1_000);
    expect([asks('a'), asks('b'), asks('a'), asks('b')]).toEqual([undefined, undefined, 1, 1]);
  });

  test('however many strangers come, no client gets its quota anew; those beyond the bound share one window', () => {
    const { asks, clock } = limiter(1, 60_000);
    for (let i = 0; i < 10_001; i++) expect(asks(`c-${i}`)).toBeUndefined();
    expect([asks('c-0'), asks('c-10000'), asks('c-10001')]).toEqual([60, 60, 60]);
    clock.advance(60_000);
    for (let i = 20_000; i < 30_000; i++) expect(asks(`c-${i}`)).toBeUndefined();
    expect(asks('c-20000')).toBe(60);
  });
});

describe('on the wire', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterAll(() => upstream.close());

  test('successes count down, and the 429 says when to come back', async () => {
    upstream.arm({ fault: 'rate-limit', with: { quota: 2, window: '60s' } });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await ask(`${upstream.url}/v1/health`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    for (const { headers } of answers) expect(headers.get('ratelimit-policy')).toBe('default;q=2;w=60');
    const told = answers.map(({ headers }) => headers.get('ratelimit') ?? '');
    expect(told.map((text) => text.replace(/;t=\d+$/, ''))).toEqual(['default;r=1', 'default;r=0', 'default;r=0']);
    const last = answers[2];
    expect(last?.headers.get('retry-after')).toBe(/t=(\d+)/.exec(told[2] ?? '')?.[1]);
    expect(last?.body).toMatchObject({ code: 'rate_limited', retryable: true });
  });
});
