// Whether delays are drawn at random, and what comes all at once.
import { expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random-stream.ts';
import { jitter, kindOf } from '../../../src/scorecard/criteria/jitter.ts';
import { judged, many } from '../../support/evidence.ts';
import { refused } from '../../support/virtual-client.ts';

const FAULT = { from: 0, to: 100_000 };

/** Operations begun at these times, each tried again once after its delay. */
const told = (count: number, begin: (n: number) => number, delay: (n: number) => number) => {
  const attempts = many(count, (n) => {
    const named = { idempotencyKey: `k${n}` };
    return [
      refused(begin(n), named),
      refused(Math.round(begin(n) + 5 + delay(n)), { ...named, requestId: `again-${n}` }),
    ];
  });
  return judged(jitter, { attempts: attempts.flat(), faults: [FAULT] });
};

const spread = (n: number): number => n * 317;

test('full jitter passes', () => {
  const draw = randomStream(3, 'full');
  expect(told(100, spread, () => 1000 * draw())).toMatchObject({ verdict: 'pass', n: 100, more: { kind: 'wide' } });
});

test('fixed delays fail, with some timer noise too', () => {
  const finding = told(40, spread, (n) => 300 + (n % 4));
  expect(finding).toMatchObject({ verdict: 'fail', more: { kind: 'none' } });
  expect(finding.evidence[0]).toBe('again-0');
  expect(finding.advice).toContain('(no jitter)');
});

test('a first retry that comes at once says nothing about the delays after it', () => {
  const draw = randomStream(3, 'later');
  const later = (delay: () => number) => {
    const attempts = many(60, (n) => {
      const named = { idempotencyKey: `k${n}` };
      return [
        ...[refused(spread(n), named), refused(spread(n) + 6 + (n % 3), named)],
        refused(Math.round(spread(n) + 20 + delay()), named),
      ];
    });
    return judged(jitter, { attempts: attempts.flat(), faults: [FAULT] });
  };
  expect(later(() => 800)).toMatchObject({ verdict: 'fail', n: 60, more: { kind: 'none' } });
  expect(later(() => 800 * draw())).toMatchObject({ verdict: 'pass', more: { kind: 'wide' } });
});

test('a little jitter is a warning', () => {
  const draw = randomStream(3, 'little');
  expect(told(100, spread, () => 300 * (0.92 + 0.16 * draw()))).toMatchObject({
    verdict: 'warn',
    more: { kind: 'small' },
  });
});

test('retries that come together are a warning, however much their delays vary', () => {
  const finding = told(
    100,
    (n) => 1000 * (n % 2),
    (n) => (n % 2 ? 500 : 1500),
  );
  expect(finding.verdict).toBe('warn');
  expect(finding.more?.fano).toBeGreaterThan(20);
});

test('more to be tried again at one time than at another is no burst', () => {
  const draw = randomStream(5, 'uneven');
  const finding = told(
    2000,
    (n) => n * 5,
    () => 1000 * draw(),
  ); // all of it in the first tenth of the fault
  expect(finding).toMatchObject({ verdict: 'pass' });
  expect(finding.more?.fano).toBeLessThan(1.5);
});

test('delays too short to be told from how timers run are no data', () => {
  expect(told(100, spread, (n) => n % 5)).toMatchObject({ verdict: 'no-data', n: 100, figure: null });
});

test('delays that answers asked for are not its own, and it is said so', () => {
  const attempts = many(100, (n) =>
    many(2, (k) => refused(n * 50 + k * 2005, { idempotencyKey: `k${n}`, retryAfterMs: 2000 })),
  );
  const { verdict, advice } = judged(jitter, { attempts: attempts.flat(), faults: [FAULT] });
  expect(verdict).toBe('no-data');
  expect(advice).toMatch(/needed whose delays no answer asked for\. 100 operations .* Retry-After: .* do not count\.$/);
  expect(told(5, spread, () => 300).advice).toBe('40 retries of the same number are needed that can be told apart.');
});

test('fewer than forty first retries are no data', () => {
  expect(told(39, spread, () => 300)).toMatchObject({ verdict: 'no-data', n: 39, figure: null });
  expect(judged(jitter, {}).verdict).toBe('no-data');
});

test.each([
  [0, 'none'],
  [0.029, 'none'],
  [0.115, 'small'],
  [0.192, 'half'],
  [0.577, 'wide'],
])('a coefficient of variation of %d is that of jitter that is %s', (spreadOfIt, kind) => {
  expect(kindOf(spreadOfIt)).toBe(kind);
});
