// What the address of the house asks for, how clients are marked, what the form of a world means, and where a world is reached.
import { expect, test } from 'vitest';
import { houseQueryOf } from '../../src/dashboard/page/panels/house/house-query.ts';
import { Marks } from '../../src/dashboard/page/panels/house/marks.ts';
import { EMPTY_FORM, worldBodyOf } from '../../src/dashboard/page/panels/worlds/world-form.ts';

test('the house asks for sessions with taken seats alone, unless its address says otherwise', () => {
  expect(houseQueryOf({})).toEqual({ limit: 50, touched: true });
  expect(houseQueryOf({ all: 'yes', find: 'glass', cursor: '50', session: 's1' })).toEqual({
    ...{ limit: 50, find: 'glass', cursor: '50' },
  });
});

test('a client keeps its mark, whoever comes after it, and those beyond the alphabet share one', () => {
  const marks = new Marks();
  const first = marks.of('a');
  expect([first, marks.of('b')]).toEqual([
    { letter: 'A', colour: 1 },
    { letter: 'B', colour: 2 },
  ]);
  const letters = Array.from({ length: 30 }, (_, nth) => marks.of(`client-${nth}`).letter);
  expect(letters.slice(-7)).toEqual(['Z', '+', '+', '+', '+', '+', '+'].slice(-7));
  expect(marks.of('a')).toEqual(first);
});

test('what is left empty in the form of a world is left to the server', () => {
  expect(worldBodyOf(EMPTY_FORM)).toEqual({});
  expect(worldBodyOf({ ...EMPTY_FORM, catalog: 'small', seed: '0', door: 'free' })).toEqual({
    ...{ catalog: 'small', seed: 0, door: true },
  });
  expect(worldBodyOf({ ...EMPTY_FORM, door: 'port', port: '8181' })).toEqual({ door: 8181 });
});
