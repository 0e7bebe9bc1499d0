// The limit on open files: how it is read, and how many are needed to begin at all.
import { expect, test } from 'vitest';
import { parseLimit } from '../../src/config/open-files.ts';
import { type ConfigError, readConfig } from '../../src/config.ts';

test('the limit on open files is read as the kernel shows it', () => {
  expect(parseLimit('Max open files            20000                524288               files')).toBe(20_000);
  expect(parseLimit('Max open files            unlimited            unlimited            files')).toBe(1_000_000);
  expect(parseLimit('')).toBe(1024);
});

test('too few open files for admin and a few connections are refused, and it is said how many are needed', () => {
  const refusals = (files: number, flags = {}) => {
    try {
      readConfig(flags, {}, { openFileLimit: () => files, randomSeed: () => 7 });
      return [];
    } catch (error) {
      return (error as ConfigError).mistakes;
    }
  };
  for (const files of [64, 256, 257, 319])
    expect(refusals(files)).toEqual([
      expect.stringMatching(new RegExp(`^${files} open files are too few: at least 320 are needed.*ulimit -n`)),
    ]);
  expect(refusals(320)).toEqual([]);
  expect(refusals(265, { maxConnections: 10 })).toEqual([expect.stringContaining('at least 266 are needed')]);
  expect(refusals(266, { maxConnections: 10 })).toEqual([]);
  expect(refusals(1024, { maxConnections: 769 })).toEqual([expect.stringContaining('ulimit -n 1025')]);
});
