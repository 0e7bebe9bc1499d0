// Methods that a match may name are those that a request can have.
import { METHODS as PARSED } from 'node:http';
import { expect, test } from 'vitest';
import { METHODS, methodMistake } from '../../src/base/methods.ts';

test('they are the ones that Node parses', () => {
  expect([...METHODS].sort()).toEqual([...PARSED].sort());
});

test.each(['GET', 'get', 'Post', 'M-SEARCH'])('%s is one, in any case of letters', (method) => {
  expect(methodMistake(method)).toBeUndefined();
});

test.each([
  ['GTE', /got "GTE"; did you mean GET\?/],
  ['DELTE', /did you mean DELETE\?/],
  ['reserveSeats', /such as GET, POST/],
  ['', /must be an HTTP method/],
])('%j is none', (method, why) => {
  expect(methodMistake(method)).toMatch(why);
});
