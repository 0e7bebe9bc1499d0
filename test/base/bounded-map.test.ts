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
