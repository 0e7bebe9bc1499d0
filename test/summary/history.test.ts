// The summaries before, bounded in seconds and in the bytes that a reader is sent.
import { expect, test } from 'vitest';
import { History } from '../../src/summary/history.ts';

test('keeps so many seconds, the oldest first', () => {
  const history = new History({ maxSeconds: 3, maxBytes: 1000 });
  for (const head of ['a', 'b', 'c', 'd']) history.add({ head, rest: '!' });
  expect([...history.texts()]).toEqual(['b!', 'c!', 'd!']);
});

test('what is sent never takes more than the bound, in bytes, whether it changes or stays the same', () => {
  const history = new History({ maxSeconds: 300, maxBytes: 100 });
  const sent = (): number => Buffer.byteLength([...history.texts()].join(','));
  for (let second = 0; second < 40; second++) {
    history.add({ head: String(second).padStart(2), rest: 'ژ'.repeat(10) });
    expect(sent()).toBeLessThanOrEqual(100);
  }
  expect([history.seconds, history.bytes]).toEqual([4, 92]);
  expect([...history.texts()].map((text) => text.slice(0, 2))).toEqual(['36', '37', '38', '39']);
  for (let second = 0; second < 40; second++) {
    history.add({ head: 'h', rest: String(second).padStart(40) });
    expect(sent()).toBeLessThanOrEqual(100);
  }
  expect([history.seconds, history.bytes]).toEqual([2, 84]);
  history.forget();
  expect([history.seconds, history.bytes]).toEqual([0, 0]);
});

test('a second that is too long by itself is not kept, and those after it are', () => {
  const history = new History({ maxSeconds: 300, maxBytes: 10 });
  history.add({ head: 'h', rest: 'r'.repeat(10) });
  expect(history.bytes).toBe(0);
  history.add({ head: 'h', rest: 'r' });
  expect([...history.texts()]).toEqual(['hr']);
});
