// Idempotency keys: claimed when work starts, settled with its answer, kept for a day, bounded.
import { expect, test } from 'vitest';
import {
  createIdempotencyKeys,
  type IdempotencyKeys,
  isKept,
  KEY_AGE_MS,
  type StoredAnswer,
} from '../../src/box-office/state/idempotency.ts';
import { overStores, refusal } from './stage.ts';

overStores((_stage, createStore) => {
  const ANSWER: StoredAnswer = { status: 201, headers: [['location', '/v1/orders/o_1']], body: '{"id":"o_1"}' };
  const scope = (key: string, more = {}) => ({ client: 'alpha', path: '/v1/orders', key, ...more });

  function bench(maxKeys?: number, maxBytes?: number) {
    const store = createStore();
    const clock = { time: 0, now: (): number => clock.time };
    return {
      clock,
      keys: createIdempotencyKeys({
        store,
        clock,
        ...(maxKeys !== undefined && { maxKeys }),
        ...(maxBytes !== undefined && { maxBytes }),
      }),
    };
  }

  async function work(keys: IdempotencyKeys, key: string, answer: StoredAnswer | undefined = ANSWER): Promise<void> {
    const claim = await keys.claim(scope(key), 'body');
    if (claim.state !== 'claimed') throw new Error('was claimed before');
    claim.settle(answer);
  }

  test('a settled key replays its very answer', async () => {
    const { keys } = bench();
    await work(keys, 'k');
    expect(await keys.claim(scope('k'), 'body')).toEqual({ state: 'replay', answer: ANSWER });
  });

  test('the same key with another request is refused, at work or settled', async () => {
    const { keys } = bench();
    await keys.claim(scope('running'), 'body');
    await refusal(keys.claim(scope('running'), 'other'), 'idempotency_key_reused');
    await work(keys, 'settled');
    await refusal(keys.claim(scope('settled'), 'other'), 'idempotency_key_reused');
  });

  test('a key whose work goes on is in progress, for all but the first of many', async () => {
    const { keys } = bench();
    const claims = await Promise.allSettled(Array.from({ length: 5 }, () => keys.claim(scope('k'), 'body')));
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await refusal(keys.claim(scope('k'), 'body'), 'idempotency_in_progress');
  });

  test('a key that is lost can be claimed anew, and whoever was at work under it settles nothing any more', async () => {
    const { keys, clock } = bench();
    expect(keys.forget(scope('k'))).toBe(false);
    const first = await keys.claim(scope('k'), 'body');
    expect(keys.forget(scope('k'))).toBe(true);
    const second = await keys.claim(scope('k'), 'other');
    if (first.state === 'claimed') first.settle({ ...ANSWER, status: 204 });
    if (second.state === 'claimed') second.settle(ANSWER);
    expect(await keys.claim(scope('k'), 'other')).toEqual({ state: 'replay', answer: ANSWER });
    expect(keys.forget(scope('k'))).toBe(true);
    await work(keys, 'k');
    clock.time = KEY_AGE_MS;
    expect(keys.forget(scope('k'))).toBe(false);
  });

  test('a key settled with nothing is forgotten', async () => {
    const { keys } = bench();
    const claim = await keys.claim(scope('k'), 'body');
    if (claim.state === 'claimed') claim.settle(undefined);
    expect((await keys.claim(scope('k'), 'other')).state).toBe('claimed');
  });

  test('keys of another client or path are other keys', async () => {
    const { keys } = bench();
    await work(keys, 'k');
    expect((await keys.claim(scope('k', { client: 'beta' }), 'x')).state).toBe('claimed');
    expect((await keys.claim(scope('k', { path: '/v1/other' }), 'x')).state).toBe('claimed');
  });

  test('an answer is kept for a day of box-office time', async () => {
    const { keys, clock } = bench();
    await work(keys, 'k');
    clock.time = KEY_AGE_MS - 1;
    expect((await keys.claim(scope('k'), 'body')).state).toBe('replay');
    clock.time = KEY_AGE_MS;
    expect((await keys.claim(scope('k'), 'other')).state).toBe('claimed');
  });

  test('above the bound the oldest settled answer goes, and work in progress stays', async () => {
    const { keys } = bench(3);
    await keys.claim(scope('running'), 'body');
    await work(keys, 'old');
    await work(keys, 'new');
    await work(keys, 'newest');
    await refusal(keys.claim(scope('running'), 'body'), 'idempotency_in_progress');
    expect((await keys.claim(scope('newest'), 'body')).state).toBe('replay');
    expect((await keys.claim(scope('old'), 'other')).state).toBe('claimed');
  });

  test('a claim settles once; late and second settlements change nothing', async () => {
    const { keys } = bench();
    const claim = await keys.claim(scope('k'), 'body');
    if (claim.state !== 'claimed') throw new Error('was claimed before');
    claim.settle(ANSWER);
    claim.settle({ ...ANSWER, status: 500 });
    expect(await keys.claim(scope('k'), 'body')).toEqual({ state: 'replay', answer: ANSWER });
  });

  test('a claim that was pushed out settles nothing of the one that took its place', async () => {
    const { keys } = bench(1);
    const first = await keys.claim(scope('k'), 'body');
    await keys.claim(scope('other'), 'body');
    const second = await keys.claim(scope('k'), 'body');
    if (first.state !== 'claimed' || second.state !== 'claimed') throw new Error('was not pushed out');
    first.settle(ANSWER);
    await refusal(keys.claim(scope('k'), 'body'), 'idempotency_in_progress');
    second.settle({ ...ANSWER, body: 'second' });
    expect(await keys.claim(scope('k'), 'body')).toMatchObject({ state: 'replay', answer: { body: 'second' } });
  });

  test('successes and lasting noes are kept; conflicts, limits and failures are not', () => {
    expect([200, 201, 400, 402, 410, 422].every(isKept)).toBe(true);
    expect([302, 409, 429, 500, 503].some(isKept)).toBe(false);
  });

  test('answers take no more than their bytes: the oldest settled goes first, and its work may be done again', async () => {
    const { keys } = bench(undefined, 10_000);
    const long = { ...ANSWER, body: Buffer.alloc(3000) };
    for (const key of ['a', 'b', 'c', 'd']) await work(keys, key, long);
    expect((await keys.claim(scope('a'), 'body')).state).toBe('claimed');
    expect((await keys.claim(scope('d'), 'body')).state).toBe('replay');
  });

  test('what was forgotten for its age, or settled with nothing, no longer counts', async () => {
    const { keys, clock } = bench(undefined, 5000);
    const long = { ...ANSWER, body: 'x'.repeat(3000) };
    for (let day = 1; day <= 5; day++) {
      await work(keys, 'a', long);
      clock.time += KEY_AGE_MS;
      const claim = await keys.claim(scope('b'), 'body');
      if (claim.state === 'claimed') claim.settle(undefined);
    }
    await work(keys, 'a', long);
    expect((await keys.claim(scope('a'), 'body')).state).toBe('replay');
  });
});
