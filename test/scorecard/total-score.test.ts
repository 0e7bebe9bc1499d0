// All of a scorecard as one number.
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/scorecard/criterion.ts';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { scoreClient } from '../../src/scorecard/score.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { totalScoreOf } from '../../src/scorecard/total-score.ts';
import { evidenceOf } from '../support/virtual-client.ts';

const { criteria: ROWS } = scoreClient(evidenceOf({}), thresholdsOf());

const scored = (verdicts: Readonly<Record<string, Verdict>>, gate: Verdict = 'pass') =>
  totalScoreOf({ gate, criteria: ROWS.map((row) => ({ ...row, verdict: verdicts[row.name] ?? 'no-data' })) });

const ALL = {
  'client-timeout': 'pass',
  concurrency: 'pass',
  'retry-amplification': 'pass',
  'breaker-opening': 'pass',
} as const;

test('it is the mean by weight of what had data', () => {
  expect(scored(ALL)).toEqual({ points: 100, weight: 100 });
  expect(scored({ ...ALL, 'client-timeout': 'warn' })).toEqual({ points: 85, weight: 100 });
  expect(scored({ ...ALL, 'breaker-opening': 'fail' })).toEqual({ points: 80, weight: 100 });
  expect(scored({ ...ALL, 'breaker-opening': 'no-data', concurrency: 'fail' })).toEqual({ points: 68.75, weight: 80 });
});

test('of less than half of the weight there is none', () => {
  expect(scored({ 'client-timeout': 'pass' })).toEqual({ points: null, weight: 30 });
  expect(scored({})).toEqual({ points: null, weight: 0 });
  expect(scored({ concurrency: 'pass', 'retry-amplification': 'warn' })).toEqual({ points: 75, weight: 50 });
});

test('who fails the gate has nothing, however well it behaves; others are not counted', () => {
  expect(scored(ALL, 'fail')).toEqual({ points: 0, weight: 100 });
  expect(scored({ ...ALL, recovery: 'fail', jitter: 'fail' })).toEqual({ points: 100, weight: 100 });
});

test('each that counts is a criterion', () => {
  expect(CRITERIA.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(ALL)));
});
