// After how long a client leaves, where it is the same time again and again.
import { expect, test } from 'vitest';
import { LeaveTimes } from '../../src/summary/leave-times.ts';

function told(...all: readonly number[]): number | null {
  const times = new LeaveTimes();
  for (const ms of all) times.add(ms);
  return times.timeoutMs;
}

test('five that agree within five per cent are a time-out, four are none', () => {
  expect(told(3000, 3010, 3005, 3002, 9000, 120)).toBeNull();
  expect(told(3000, 3010, 3005, 3002, 9000, 120, 3100)).toBe(3005);
});

test('times that differ are none', () => {
  expect(told(1000, 1200, 1440, 1730, 2070, 2490, 2990)).toBeNull();
});

test('a client that was given another time-out is told by the newer', () => {
  expect(told(...Array(20).fill(3000), ...Array(20).fill(5000))).toBe(5000);
});
