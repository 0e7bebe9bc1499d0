// A file of thresholds: what is not set is as published, and what does not exist is named.
import { expect, test } from 'vitest';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { thresholdsFile, thresholdsOf } from '../../src/scorecard/thresholds.ts';

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
