// Reuse is how many requests came on each connection while nothing was wrong; what needs new ones is no fault.
import { describe, expect, test } from 'vitest';
import { connectionReuse } from '../../../src/scorecard/criteria/connection-reuse.ts';
import type { Attempt } from '../../../src/scorecard/evidence.ts';
import { type AttemptParts, attempt, judged, many } from '../../support/evidence.ts';

/** One request each 100 ms, on these connections. */
const requests = (count: number, connectionOf: (n: number) => number, from = 0, about: AttemptParts = {}) =>
  many(count, (n) => attempt(from + n * 100, { connection: connectionOf(n), ...about }));

test('a client that keeps its connections passes', () => {
  const found = judged(connectionReuse, { attempts: requests(200, (n) => n % 2) });
  expect(found).toMatchObject({ verdict: 'pass', n: 200, figure: 100, more: { connections: 2, openAtOnce: 1 } });
});

test('a connection for each request fails, and some of them are shown', () => {
  const found = judged(connectionReuse, { attempts: requests(60, (n) => n) });
  expect(found).toMatchObject({ verdict: 'fail', figure: 1, more: { connections: 60 } });
  expect(found.evidence).toHaveLength(10);
});

test('a few requests on each warn', () => {
  expect(judged(connectionReuse, { attempts: requests(200, (n) => Math.floor(n / 4)) }).verdict).toBe('warn');
});

test('as many as are open at once are needed, and nothing is known before each could have been used again', () => {
  const attempts = many(90, (n) => attempt(n, { connection: n % 20, tookMs: 20 }));
  expect(judged(connectionReuse, { attempts })).toMatchObject({ verdict: 'no-data', n: 90 });
  const more = many(400, (n) => attempt(n, { connection: n % 20, tookMs: 20 }));
  expect(judged(connectionReuse, { attempts: more })).toMatchObject({ verdict: 'pass', figure: 20 });
});

test('who opens several at first and nothing more keeps them, and each needs time to be used again', () => {
  const few = requests(60, (n) => n % 2);
  expect(judged(connectionReuse, { attempts: few })).toMatchObject({ verdict: 'pass', figure: 30 });
  const together = (rounds: number) =>
    many(rounds, (round) => many(50, (n) => attempt(round * 1000 + n, { connection: n, tookMs: 1 })));
  expect(judged(connectionReuse, { attempts: together(5).flat() })).toMatchObject({ verdict: 'no-data', n: 250 });
  expect(judged(connectionReuse, { attempts: together(20).flat() })).toMatchObject({ verdict: 'pass', figure: 20 });
});

test('fewer than fifty requests in the calm are no data, whatever came later', () => {
  const attempts = [...requests(49, () => 1), ...requests(300, (n) => n, 10_000)];
  expect(judged(connectionReuse, { attempts, faults: [{ from: 10_000, to: 40_000 }] })).toMatchObject({
    verdict: 'no-data',
    n: 49,
  });
  expect(judged(connectionReuse, {}).verdict).toBe('no-data');
});

const FAULT = { from: 20_000, to: 40_000 };

test('in a fault a new connection for each that broke is no churn', () => {
  const attempts = [
    ...requests(200, (n) => n % 2),
    ...requests(200, (n) => 10 + n, FAULT.from, { ended: 'client-left', tookMs: 50 }),
  ];
  const found = judged(connectionReuse, { attempts, faults: [FAULT] });
  expect(found.more?.churn).toBeLessThan(2);
  expect(found).toMatchObject({ verdict: 'pass', figure: 100 });
});

test('in a fault a new connection for each request that hangs is no churn', () => {
  const attempts = [
    ...requests(200, (n) => n % 2),
    ...requests(200, (n) => 10 + n, FAULT.from, { ended: null, workedAt: null }),
  ];
  expect(judged(connectionReuse, { attempts, faults: [FAULT] }).verdict).toBe('pass');
});

