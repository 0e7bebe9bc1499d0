// How figures and bounds are written in a report.
import { expect, test } from 'vitest';
import { boundWords, figureWords } from '../../../src/rehearsal/report/words.ts';

test.each([
  [8476, 'count', '8476'],
  [1001.3, 'ms', '1001 ms'],
  [0.16342, 's', '0.163 s'],
  [12.345, 'ratio', '12.3'],
  [0.99949, 'share', '99.9 %'],
  [0.99962, 'share', '99.96 %'],
  [0.99999, 'share', '99.999 %'],
  [1, 'share', '100 %'],
  [0, 'share', '0 %'],
  [null, 's', '–'],
] as const)('%d %s is %s: whole numbers are never cut, and less than all is never 100 %', (figure, unit, words) => {
  expect(figureWords(figure, unit)).toBe(words);
});

test('a bound is what was written', () => {
  const bound = (max: number, unit: 'ms' | 'share') =>
    boundWords({
      ...{ metric: 'client-timeout', unit, client: null, phase: null, min: null, max, verdict: null, noData: 'fail' },
      ...{ outcome: 'met', holds: true, of: null, figure: null, n: 0, why: '', evidence: [] },
    });
  expect(bound(1001, 'ms')).toBe('at most 1001 ms');
  expect(bound(0.12345, 'share')).toBe('at most 12.345 %');
});
