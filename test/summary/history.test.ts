// The summaries before, bounded in seconds and in characters.
import { expect, test } from 'vitest';
import { History } from '../../src/summary/history.ts';

test('keeps so many seconds, the oldest first', () => {
  const history = new History({ maxSeconds: 3, maxChars: 1000 });
  for (const head of ['a', 'b', 'c', 'd']) history.add({ head, rest: '!' });
  expect([...history.texts()]).toEqual(['b!', 'c!', 'd!']);
});

test('what stays the same is counted once, and never more than the bound is kept', () => {
  const history = new History({ maxSeconds: 300, maxChars: 100 });
  for (let second = 0; second < 40; second++) history.add({ head: 'h', rest: 'r'.repeat(50) });
  expect([history.seconds, history.chars]).toEqual([40, 90]);
  for (let second = 0; second < 40; second++) {
    history.add({ head: 'h', rest: String(second).padStart(40) });
    expect(history.chars).toBeLessThanOrEqual(100);
  }
  expect([history.seconds, history.chars]).toEqual([2, 82]);
  history.forget();
  expect([history.seconds, history.chars]).toEqual([0, 0]);
});