/** Ten workers that ask one after the other, each on a connection of its own, until one in ten of its calls fails so. */
const workers = (failed: AttemptParts, connectionAfter: (worker: number, failures: number) => number) => {
  let failures = 0;
  return many(400, (n) => {
    const connection = connectionAfter(n % 10, failures);
    const isFailed = n % 11 === 0;
    if (isFailed) failures++;
    return attempt(FAULT.from + n * 50, { connection, tookMs: 20, ...(isFailed && failed) });
  });
};

const calm = requests(200, (n) => n % 10);
const inFault = (attempts: readonly Attempt[]) =>
  judged(connectionReuse, { attempts: [...calm, ...attempts], faults: [FAULT] });

describe.each<[string, AttemptParts]>([
  ['given up', { ended: 'client-left', tookMs: 40 }],
  ['reset', { ended: 'reset' }],
  ['closed', { ended: 'closed' }],
  ['let go', { ended: 'dropped' }],
  ['noise in the place of an answer', { status: null }],
])('where one call in ten is %s', (_, failed) => {
  test('a pool that opens another connection in the place of each, though others stand idle, is well', () => {
    const last = new Map<number, number>();
    const failing = new Set<number>();
    let opened = 100;
    const attempts = many(400, (n) => {
      const worker = n % 10;
      if (failing.delete(worker)) last.set(worker, opened++);
      if (n % 11 === 0) failing.add(worker);
      return attempt(FAULT.from + n * 50, { connection: last.get(worker) ?? worker, ...(n % 11 === 0 && failed) });
    });
    expect(inFault(attempts)).toMatchObject({ verdict: 'pass', more: { churn: 0 } });
  });

  test('a new client for each, with connections of its own, is churn', () => {
    const found = inFault(workers(failed, (worker, failures) => 10 * failures + worker));
    expect(found).toMatchObject({ verdict: 'warn' });
    expect(found.more?.churn).toBeGreaterThan(10);
    expect(found.advice).toContain('new client');
  });
});

test('what was cut long ago excuses nothing', () => {
  const cut = requests(100, (n) => 100 + n, FAULT.from, { ended: 'client-left', tookMs: 9000 });
  const later = requests(80, (n) => 300 + n, FAULT.from + 30_000, { status: 503 });
  const faults = [{ from: FAULT.from, to: FAULT.to + 20_000 }];
  const found = judged(connectionReuse, { attempts: [...calm, ...cut, ...later], faults });
  expect(found.verdict).toBe('warn');
});

test('the end of a cut connection may be noted just after the one that takes its place', () => {
  const cut = many(200, (n) => [
    attempt(FAULT.from + n * 100, { connection: 1000 + n, ended: 'client-left', tookMs: 60 }),
    attempt(FAULT.from + n * 100 + 30, { connection: 1 }),
  ]);
  expect(inFault(cut.flat())).toMatchObject({ verdict: 'pass' });
});

test('a client whose connections are closed while they are idle opens others, and is not to blame', () => {
  const slow = (about: AttemptParts, everyMs: number) =>
    inFault(many(20_000 / everyMs, (n) => attempt(FAULT.from + n * everyMs, { connection: 100 + n, ...about })));
  expect(slow({ status: 503 }, 2000)).toMatchObject({ verdict: 'pass', more: { churn: 0 } }); // by its breaker, or its time-out
  expect(slow({}, 400)).toMatchObject({ verdict: 'pass', more: { churn: 0 } }); // as nothing failed
  expect(slow({ status: 503 }, 400).verdict).toBe('warn');
});

test('in a fault a new connection for each error is churn, and warns', () => {
  const attempts = [...requests(200, (n) => n % 2), ...requests(200, (n) => 10 + n, FAULT.from, { status: 503 })];
  const found = judged(connectionReuse, { attempts, faults: [FAULT] });
  expect(found).toMatchObject({ verdict: 'warn', figure: 100, more: { churn: 99.5 } });
  expect(found.evidence[0]).toBe(`listSessions@${FAULT.from + 100}`); // nothing had failed before the first
});
