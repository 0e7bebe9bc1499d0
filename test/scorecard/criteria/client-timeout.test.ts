// How long a client waits: the most frequent time among those who left, and nothing said of those who did not have to.
import { expect, test } from 'vitest';
import { clientTimeout } from '../../../src/scorecard/criteria/client-timeout.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, attempt, left } from '../../support/virtual-client.ts';

const whoLeave = (count: number, ms: number) => many(count, (n) => left(n * 10, ms + (n % 7)));
const told = (count: number, ms: number) => judged(clientTimeout, { attempts: whoLeave(count, ms) });

test.each([
  [2000, 'pass'],
  [20_000, 'warn'],
  [100_000, 'fail'],
])('who leaves after %i ms is told: %s', (ms, verdict) => {
  const finding = told(20, ms);
  expect(finding).toMatchObject({ verdict, n: 20 });
  expect(finding.figure).toBeCloseTo(ms + 3, -1);
});

test('what its interval does not bear out is a warning', () => {
  expect(told(20, 4997)).toMatchObject({ verdict: 'warn', figure: 5000 });
});

test('the most frequent time is found among others that have other reasons', () => {
  const others = many(25, (n) => left(n * 20, 200 + n * 97));
  const finding = judged(clientTimeout, { attempts: [...whoLeave(30, 3000), ...others] });
  expect(finding.figure).toBeCloseTo(3003, -1);
});

test('answers, cuts and what is open say nothing of when it leaves', () => {
  const patient = [
    ...many(100, (n) => answered(n)),
    ...many(30, (n) => attempt({ at: n, endedAt: n + 900, ended: 'reset' })),
    ...many(30, (n) => attempt({ at: 1500 + n })),
    ...many(30, (n) => left(n, 700, { firstByteAt: n + 300, status: 200 })),
  ];
  expect(judged(clientTimeout, { attempts: patient })).toMatchObject({ verdict: 'no-data', n: 0 });
  const finding = judged(clientTimeout, { attempts: [...patient, ...whoLeave(25, 2000)] });
  expect(finding).toMatchObject({ n: 25, figure: expect.closeTo(2003, -1) });
});

test('who is still there after a minute has no time-out, and fails without a figure', () => {
  const held = many(5, (n) => attempt({ at: n }));
  const finding = judged(clientTimeout, { attempts: held, whole: { from: 0, to: 61_000 } });
  expect(finding).toMatchObject({ verdict: 'fail', figure: null, n: 5 });
  expect(judged(clientTimeout, { attempts: held, whole: { from: 0, to: 59_000 } }).verdict).toBe('no-data');
  expect(judged(clientTimeout, { attempts: held.slice(1), whole: { from: 0, to: 61_000 } }).verdict).toBe('no-data');
});

test('fewer than twenty that left are no data, and it says how many are needed', () => {
  const finding = told(19, 2000);
  expect(finding).toMatchObject({ verdict: 'no-data', n: 19, figure: null });
  expect(finding.advice).toContain('20 requests');
});

test('an upstream that was slow in the calm may be waited for longer', () => {
  const calm = many(100, (n) =>
    attempt({ at: n, firstByteAt: n + 2000, endedAt: n + 2000, ended: 'answered', status: 200 }),
  );
  const attempts = [...calm, ...many(20, (n) => left(5000 + n, 15_000))];
  expect(judged(clientTimeout, { attempts, faults: [{ from: 5000, to: 30_000 }] }).verdict).toBe('pass');
});

test('a client that is stopped has not given up what it had open', () => {
  const held = many(100, (n) => left(n * 50, 6000 - n * 50));
  expect(judged(clientTimeout, { attempts: held })).toMatchObject({ verdict: 'no-data', n: 0 });
  const before = many(50, (n) => left(n * 50, 1000, { idempotencyKey: `k${n}` }));
  expect(judged(clientTimeout, { attempts: [...before, ...held.slice(60)] })).toMatchObject({ n: 50, figure: 1000 });
});

