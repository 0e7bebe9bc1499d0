// One client judged by every criterion, and what its gate says.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { caseOf } from '../../src/scorecard/case.ts';
import type { LeftOut } from '../../src/scorecard/evidence.ts';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { scoreClient } from '../../src/scorecard/score.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { evidenceOf, many } from '../support/evidence.ts';
import { DELAYS, left, played } from '../support/virtual-client.ts';

const FILES = readdirSync(new URL('../../src/scorecard/criteria', import.meta.url));
const PLAYED = { demand: 20, calmMs: 30_000, faultMs: 60_000, healedMs: 30_000, timeoutMs: 1000, attempts: 4 };

test('every file of a criterion is in the registry under its name, once', () => {
  expect(CRITERIA.map(({ name }) => `${name}.ts`).sort()).toEqual(FILES.sort());
});

test('each that counts has a weight of its own, and what is only told has none', () => {
  const weights = CRITERIA.filter(({ counts }) => counts !== 'told').map(({ weight }) => weight);
  expect(Math.min(...weights)).toBeGreaterThan(0);
  expect(new Set(weights).size).toBe(weights.length);
  expect(CRITERIA.filter(({ counts }) => counts === 'told').every(({ weight }) => weight === 0)).toBe(true);
});

test('a client without traffic gets no data everywhere, and no gate', () => {
  const { gate, criteria } = scoreClient(evidenceOf(), thresholdsOf());
  expect(gate).toBe('no-data');
  expect(criteria.map(({ name }) => name)).toEqual(CRITERIA.map(({ name }) => name));
  for (const row of criteria)
    expect({ ...row, advice: '' }).toMatchObject({ verdict: 'no-data', figure: null, evidence: [], name: row.name });
});

test('each row says what it is held against, and why', () => {
  for (const { name, threshold, source, advice, unit } of scoreClient(evidenceOf(), thresholdsOf()).criteria)
    for (const text of [threshold, source, advice, unit]) expect(`${name}: ${text}`).toMatch(/: ./);
});

test('thresholds that are set decide, and are told', () => {
  const evidence = played({ ...PLAYED, seed: 1, delay: DELAYS.full(300) });
  const row = (thresholds = thresholdsOf()) =>
    scoreClient(evidence, thresholds).criteria.find(({ name }) => name === 'retry-amplification');
  expect(row()).toMatchObject({ verdict: 'fail', threshold: 'at most 1.2, warns up to 2' });
  expect(row(thresholdsOf({ 'retry-amplification': { pass: 5, warn: 6 } }))).toMatchObject({
    ...{ verdict: 'pass', threshold: 'at most 5, warns up to 6' },
  });
});

test('what several criteria read from the evidence is found once', () => {
  const of = caseOf(played({ ...PLAYED, seed: 1, delay: DELAYS.full(300) }));
  expect(of.timeout).toBeDefined();
  for (const name of ['traces', 'sales', 'timeout', 'delays'] as const) expect(of[name]).toBe(of[name]);
});

test('the same evidence gives the same scorecard, to the last digit', () => {
  const score = () => scoreClient(played({ ...PLAYED, seed: 7, delay: DELAYS.full(300) }), thresholdsOf());
  expect(score()).toEqual(score());
});

test('what is not in the record is told with what had no room for it, and nobody is advised to enlarge the journal', () => {
  const attempts = many(30, (n) => left(n * 100, 2000));
  const unsure = (leftOut: LeftOut, evicted = 0): string | undefined =>
    scoreClient(evidenceOf({ attempts, evicted, leftOut }), thresholdsOf()).criteria.find(
      ({ name }) => name === 'client-timeout',
    )?.unsure;
  expect(unsure({ count: 7, from: 'file' })).toMatch(
    /^7 lines, which may have shown more, are not in the record, since its disk was full, or slower/,
  );
  expect(unsure({ count: 7, from: 'memory' })).toMatch(
    /^7 lines.* kept in memory and was full; with SHOWSTOPPER_DATA_DIR/,
  );
  expect(unsure({ count: 7, from: null })).toBe(
    '7 lines, which may have shown more, are not in the record, since there was no room for them',
  );
  expect(unsure({ count: 0, from: null })).toBeUndefined();
  for (const from of ['file', 'memory', null] as const) expect(unsure({ count: 7, from })).not.toContain('JOURNAL_MAX');
  expect(unsure({ count: 7, from: 'file' }, 3)).toMatch(
    /^3 entries had left the journal.*JOURNAL_MAX.*; 7 lines.* are not in/,
  );
});

test('what had left the journal makes all unsure, also what there is no data of any more', () => {
  const attempts = many(30, (n) => left(n * 100, 2000));
  const { criteria } = scoreClient(evidenceOf({ attempts, evicted: 12 }), thresholdsOf());
  const unsure = criteria.filter((row) => row.unsure?.startsWith('12 entries')).map(({ name }) => name);
  expect(criteria.map(({ verdict }) => verdict)).toContain('no-data');
  expect(unsure).toEqual(criteria.map(({ name }) => name));
});
