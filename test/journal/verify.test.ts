// Verification: verdicts that hold, also about what is no longer kept.
import { describe, expect, test } from 'vitest';
import { pathFits } from '../../src/base/path-glob.ts';
import { Refusal } from '../../src/base/refusal.ts';
import type { ExchangeEntry } from '../../src/journal/entry.ts';
import { MAX_WAITING } from '../../src/journal/journal.ts';
import { type Verdict, verifyRequest } from '../../src/journal/verify.ts';
import { exchangeEntry } from '../support/entries.ts';
import { createJournal } from '../support/journals.ts';
import { ManualClock } from '../support/manual-clock.ts';

function journalOf(maxEntries = 100) {
  const clock = new ManualClock();
  const journal = createJournal({ maxEntries, maxBytes: 10_000_000, clock });
  const open = (about: Partial<ExchangeEntry> = {}): ExchangeEntry => {
    const entry = exchangeEntry({ at: clock.now(), ...about });
    journal.open(entry);
    return entry;
  };
  const verify = (request: object, signal?: AbortSignal) => journal.verify(verifyRequest.parse(request), signal);
  /** The verdict so far: undefined while it waits. */
  const watch = (request: object, signal?: AbortSignal) => {
    const seen: { verdict?: Verdict } = {};
    void verify(request, signal).then((verdict) => {
      seen.verdict = verdict;
    });
    return seen;
  };
  return { journal, clock, open, verify, watch };
}

describe('a verdict at once', () => {
  test('counts what matches in every given field', async () => {
    const { open, verify } = journalOf();
    open({ method: 'POST', url: '/v1/orders?x=1', idempotencyKey: 'k' });
    open({ method: 'GET', url: '/v1/orders' });
    const match = { method: 'post', path: '/v1/*', idempotencyKey: 'k', client: 'seller-a' };
    expect(await verify({ match, count: { min: 1, max: 1 } })).toMatchObject({ ok: true, count: 1 });
  });

  test('asks for at least one when no count is given', async () => {
    const { open, verify } = journalOf();
    expect(await verify({ match: {} })).toMatchObject({ ok: false, code: 'verification_failed', count: 0 });
    open();
    expect(await verify({ match: {} })).toMatchObject({ ok: true, count: 1 });
  });

  test('a failure shows the entries that came nearest, and what they missed', async () => {
    const { open, verify } = journalOf();
    open({ client: 'seller-b', operation: 'getSeatMap' });
    open({ client: 'seller-a', operation: 'createOrder', status: 201 });
    const verdict = await verify({ match: { client: 'seller-a', operation: 'createOrder', status: 503 } });
    expect(verdict).toMatchObject({
      code: 'verification_failed',
      detail: '0 matching entries, asked for at least 1',
      nearest: [
        { entry: { seq: 2 }, missed: ['status'] },
        { entry: { seq: 1 }, missed: ['client', 'operation', 'status'] },
      ],
    });
  });

  test('too many shows those that matched', async () => {
    const { open, verify } = journalOf();
    open();
    open();
    const verdict = await verify({ match: {}, count: { max: 1 } });
    expect(verdict).toMatchObject({ nearest: [{ entry: { seq: 2 }, missed: [] }, { entry: { seq: 1 } }] });
  });

  test('refuses a min above the max', () => {
    expect(verifyRequest.safeParse({ count: { min: 2, max: 1 } }).success).toBe(false);
  });
});

describe('when entries are gone', () => {
  test('says that the evidence is evicted when it could change the verdict', async () => {
    const { open, verify } = journalOf(2);
    for (let i = 0; i < 5; i++) open();
    const verdict = await verify({ match: { client: 'nobody' }, count: { max: 1 } });
    expect(verdict).toMatchObject({ ok: false, code: 'evidence_evicted', count: 0, evicted: 3 });
    expect(await verify({ match: { client: 'nobody' } })).toMatchObject({ code: 'evidence_evicted' });
  });

  test('is certain where what is gone cannot matter', async () => {
    const { open, verify } = journalOf(2);
    for (let i = 0; i < 5; i++) open();
    expect(await verify({ match: {}, count: { min: 2 } })).toMatchObject({ ok: true, count: 2 });
    expect(await verify({ match: {}, count: { max: 1 } })).toMatchObject({ code: 'verification_failed' });
    expect(await verify({ match: {}, count: { min: 6 } })).toMatchObject({ code: 'verification_failed' });
    expect(await verify({ match: {}, count: { max: 5 } })).toMatchObject({ ok: true, count: 2 });
  });

  test('entries gone from before the asked period do not matter', async () => {
    const { open, verify, clock } = journalOf(2);
    for (let i = 0; i < 3; i++) open();
    clock.advance(10);
    const since = clock.now();
    open();
    expect(await verify({ match: { client: 'nobody', since }, count: { max: 0 } })).toMatchObject({
      ok: true,
      count: 0,
    });
  });

  test('clear makes the evidence whole again', async () => {
    const { open, verify, journal } = journalOf(2);
    for (let i = 0; i < 3; i++) open();
    journal.clear();
    expect(await verify({ match: {}, count: { max: 0 } })).toMatchObject({ ok: true, count: 0 });
  });
});