test('one whose timers are coarse gives up several at one time, and is told all the same', () => {
  const coarse = many(60, (n) => left(n * 50, Math.ceil((n * 50 + 1000) / 500) * 500 - n * 50));
  const { n, figure } = judged(clientTimeout, { attempts: coarse });
  expect(n).toBe(60);
  expect(figure).toBeGreaterThanOrEqual(1000);
  expect(figure).toBeLessThanOrEqual(1500);
});

test('a request whose twin was answered was not left for want of an answer', () => {
  const hedged = (n: number, named: object) => [
    left(n * 100, 320 + (n % 5), named),
    answered(n * 100 + 200, { ...named, firstByteAt: n * 100 + 318, endedAt: n * 100 + 318 }),
  ];
  const keyed = many(40, (n) => hedged(n, { idempotencyKey: `k${n}` })).flat();
  expect(judged(clientTimeout, { attempts: keyed })).toMatchObject({ verdict: 'no-data', n: 0 });
  const alike = many(40, (n) => hedged(n, { order: `o${n}`, fingerprint: `f${n}` })).flat();
  expect(judged(clientTimeout, { attempts: alike }).n).toBe(0);
});

test('of twins that are given up together the first has waited for as long as its client does', () => {
  const twins = many(30, (n) => [
    left(n * 300, 1000, { idempotencyKey: `k${n}` }),
    left(n * 300 + 200, 801, { idempotencyKey: `k${n}` }),
  ]).flat();
  expect(judged(clientTimeout, { attempts: twins })).toMatchObject({ n: 30, figure: 1000 });
});

test('who is answered at once when it tries again has given up all the same', () => {
  const again = many(40, (n) => {
    const named = { idempotencyKey: `k${n}` };
    return [left(n * 100, 800, named), answered(n * 100 + 800, { ...named, firstByteAt: n * 100 + 801 })];
  });
  expect(judged(clientTimeout, { attempts: again.flat() })).toMatchObject({ n: 40, figure: 800 });
});

test('a client that asks for one order all day long is told like any other', () => {
  const order = { operation: 'getOrder', method: 'GET', order: 'o', fingerprint: 'f' };
  const polls = many(100_000, (n) => (n % 2 === 0 ? left(n * 2000, 1000, order) : answered(n * 2000, order)));
  expect(judged(clientTimeout, { attempts: polls })).toMatchObject({ n: 50_000, figure: 1000 });
});

test.each([
  [3000, 'pass'],
  [20_000, 'warn'],
  [59_000, 'fail'],
])('an operation that is waited for longer than the others is judged too: for %i ms, %s', (ms, verdict) => {
  const reads = many(200, (n) => left(n * 10, 400, { operation: 'getSeatMap', method: 'GET' }));
  const finding = judged(clientTimeout, { attempts: [...reads, ...whoLeave(30, ms)] });
  expect(finding).toMatchObject({ verdict, figure: 400, n: 230 });
  expect(finding.more?.longest).toBeCloseTo(ms + 3, -1);
  if (verdict !== 'pass') expect(finding.advice).toContain(`${ms + 3} ms, where it asks for completeOrder`);
});

test('few that are left late, each after another time, are no time-out of their operation', () => {
  const reads = many(200, (n) => left(n * 10, 400, { operation: 'getSeatMap', method: 'GET' }));
  const strollers = many(40, (n) => left(n * 20, 8000 + n * 1500));
  const { verdict, more } = judged(clientTimeout, { attempts: [...reads, ...strollers] });
  expect({ verdict, longest: more?.longest }).toEqual({ verdict: 'pass', longest: 400 });
});

test('an operation that is never given up fails, though others are', () => {
  const reads = many(200, (n) => left(n * 10, 400, { operation: 'getSeatMap', method: 'GET' }));
  const attempts = [...reads, ...many(5, (n) => attempt({ at: 2000 + n }))];
  const finding = judged(clientTimeout, { attempts, whole: { from: 0, to: 63_000 } });
  expect(finding).toMatchObject({ verdict: 'fail', figure: null, n: 5 });
  expect(finding.advice).toContain('completeOrder');
  expect(judged(clientTimeout, { attempts, whole: { from: 0, to: 61_000 } }).verdict).toBe('pass');
});
