// Attempts of one client are told apart and joined as they come, or once they are sorted, with the same result.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Arrivals, arrivalsOf } from '../../src/scorecard/arrivals.ts';
import type { Attempt } from '../../src/scorecard/evidence.ts';
import { answered, refused } from '../support/virtual-client.ts';

const idsOf = (attempts: Iterable<Attempt>): string[] => [...attempts].map(({ requestId }) => requestId);

const shown = (arrivals: Arrivals): object => ({
  all: idsOf(arrivals.all),
  named: idsOf(arrivals.named),
  anyones: idsOf(arrivals.anyones),
  traces: [...arrivals.traces].map(({ attempts, isUnsure }) => [idsOf(attempts), isUnsure]),
});

const READ = { operation: 'getSeatMap', method: 'GET', fingerprint: 'GET /v1/sessions/s/seats' };

/** By turns a read that names nobody, and a completion that fails, and is tried again under its key in the next turn. */
const story = (count: number): Attempt[] =>
  Array.from({ length: count }, (_, at) => {
    const about = { requestId: `r${at}` };
    if (at % 2 === 0) return answered(at * 10, { ...READ, ...about });
    const failed = at % 4 === 1;
    const key = { idempotencyKey: `k${Math.floor(at / 4)}`, ...about };
    return failed ? refused(at * 10, key) : answered(at * 10, key);
  });

test.each([0, 3, 4095, 4096, 4097, 10_000])('%d attempts, each in its place', (count) => {
  const attempts = story(count);
  const arrivals = arrivalsOf(attempts);
  expect(idsOf(arrivals.named)).toEqual(idsOf(attempts.filter((_, at) => at % 2 === 1)));
  expect(idsOf(arrivals.anyones)).toEqual(idsOf(attempts.filter((_, at) => at % 2 === 0)));
  const again = [...arrivals.traces].filter(({ count: tries }) => tries === 2);
  expect(again.length).toBe(Math.floor(count / 4));
});

test('what comes out of turn is as what came by time, wherever it comes', () => {
  const attempts = story(9000);
  const expected = shown(arrivalsOf(attempts));
  fc.assert(
    fc.property(fc.nat(8999), fc.nat(8999), (from, to) => {
      const moved = [...attempts];
      moved.splice(to, 0, ...moved.splice(from, 1));
      const arrivals = new Arrivals();
      for (const attempt of moved) arrivals.add(attempt);
      expect(shown(arrivals.byTime)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

test('those of one moment stay in the order in which they came', () => {
  const [first, second, third] = ['a', 'b', 'c'].map((requestId) => answered(5, { requestId })) as [
    Attempt,
    Attempt,
    Attempt,
  ];
  const arrivals = new Arrivals();
  for (const attempt of [first, second, answered(0, { requestId: '0' }), third]) arrivals.add(attempt);
  expect(idsOf(arrivals.byTime.all)).toEqual(['0', 'a', 'b', 'c']);
});
