// Attempts belong together by what names them; by likeness alone only where there is no other that could be meant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsOf } from '../../src/scorecard/arrivals.ts';
import { caseOf } from '../../src/scorecard/case.ts';
import { backoffGrowth } from '../../src/scorecard/criteria/backoff-growth.ts';
import { jitter } from '../../src/scorecard/criteria/jitter.ts';
import { retryAfter } from '../../src/scorecard/criteria/retry-after.ts';
import { retryAmplification } from '../../src/scorecard/criteria/retry-amplification.ts';
import type { Criterion } from '../../src/scorecard/criterion.ts';
import type { Attempt } from '../../src/scorecard/evidence.ts';
import { WINDOW_MS } from '../../src/scorecard/trace.ts';
import { answered, evidenceOf, left, refused } from '../support/virtual-client.ts';

/** As times of arrival, with `?` where it is unsure. */
const told = (attempts: readonly Attempt[]): string[] =>
  [...arrivalsOf(attempts).traces].map(
    ({ attempts: tries, isUnsure }) => `${tries.map(({ at }) => at).join(' ')}${isUnsure ? '?' : ''}`,
  );

const SEAT_MAP = {
  ...{ operation: 'getSeatMap', method: 'GET', fingerprint: 'GET /v1/sessions/s/seat-map', session: 's' },
};

test.each([
  ['idempotency key', { idempotencyKey: 'k' }],
  ['invocation', { invocation: 'i' }],
  ['trace id', { traceId: 't' }],
])('attempts with the same %s are one operation', (_, named) => {
  expect(told([left(0, 5, named), answered(50, named), answered(60)])).toEqual(['0 50', '60']);
});

test('a key that names several operations names each of them', () => {
  const key = { idempotencyKey: 'k' };
  expect(told([answered(0, key), answered(10, { ...key, operation: 'createOrder' })])).toEqual(['0', '10']);
});

test('a trace id of a whole purchase names each request of it', () => {
  const id = { traceId: 't' };
  expect(told([refused(0, id), answered(10, { ...id, fingerprint: 'other' }), answered(20, id)])).toEqual([
    '0 20',
    '10',
  ]);
});

test('by likeness an attempt goes on with the one that failed before it', () => {
  expect(told([left(0, 5), refused(10), answered(30), answered(50)])).toEqual(['0 10 30', '50']);
});

test('nothing goes on with what is still open, what went well, or what failed long ago', () => {
  expect(told([left(0, 50), answered(10)])).toEqual(['0', '10']);
  expect(told([answered(0), answered(10)])).toEqual(['0', '10']);
  expect(told([refused(0), answered(WINDOW_MS + 10)])).toEqual(['0', `${WINDOW_MS + 10}`]);
});

test('where it could go on with several, all are unsure, and so is whoever else may have followed one of them', () => {
  expect(told([refused(0), left(1, 2), answered(20), answered(30), answered(40)])).toEqual([
    '0?',
    '1?',
    '20?',
    '30?',
    '40',
  ]);
});

test('who says that it is a first attempt goes on with nobody', () => {
  expect(told([refused(0, { declared: 1 }), answered(10, { declared: 1 })])).toEqual(['0', '10']);
  expect(told([refused(0, { declared: 1 }), answered(10, { declared: 2 })])).toEqual(['0 10']);
});

test('a read that everybody makes alike goes on with nobody, however soon it comes, unless it says so', () => {
  expect(told([refused(0, SEAT_MAP), answered(6, SEAT_MAP)])).toEqual(['0?', '6?']);
  expect(told([refused(0, SEAT_MAP), answered(6, { ...SEAT_MAP, declared: 2 })])).toEqual(['0 6']);
  const ofOne = { ...SEAT_MAP, traceId: 't' };
  expect(told([refused(0, ofOne), refused(3, SEAT_MAP), answered(6, ofOne)])).toEqual(['0 6', '3']);
});

