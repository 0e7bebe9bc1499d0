// When rules were in force is remembered until the reset, for as many as are kept.
import { expect, test } from 'vitest';
import { FaultTimes, MAX_TIMES } from '../../src/director/fault-times.ts';
import type { ArmedRule } from '../../src/faults/armed-rule.ts';

const rule = (clientsNamed: string[] = [], maxShare = 1): ArmedRule =>
  ({ clientsNamed, maxShare }) as unknown as ArmedRule;

test('a rule was in force from when it began until it ended, or is so now', () => {
  const times = new FaultTimes();
  const [ended, stands] = [rule(), rule(['shop'])];
  times.begin([ended, stands], 10);
  times.end([ended], 30);
  expect(times.list(50)).toEqual([
    { from: 10, to: 30, clients: [] },
    { from: 10, to: 50, clients: ['shop'] },
  ]);
});

test('a rule that strikes nobody is none, and a reset forgets', () => {
  const times = new FaultTimes();
  times.begin([rule([], 0)], 10);
  expect(times.list(50)).toEqual([]);
  times.begin([rule()], 20);
  times.forget();
  expect(times.list(50)).toEqual([]);
});

test('of more than are kept, those that have ended make room, and none that is in force', () => {
  const times = new FaultTimes();
  const stands = rule();
  times.begin([stands], 0);
  for (let at = 1; at <= MAX_TIMES + 10; at++) {
    const short = rule();
    times.begin([short], at);
    times.end([short], at);
  }
  const list = times.list(5000);
  expect(list).toHaveLength(MAX_TIMES);
  expect(list[0]).toEqual({ from: 0, to: 5000, clients: [] });
});