describe('within a time', () => {
  test('answers as soon as a min is met', async () => {
    const { open, watch, clock } = journalOf();
    const seen = watch({ match: {}, count: { min: 2 }, within: '5s' });
    open();
    await clock.advanceAsync(1000);
    expect(seen.verdict).toBeUndefined();
    open();
    await clock.settle();
    expect(seen.verdict).toMatchObject({ ok: true, count: 2 });
    expect(clock.pending).toBe(0);
  });

  test('sees what becomes true of an entry only when it changes or closes', async () => {
    const { open, watch, clock, journal } = journalOf();
    const hit = watch({ match: { rule: 'storm/0' }, within: '5s' });
    const gone = watch({ match: { ended: 'client-left' }, within: '5s' });
    const entry = open();
    entry.hits = [{ rule: 'storm/0', fault: 'hang', draw: 0 }];
    journal.changed(entry);
    await clock.settle();
    expect([hit.verdict?.ok, gone.verdict]).toEqual([true, undefined]);
    journal.close(entry, 'client-left', clock.now());
    await clock.settle();
    expect(gone.verdict).toMatchObject({ ok: true, count: 1 });
  });

  test('says no only when the time is over', async () => {
    const { watch, clock } = journalOf();
    const seen = watch({ match: {}, within: '5s' });
    await clock.advanceAsync(4999);
    expect(seen.verdict).toBeUndefined();
    await clock.advanceAsync(1);
    expect(seen.verdict).toMatchObject({ ok: false, count: 0 });
  });

  test('a max is waited out before it is said to hold', async () => {
    const { open, watch, clock } = journalOf();
    const seen = watch({ match: {}, count: { max: 1 }, within: '5s' });
    open();
    await clock.advanceAsync(4999);
    expect(seen.verdict).toBeUndefined();
    await clock.advanceAsync(1);
    expect(seen.verdict).toMatchObject({ ok: true, count: 1 });
  });

  test('a max that is passed is told at once', async () => {
    const { open, watch, clock } = journalOf();
    const seen = watch({ match: {}, count: { max: 1 }, within: '5s' });
    open();
    open();
    await clock.settle();
    expect(seen.verdict).toMatchObject({ ok: false, count: 2, detail: '2 matching entries, asked for at most 1' });
  });

  test('open exchanges may end before the time is over', async () => {
    const { open, watch, clock, journal } = journalOf();
    const entry = open();
    const seen = watch({ match: { ended: 'open' }, count: { max: 0 }, within: '5s' });
    await clock.settle();
    journal.close(entry, 'answered', clock.now());
    await clock.advanceAsync(5000);
    expect(seen.verdict).toMatchObject({ ok: true, count: 0 });
  });

  test('a match that was evicted while waiting is not counted', async () => {
    const { open, watch, clock } = journalOf(2);
    const seen = watch({ match: { client: 'b' }, count: { min: 2 }, within: '5s' });
    open({ client: 'b' });
    for (let i = 0; i < 3; i++) open();
    open({ client: 'b' });
    await clock.settle();
    expect(seen.verdict).toBeUndefined();
    await clock.advanceAsync(5000);
    expect(seen.verdict).toMatchObject({ code: 'evidence_evicted', count: 1 });
  });

  test('ends when the asker leaves', async () => {
    const { watch, clock } = journalOf();
    const asker = new AbortController();
    const seen = watch({ match: {}, within: '5s' }, asker.signal);
    asker.abort();
    await clock.settle();
    expect(seen.verdict).toMatchObject({ ok: false });
    expect(clock.pending).toBe(0);
  });

  test('only so many may wait, and no longer than five minutes', async () => {
    const { verify, watch } = journalOf();
    for (let i = 0; i < MAX_WAITING; i++) watch({ match: {}, within: '1s' });
    await expect(verify({ match: {}, within: '1s' })).rejects.toThrow(Refusal);
    expect(verifyRequest.safeParse({ within: '6m' }).success).toBe(false);
  });
});

describe('paths', () => {
  test.each([
    ['/v1/orders', '/v1/orders', true],
    ['/v1/*', '/v1/orders', true],
    ['/v1/*', '/v1/orders/7', false],
    ['/v1/**', '/v1/orders/7', true],
    ['/v1/*/complete', '/v1/7/complete', true],
    ['/v1/**/complete', '/v1/orders/7/complete', true],
    ['**/s*', '/v1/sessions', true],
    ['/v1/*.json', '/v1/a.b.json', true],
    ['/v1/.', '/v1/x', false],
    ['/v1/orders*', '/v1/orders', true],
    ['', '/', false],
  ])('%s on %s is %s', (pattern, path, fits) => {
    expect(pathFits(pattern, path)).toBe(fits);
  });

  test('a hostile pattern ends', () => {
    expect(pathFits('**a'.repeat(30), `${'a'.repeat(2000)}b`)).toBe(false);
  });
});