test('a read that names an order or a customer is a read of one buyer', () => {
  expect(told([refused(0, { ...SEAT_MAP, order: 'o' }), answered(6, { ...SEAT_MAP, order: 'o' })])).toEqual(['0 6']);
});

test('one of a buyer that comes while another that is the same is open may be its retry or its hedge, and both are unsure', () => {
  const ofOne = { customer: 'c', fingerprint: 'f' };
  expect(told([left(0, 9000, ofOne), left(700, 8300, ofOne), left(1600, 7400, ofOne)])).toEqual([
    '0?',
    '700?',
    '1600?',
  ]);
  expect(told([left(0, 500, ofOne), left(700, 500, ofOne), answered(1300, ofOne)])).toEqual(['0 700 1300']);
  expect(told([left(0, 900, ofOne), left(700, 500, { ...ofOne, declared: 1 })])).toEqual(['0', '700']);
});

test('within one trace, what is alike goes on only with what failed, and with one of several with none', () => {
  const id = { traceId: 't' };
  expect(told([answered(0, id), answered(10, id)])).toEqual(['0', '10']);
  expect(told([left(0, 5, id), left(1, 5, id), answered(20, id)])).toEqual(['0?', '1?', '20?']);
});

test('an attempt that ends as it comes follows nobody, itself least', () => {
  expect(told([left(0, 0), left(0, 0)]).length).toBeGreaterThan(0);
});

test('every attempt is in one trace, and traces are in order', () => {
  const attempts = fc.array(
    fc.record({
      at: fc.nat(500),
      took: fc.nat(80),
      how: fc.nat(2),
      key: fc.constantFrom(null, 'a', 'b'),
      same: fc.nat(2),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(attempts, (given) => {
      const all = given
        .map(({ at, took, how, key, same }, n) => {
          const about = { idempotencyKey: key, fingerprint: `f${same}`, requestId: `r${n}` };
          return how === 0 ? answered(at, about) : how === 1 ? left(at, took, about) : refused(at, about);
        })
        .sort((a, b) => a.at - b.at);
      const traces = [...arrivalsOf(all).traces];
      expect(traces.flatMap((trace) => trace.attempts.map(({ requestId }) => requestId)).sort()).toEqual(
        all.map(({ requestId }) => requestId).sort(),
      );
      const firsts = traces.map(({ attempts: [first] }) => first.at);
      expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    }),
  );
});

test('fifty buyers who read one seat map and try nothing again never fail, whenever they come', () => {
  const buyers = fc.record({
    calm: fc.array(fc.nat(20_000), { maxLength: 100 }),
    fault: fc.array(fc.record({ at: fc.nat(30_000), isHit: fc.boolean() }), { minLength: 50, maxLength: 200 }),
    how: fc.constantFrom('hang', 'busy', 'told when'),
    patience: fc.nat(3000),
  });
  fc.assert(
    fc.property(buyers, ({ calm, fault, how, patience }) => {
      const failed = (at: number): Attempt => {
        if (how === 'hang') return left(at, patience, SEAT_MAP);
        return refused(at, { ...SEAT_MAP, retryAfterMs: how === 'busy' ? null : 4000 });
      };
      const attempts = [
        ...calm.map((at) => answered(at, SEAT_MAP)),
        ...fault.map(({ at, isHit }) => (isHit ? failed(20_000 + at) : answered(20_000 + at, SEAT_MAP))),
      ];
      const evidence = evidenceOf({ attempts, faults: [{ from: 20_000, to: 50_000 }] });
      const of = caseOf(evidence);
      const verdictOf = (criterion: Criterion): string => criterion.judge(of, criterion.thresholds.parse({})).verdict;
      expect([retryAfter, backoffGrowth, jitter].map(verdictOf)).toEqual(['no-data', 'no-data', 'no-data']);
      expect(['no-data', 'warn']).toContain(verdictOf(retryAmplification)); // so many may look like retries
    }),
    { numRuns: 200 },
  );
});
