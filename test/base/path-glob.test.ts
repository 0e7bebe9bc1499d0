// Globs: what they fit is held by test/journal; here, that no pattern and no path takes long.
import { expect, test } from 'vitest';
import { compileGlob, MAX_GLOB_LENGTH, pathFits } from '../../src/base/path-glob.ts';
import { cpuMsOf } from '../support/cpu-time.ts';

/** Longest path that fits into the head of a request. */
const MAX_PATH = 16_000;

const within = (pattern: string): string => pattern.slice(0, MAX_GLOB_LENGTH);

test.each([
  ['a star that crosses segments, then many that do not', within(`/**${'a*'.repeat(100)}b`)],
  ['only stars that cross segments', within(`${'**a'.repeat(66)}b`)],
  ['as many segments as fit', within(`/**${'/*'.repeat(98)}x`)],
  ['each letter twice', within(`**${'aa*'.repeat(65)}b`)],
])('%s: the longest path takes some milliseconds', (_what, pattern) => {
  const fits = compileGlob(pattern);
  for (const path of [`/${'a'.repeat(MAX_PATH)}`, '/a'.repeat(MAX_PATH / 2), `/${'ab'.repeat(MAX_PATH / 2)}c`])
    expect(cpuMsOf(() => fits(path))).toBeLessThan(50);
});

test('a path of twice the length takes no more than twice the steps', () => {
  const fits = compileGlob(within(`/**${'a*'.repeat(100)}b`));
  const [once, fourTimes] = [4000, 16_000].map((length) => {
    const path = `/${'a'.repeat(length)}`;
    return cpuMsOf(() => {
      for (let i = 0; i < 20; i++) fits(path);
    });
  });
  expect(fourTimes).toBeLessThan(Math.max(1, once as number) * 4 * 3); // three times as slow for a busy machine
});

test.each([
  [`/v1/${'a'.repeat(60)}*`, `/v1/${'a'.repeat(61)}`, true],
  [`/${'a'.repeat(31)}*${'b'.repeat(40)}`, `/${'a'.repeat(31)}xyz${'b'.repeat(40)}`, true],
  [`/${'a'.repeat(31)}*${'b'.repeat(40)}`, `/${'a'.repeat(31)}x/z${'b'.repeat(40)}`, false],
  [`**${'ab/'.repeat(21)}**z`, `x${'ab/'.repeat(21)}/1/2/z`, true],
  ['/***', '/a/b', true],
])('%s across a word of 32 places on %s is %s', (pattern, path, fits) => {
  expect(pathFits(pattern, path)).toBe(fits);
});
