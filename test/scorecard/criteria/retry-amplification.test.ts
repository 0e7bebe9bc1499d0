// How many requests one operation becomes under a fault.
import { expect, test } from 'vitest';
import { retryAmplification } from '../../../src/scorecard/criteria/retry-amplification.ts';
import { happened, judged, many } from '../../support/evidence.ts';
import { answered, left, refused } from '../../support/virtual-client.ts';

const FAULT = { from: 0, to: 100_000 };

/** So many tries of each of a hundred operations, the `spared` of which go well at once. */
const told = (tries: number, spared = 0) => {
  const attempts = many(100, (n) => {
    const named = { idempotencyKey: `k${n}` };
    if (n < spared) return [answered(n * 100, named)];
    return many(tries, (k) => refused(n * 100 + k * 300, { ...named, requestId: `r${n}-${k}` }));
  });
  return judged(retryAmplification, { attempts: attempts.flat(), faults: [FAULT] });
};

test.each([
  [1, 'pass'],
  [2, 'warn'],
  [4, 'fail'],
])('%i tries of everything: %s', (tries, verdict) => {
  expect(told(tries)).toMatchObject({ verdict, figure: tries, n: 100, more: { most: tries } });
});

test('a budget that tries few of many again passes, and what went well counts too', () => {
  expect(told(2, 80)).toMatchObject({ verdict: 'warn', figure: 1.2 }); // its interval crosses 1.2
  expect(told(1, 80)).toMatchObject({ verdict: 'pass', figure: 1 });
});

test('tries of one buyer that overlap, without a key, are not taken for operations of their own', () => {
  const attempts = many(20, (n) =>
    [0, 700, 1600, 3000].map((at) =>
      left(n * 1000 + at, 9000 - at, { operation: 'reserveSeats', customer: `c${n}`, fingerprint: `f${n}` }),
    ),
  );
  expect(judged(retryAmplification, { attempts: attempts.flat(), faults: [FAULT] }).verdict).toBe('no-data');
});

test('its evidence are the retries of what was tried most', () => {
  const attempts = [
    ...many(30, (n) => refused(n, { idempotencyKey: `k${n}` })),
    ...many(5, (k) => refused(100 + k * 50, { idempotencyKey: 'most', requestId: `most-${k}` })),
  ];
  const { evidence } = judged(retryAmplification, { attempts, faults: [FAULT] });
  expect(evidence).toEqual(['most-1', 'most-2', 'most-3', 'most-4']);
});

test('tries of one thing are tries of it under whatever key', () => {
  const happening = many(30, (n) => happened(0, 'ordered', { order: `o${n}` }));
  const attempts = many(30, (n) =>
    many(3, (k) =>
      refused(n * 10 + k * 200, {
        ...{ order: `o${n}`, fingerprint: `POST /v1/orders/o${n}/complete`, idempotencyKey: `k${n}-${k}` },
        requestId: `r${n}-${k}`,
      }),
    ),
  );
  const finding = judged(retryAmplification, { attempts: attempts.flat(), happened: happening, faults: [FAULT] });
  expect(finding).toMatchObject({ verdict: 'fail', n: 30, figure: 3, more: { most: 3 } });
  expect(finding.evidence.slice(0, 2)).toEqual(['r0-1', 'r0-2']);
});

test('what went well says nothing of what it would have done', () => {
  expect(told(3, 81)).toMatchObject({ verdict: 'no-data', n: 19, figure: null });
  expect(told(3, 81).advice).toMatch(/^20 operations that fail under a fault are needed/);
  expect(judged(retryAmplification, {})).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('retries outside a fault are none of its business', () => {
  const attempts = many(50, (n) => [
    refused(n * 10, { idempotencyKey: `k${n}` }),
    refused(n * 10 + 7, { idempotencyKey: `k${n}` }),
  ]);
  expect(judged(retryAmplification, { attempts: attempts.flat() }).verdict).toBe('no-data');
});

test('where most failures cannot be told apart there is no data, and where some cannot it is said', () => {
  const known = many(30, (n) => refused(n * 10, { idempotencyKey: `k${n}` }));
  const alike = (count: number) => many(count, (n) => refused(n * 10));
  const crowded = (count: number) =>
    judged(retryAmplification, { attempts: [...known, ...alike(count), ...alike(count)], faults: [FAULT] });
  expect(crowded(40).verdict).toBe('no-data');
  expect(crowded(40).advice).toContain('Of 110 operations that failed under a fault, 80 cannot be told from tries');
  expect(crowded(40).advice).toContain('Reads that all buyers make alike');
  expect(crowded(10)).toMatchObject({ verdict: 'pass', n: 30, unsure: expect.stringContaining('failed requests') });
});
