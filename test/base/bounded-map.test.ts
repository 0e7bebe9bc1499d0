// A bounded map: the oldest makes room, and a key set again is no longer old.
import { expect, test } from 'vitest';
import { BoundedMap } from '../../src/base/bounded-map.ts';

test('what was put in longest ago makes room', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  map.set('c', 4);
  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([3, undefined, 4, 2]);
});

test('so does what was put in longest ago for what takes more room; what takes too much by itself is not kept', () => {
  const map = new BoundedMap<string, number>({ maxEntries: 10, maxBytes: 100 });
  map.set('a', 1, 40);
  map.set('b', 2, 40);
  map.set('c', 3, 50);
  map.set('d', 4, 101);
  expect([map.get('a'), map.get('b'), map.get('c'), map.get('d')]).toEqual([undefined, 2, 3, undefined]);
  map.set('b', 5, 10);
  map.delete('c');
  map.set('e', 6, 90);
  expect([map.get('b'), map.get('e'), map.size]).toEqual([5, 6, 2]);
});
