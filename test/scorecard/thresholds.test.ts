// A file of thresholds: what is not set is as published, and what does not exist is named.
import { expect, test } from 'vitest';
import { readDocument } from '../../src/base/document.ts';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { thresholdsFile, thresholdsOf, thresholdsRecorded, writtenThresholds } from '../../src/scorecard/thresholds.ts';

const mistakes = (file: object): string => JSON.stringify(thresholdsFile.safeParse(file).error?.issues);

test('what is set replaces what is published, and nothing else', () => {
  const set = thresholdsOf(thresholdsFile.parse({ 'retry-amplification': { pass: 1.5 } }));
  expect(set['retry-amplification']).toEqual({ pass: 1.5, warn: 2 });
  expect({ ...set, 'retry-amplification': undefined }).toEqual({ ...thresholdsOf(), 'retry-amplification': undefined });
});

test('every criterion has its published thresholds, and each says what it is', () => {
  expect(Object.keys(thresholdsOf())).toEqual(CRITERIA.map(({ name }) => name));
  for (const { thresholds } of CRITERIA)
    for (const threshold of Object.values(thresholds.shape)) expect(threshold.description).toBeTruthy();
});

test('an unknown criterion, an unknown threshold and a wrong value are named', () => {
  expect(mistakes({ 'retry-amplificaton': { pass: 1 } })).toContain('retry-amplificaton');
  expect(mistakes({ 'retry-amplification': { most: 1 } })).toContain('most');
  expect(mistakes({ 'retry-amplification': { pass: 'two' } })).toContain('"path":["retry-amplification","pass"]');
  expect(mistakes({ 'retry-amplification': { pass: -1 } })).toContain('pass');
});

test.each([
  [{ recovery: { pass: 400, warn: 10 } }, 'at most warn, which is 10, got 400'],
  [{ recovery: { pass: 400 } }, 'at most warn, which is 300 unless it is set, got 400'],
  [{ 'idempotency-keys': { pass: 0.9 } }, 'at most pass, which is 0.9, got 1 unless it is set'],
  [{ jitter: { pass: 0.01, fail: 0.5 } }, 'at most pass, which is 0.01, got 0.5'],
  [{ 'retry-after': { warn: 0.999 } }, 'at most pass, which is 0.99 unless it is set, got 0.999'],
  [{ 'half-open-probes': { from: 130 } }, 'at most to, which is 120 unless it is set, got 130'],
])('%j contradicts itself, and could not act', (file, why) => {
  expect(mistakes(file)).toContain(why);
});

test('those of a record count as far as this version knows them, and the others are as published', () => {
  const own = { ...thresholdsOf(), recovery: { pass: 30, warn: 90 } };
  expect(thresholdsRecorded(JSON.parse(JSON.stringify(own)))).toEqual(own);
  const other = { recovery: { pass: 30, warn: 90 }, jitter: { most: 'odd' }, 'criterion-of-tomorrow': { pass: 1 } };
  expect(thresholdsRecorded(other)).toEqual({ ...thresholdsOf(), recovery: { pass: 30, warn: 90 } });
  for (const odd of [null, undefined, 7, 'x', []]) expect(thresholdsRecorded(odd)).toEqual(thresholdsOf());
});

test('written as a file, they read as the same, and published ones take no line', () => {
  expect(writtenThresholds(thresholdsOf())).toBe('');
  const own = thresholdsOf({ recovery: { pass: 30 }, 'retry-amplification': { pass: 1.5, warn: 3 } });
  const text = writtenThresholds(own);
  expect(text).toContain('recovery: { pass: 30 }\n');
  const read = readDocument(text, thresholdsFile, 'thresholds.yaml');
  expect('mistakes' in read ? read.mistakes : thresholdsOf(read.value)).toEqual(own);
});
