// What it is to serve a client: a whole answer that it can read, and that does not ask it to come again.
import { expect, test } from 'vitest';
import { newAbout } from '../../src/journal/about.ts';
import { ENDS } from '../../src/journal/entry.ts';
import { hasServed } from '../../src/journal/served.ts';
import { hasFailed } from '../../src/scorecard/trace.ts';
import { exchangeEntry } from '../support/entries.ts';
import { attempt } from '../support/evidence.ts';

const served = (status: number | null, ended: Parameters<typeof hasServed>[0]['ended'] = 'answered'): boolean =>
  hasServed(exchangeEntry({ ended, status }));

test('a whole answer serves, a refusal too, and no failure of the server nor a "too many"', () => {
  expect([200, 201, 304, 404, 409, 422].filter((status) => !served(status))).toEqual([]);
  expect([429, 500, 502, 503, 504].filter((status) => served(status))).toEqual([]);
});

test('what ended in any other way has not served, whatever its status says', () => {
  expect(ENDS.filter((ended) => served(200, ended))).toEqual(['answered']);
});

test('what is still open has not served, and has not failed either', () => {
  expect(served(200, null)).toBe(false);
  expect(hasFailed(attempt(0, { ended: null, endedAt: null, status: 200 }))).toBe(false);
});

test('an answer of a type that the operation never has serves nobody', () => {
  const page = { ...newAbout(), isWrongType: true };
  expect(hasServed(exchangeEntry({ ended: 'answered', status: 200, about: page }))).toBe(false);
  expect(hasServed(exchangeEntry({ ended: 'answered', status: 200, about: newAbout() }))).toBe(true);
});

test('a try of a client has failed exactly where it ended without serving', () => {
  for (const ended of ENDS)
    for (const status of [null, 200, 404, 429, 500])
      for (const isWrongType of [false, true]) {
        const about = { ...newAbout(), isWrongType };
        expect(hasFailed(attempt(0, { ended, status, isWrongType }))).toBe(!hasServed({ ended, status, about }));
      }
});
