// Reads that name nobody: a loop is seen, and warned of; buyers who come as they did before are left alone, and nobody fails.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponential, randomStream } from '../../src/base/random-stream.ts';
import { anonymousReads } from '../../src/scorecard/anonymous-reads.ts';
import { caseOf } from '../../src/scorecard/case.ts';
import { retryAmplification } from '../../src/scorecard/criteria/retry-amplification.ts';
import type { Finding } from '../../src/scorecard/criterion.ts';
import type { Attempt } from '../../src/scorecard/evidence.ts';
import { judged, many } from '../support/evidence.ts';
import { answered, evidenceOf, left, refused } from '../support/virtual-client.ts';

const SEAT_MAP = {
  ...{ operation: 'getSeatMap', method: 'GET', fingerprint: 'GET /v1/sessions/s/seat-map', session: 's' },
};
const CALM_MS = 20_000;
const FAULT = { from: CALM_MS, to: 50_000 };

const told = (attempts: readonly Attempt[]): Finding => judged(retryAmplification, { attempts, faults: [FAULT] });

/** One buyer a second, and nothing is wrong. */
const calm = many(20, (n) => answered(n * 1000, SEAT_MAP));

/** Reads again 2 ms after each failure, which takes 5 ms. */
const loop = (count: number, about: Partial<Attempt> = {}): Attempt[] =>
  many(count, (n) => refused(CALM_MS + n * 7, { ...SEAT_MAP, requestId: `loop-${n}`, ...about }));

/** Strangers at random, so many a second, all of whom fail. */
function strangers(perSecond: number, seed: number): Attempt[] {
  const draw = randomStream(seed, 'strangers');
  const all: Attempt[] = [];
  for (let at = 0; at < FAULT.to; at += (1000 / perSecond) * exponential(draw))
    all.push(at < CALM_MS ? answered(Math.round(at), SEAT_MAP) : refused(Math.round(at), SEAT_MAP));
  return all;
}

test('a client that reads again in a loop as long as it fails is warned, and shown its reads', () => {
  const finding = told([...calm, ...loop(200)]);
  expect(finding).toMatchObject({ verdict: 'warn', n: 200, figure: null });
  expect(finding.advice).toContain('199 reads that name nobody came right after one of 200 that had failed');
  expect(finding.more?.anonymousReads).toBeCloseTo(200);
  expect(finding.evidence).toContain('loop-1');
});

test('so is one that gives up waiting, and reads again at once', () => {
  const attempts = many(30, (n) => left(CALM_MS + n * 1001, 1000, SEAT_MAP));
  expect(told([...calm, ...attempts]).verdict).toBe('warn');
});

test('and one that nobody saw before, if it comes without any delay', () => {
  expect(judged(retryAmplification, { attempts: loop(50), faults: [FAULT] }).verdict).toBe('warn');
  const later = many(50, (n) => refused(CALM_MS + n * 200, SEAT_MAP));
  expect(judged(retryAmplification, { attempts: later, faults: [FAULT] }).verdict).toBe('no-data');
});

test('it is no more than a warning beside operations that pass, and changes nothing about those that fail', () => {
  const named = (tries: number) =>
    many(30, (n) => many(tries, (k) => refused(CALM_MS + n * 500 + k * 90, { idempotencyKey: `k${n}` }))).flat();
  expect(told([...calm, ...named(1), ...loop(25)])).toMatchObject({ verdict: 'warn', n: 30, figure: 1 });
  expect(told([...calm, ...named(4), ...loop(25)])).toMatchObject({ verdict: 'fail', n: 30, figure: 4 });
});

test('buyers who come at random as often as in the calm are not warned, however often that is', () => {
  const isWarned = (perSecond: number, seed: number): boolean => told(strangers(perSecond, seed)).verdict !== 'no-data';
  const warned = [1, 5, 20].flatMap((perSecond) =>
    many(60, (seed) => seed).filter((seed) => isWarned(perSecond, seed)),
  );
  expect(warned).toEqual([]);
});

test('nor are those of a load generator that keeps its pace', () => {
  const paced = (ms: number) =>
    many(Math.floor(FAULT.to / ms), (n) => (n * ms < CALM_MS ? answered : refused)(n * ms, SEAT_MAP));
  expect([50, 6].map((ms) => told(paced(ms)).verdict)).toEqual(['no-data', 'no-data']);
});

test('nor are those who come together, as each second, whether or not they were seen doing so in the calm', () => {
  const draw = randomStream(7, 'together');
  const together = (from: number, answer: (at: number, about: Partial<Attempt>) => Attempt) =>
    many(10, (second) => many(50, () => answer(from + second * 1000 + Math.floor(60 * draw()), SEAT_MAP))).flat();
  const brief = (at: number, about: Partial<Attempt>) =>
    refused(at, { ...about, firstByteAt: at + 1, endedAt: at + 1 });
  const under = together(CALM_MS, brief);
  expect(told([...together(0, answered), ...under]).verdict).toBe('no-data');
  expect(told(under).verdict).toBe('no-data');
});

test('a loop is told among buyers who come as they did before', () => {
  const again = strangers(20, 3).flatMap((read) =>
    read.at < CALM_MS ? [read] : many(3, (k) => refused(read.at + k * 7, SEAT_MAP)),
  );
  const finding = told(again);
  expect(finding.verdict).toBe('warn');
  expect(finding.more?.anonymousReads).toBeGreaterThan(2.5);
  expect(finding.more?.anonymousReads).toBeLessThan(3.5);
});

test('strangers who come one after another, soon or late, never fail', () => {
  const gaps = fc.array(fc.nat(500), { minLength: 20, maxLength: 100 });
  fc.assert(
    fc.property(gaps, fc.boolean(), (after, isSeen) => {
      let at = CALM_MS;
      const one = (gap: number): Attempt => {
        at += 5 + gap;
        return refused(at, SEAT_MAP);
      };
      expect(told([...(isSeen ? calm : []), ...after.map(one)]).verdict).not.toBe('fail');
    }),
  );
});

test('who says which attempt it is, or whose, is judged by that', () => {
  for (const about of [{ declared: 2 }, { traceId: 't' }, { idempotencyKey: 'k' }, { order: 'o' }])
    expect(anonymousReads(caseOf(evidenceOf({ attempts: loop(50, about), faults: [FAULT] })))).toBeUndefined();
});
