// The known name that was meant: the one with the fewest edits, if they are few.
import { expect, test } from 'vitest';
import { nearest } from '../../src/base/nearest.ts';

test('names the one with the fewest edits, and the first of several', () => {
  expect(nearest('latncy', ['lost-reply', 'latency', 'latencies'])).toBe('latency');
  expect(nearest('kit', ['kitten', 'sit', 'bit'])).toBe('sit');
});

test('names none where two edits, or a third of the name, are too few', () => {
  expect(nearest('abc', ['axy'])).toBe('axy');
  expect(nearest('abc', ['xyz'])).toBeUndefined();
  expect(nearest('ABCDEFGHI', ['abcDEFGHI'])).toBe('abcDEFGHI');
  expect(nearest('ABCDEFGHI', ['abcdEFGHI'])).toBeUndefined();
});

test('the caller may say how many edits are too many', () => {
  expect(nearest('abc', ['abd'], 1)).toBeUndefined();
  expect(nearest('abc', ['xyz'], Number.POSITIVE_INFINITY)).toBe('xyz');
});

test('looks at no name longer than 64 characters, and at the first 2,000', () => {
  const long = 'x'.repeat(65);
  expect(nearest(long, [long])).toBeUndefined();
  expect(nearest('x'.repeat(64), [long])).toBeUndefined();
  const many = Array.from({ length: 2000 }, () => 'something-else');
  expect(nearest('latency', [...many.slice(1), 'latency'])).toBe('latency');
  expect(nearest('latency', [...many, 'latency'])).toBeUndefined();
});
