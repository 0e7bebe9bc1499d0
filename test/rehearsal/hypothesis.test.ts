// What a bound says of a figure that is not there, or that is only known from below.
import { describe, expect, test } from 'vitest';
import type { Condition } from '../../src/rehearsal/condition.ts';
import { judgeHypothesis, type Scores } from '../../src/rehearsal/hypothesis.ts';

type Row = Scores['criteria'][number];

const ROW: Row = { name: 'recovery', verdict: 'pass', figure: 10, n: 40, advice: 'It is so.', evidence: [] };
const CONDITION: Condition = {
  ...{ metric: 'recovery', unit: 's', client: null, phase: null },
  ...{ min: null, max: null, verdict: null, noData: 'fail' },
};

const judged = (condition: Partial<Condition>, row: Partial<Row>) =>
  judgeHypothesis([{ ...CONDITION, ...condition }], () => [{ client: 'shop', criteria: [{ ...ROW, ...row }] }], {
    isAborted: false,
  })[0];

describe('a figure that is known from below only', () => {
  const row = { verdict: 'warn', figure: 40, isLowerBound: true } as const;

  test.each([
    [{ max: 60 }, 'unproven'],
    [{ max: 40 }, 'unproven'],
    [{ max: 39 }, 'unmet'],
    [{ min: 40 }, 'met'],
    [{ min: 41 }, 'unproven'],
    [{ min: 30, max: 60 }, 'unproven'],
    [{ max: 60, verdict: 'pass' }, 'unmet'],
    [{ verdict: 'warn' }, 'met'],
  ] as const)('%o is %s', (condition, outcome) => {
    expect(judged(condition, row)).toMatchObject({ outcome, holds: outcome === 'met' });
  });

  test('holds where no data may be', () => {
    expect(judged({ max: 60, noData: 'allow' }, row)).toMatchObject({ outcome: 'unproven', holds: true });
  });
});

describe('what has a verdict and no figure', () => {
  test('is unmet where it fails, whatever the bound and whether or not no data may be', () => {
    const row = { verdict: 'fail', figure: null } as const;
    expect(judged({ max: 5, noData: 'allow' }, row)).toMatchObject({ outcome: 'unmet', holds: false });
    expect(judged({ min: 5, noData: 'allow' }, row)?.why).toContain('It is so.');
  });

  test('is unproven where it does not', () => {
    expect(judged({ max: 5 }, { verdict: 'pass', figure: null })).toMatchObject({ outcome: 'unproven' });
    expect(judged({ verdict: 'pass' }, { verdict: 'pass', figure: null })).toMatchObject({ outcome: 'met' });
  });
});

test('what is met by what may be wrong is met, and says so in its place', () => {
  const unsure = '5 entries had left the journal';
  expect(judged({ max: 60 }, { unsure })).toMatchObject({
    ...{ outcome: 'met', holds: true, why: 'met, though unsure: 5 entries had left the journal' },
  });
  expect(judged({ max: 5 }, { unsure })?.why).toBe('10 s is above 5 s');
  expect(judged({ max: 60 }, {})?.why).toBe('It is so.');
});
