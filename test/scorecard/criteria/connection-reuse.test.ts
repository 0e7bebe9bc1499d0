// Reuse is how many requests came on each connection while nothing was wrong; what needs new ones is no fault.
import { expect, test } from 'vitest';
import { connectionReuse } from '../../../src/scorecard/criteria/connection-reuse.ts';
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

test('in a fault a new connection for each error is churn, and warns', () => {
  const attempts = [...requests(200, (n) => n % 2), ...requests(200, (n) => 10 + n, FAULT.from, { status: 503 })];
  const found = judged(connectionReuse, { attempts, faults: [FAULT] });
  expect(found).toMatchObject({ verdict: 'warn', figure: 100, more: { churn: 100 } });
  expect(found.evidence[0]).toBe(`listSessions@${FAULT.from}`);
});
