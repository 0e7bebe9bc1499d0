// Attempts belong together by what names them; by likeness alone only where there is no other that could be meant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAmplification } from '../../src/scorecard/criteria/retry-amplification.ts';
import type { Attempt } from '../../src/scorecard/evidence.ts';
import { tracesOf, WINDOW_MS } from '../../src/scorecard/trace.ts';
import { answered, evidenceOf, left, refused } from '../support/virtual-client.ts';

/** As times of arrival, with `?` where it is unsure. */
const told = (attempts: readonly Attempt[]): string[] =>
  tracesOf(attempts).map(
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

test('a read that everybody makes alike goes on with nobody, unless it comes much sooner than it would anyway', () => {
  expect(told([refused(0, SEAT_MAP), answered(10, SEAT_MAP)])).toEqual(['0?', '10?']);
  const calm = Array.from({ length: 12 }, (_, n) => answered(n * 1000, SEAT_MAP));
  const traces = told([...calm, refused(20_000, SEAT_MAP), refused(20_100, SEAT_MAP), refused(20_900, SEAT_MAP)]);
  expect(traces.slice(-2)).toEqual(['20000 20100?', '20900?']);
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
      const traces = tracesOf(all);
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
    calm: fc.array(fc.nat(20_000), { maxLength: 40 }),
    fault: fc.array(fc.nat(30_000), { minLength: 50, maxLength: 50 }),
    patience: fc.nat(8000),
  });
  fc.assert(
    fc.property(buyers, ({ calm, fault, patience }) => {
      const attempts = [
        ...calm.map((at) => answered(at, SEAT_MAP)),
        ...fault.map((at) => left(20_000 + at, patience, SEAT_MAP)),
      ];
      const evidence = evidenceOf({ attempts, faults: [{ from: 20_000, to: 50_000 }] });
      const { verdict } = retryAmplification.judge(
        { evidence, traces: tracesOf(evidence.attempts) },
        retryAmplification.thresholds.parse({}),
      );
      expect(verdict).not.toBe('fail');
    }),
    { numRuns: 300 },
  );
});
