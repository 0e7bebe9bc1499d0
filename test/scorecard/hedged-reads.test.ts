// Reads that every buyer makes alike, and of which two are sent where one is slow: the one that is given up then says nothing of a time-out.
import { describe, expect, test } from 'vitest';
import { exponential, randomStream } from '../../src/base/random-stream.ts';
import { clientTimeout } from '../../src/scorecard/criteria/client-timeout.ts';
import type { Attempt } from '../../src/scorecard/evidence.ts';
import { judged, many } from '../support/evidence.ts';
import { answered, left } from '../support/virtual-client.ts';

const READ = { operation: 'listSessions', method: 'GET', fingerprint: 'GET /v1/sessions' };
const FOR_MS = 60_000;
const SEEDS = 10;

const quick = (at: number, ms: number): Attempt => answered(at, { ...READ, firstByteAt: at + ms, endedAt: at + ms });
const waited = (at: number, ms: number): Attempt => left(at, ms, READ);

type Draw = () => number;
type Reads = (seed: number) => Attempt[];

/** Independent of each other, so many a second. */
const atRandom =
  (perS: number, read: (at: number, draw: Draw) => Attempt[]): Reads =>
  (seed) => {
    const draw = randomStream(seed, 'reads');
    const reads: Attempt[] = [];
    for (let at = 0; at < FOR_MS; at += (exponential(draw) * 1000) / perS) reads.push(...read(Math.round(at), draw));
    return reads;
  };

/** Of which this share is slow, so that another is sent after 100 ms and answered first. */
const hedging = (share: number) => (at: number, draw: Draw) => {
  const ms = Math.round(3 + 10 * draw());
  return draw() < share ? [waited(at, 101 + ms), quick(at + 100, ms)] : [quick(at, ms)];
};

/** Of which this share hangs until its time-out of a second. */
const timingOut = (share: number) => (at: number, draw: Draw) => {
  const ms = Math.round(3 + 10 * draw());
  return [draw() < share ? waited(at, 1000 + Math.round(3 * draw())) : quick(at, ms)];
};

const findings = (reads: Reads) => many(SEEDS, (seed) => judged(clientTimeout, { attempts: reads(seed) }));

test.each([
  [1, 0.5],
  [5, 0.3],
  [20, 0.1],
  [20, 0.9],
  [100, 0.3],
])('at %i a second, %f of them sent twice, none has been given up for its time-out', (perS, share) => {
  for (const { verdict, n } of findings(atRandom(perS, hedging(share))))
    expect({ verdict, n }).toEqual({ verdict: 'no-data', n: 0 });
});

test('it may be the later one that is given up, as the first is answered after all', () => {
  const late = atRandom(20, (at) => [quick(at, 300), waited(at + 100, 201)]);
  for (const { n } of findings(late)) expect(n).toBe(0);
});

describe('a real time-out is told', () => {
  test.each([
    [5, 0.5],
    [20, 0.5],
    [100, 0.1],
    [100, 0.5],
    [200, 0.5],
    [200, 0.9],
  ])('of buyers who read the same, %i a second, of whose reads %f hang', (perS, share) => {
    const reads = atRandom(perS, timingOut(share));
    for (const [seed, { n, figure }] of findings(reads).entries()) {
      const hung = reads(seed).filter(({ ended }) => ended === 'client-left').length;
      expect(n).toBeGreaterThanOrEqual(hung * 0.95);
      expect(figure).toBeCloseTo(1001.5, -1);
    }
  });

  test.each([1, 5, 40, 200])('of %i readers who all read in the same moment, once a second', (readers) => {
    const inStep: Reads = (seed) => {
      const draw = randomStream(seed, 'in step');
      const read = (n: number): Attempt => {
        const at = Math.floor(n / readers) * 1000 + Math.round(10 * draw());
        return draw() < 0.5 ? waited(at, 1000 + Math.round(30 * draw())) : quick(at, Math.round(3 + 10 * draw()));
      };
      return many(60 * readers, read);
    };
    for (const { figure } of findings(inStep)) expect(figure).toBeCloseTo(1015, -2);
  });

  test.each([5, 40, 200])('of %i readers who read again a second after an answer, or at once after none', (readers) => {
    const inTurn: Reads = (seed) => {
      const draw = randomStream(seed, 'in turn');
      return many(readers, () => {
        const reads: Attempt[] = [];
        for (let at = Math.round(5 * draw()); at < FOR_MS; ) {
          const read = draw() < 0.5 ? waited(at, 1000 + Math.round(20 * draw())) : quick(at, 8);
          reads.push(read);
          at = (read.endedAt as number) + (read.ended === 'answered' ? 1000 : 0);
        }
        return reads;
      }).flat();
    };
    for (const { figure } of findings(inTurn)) expect(figure).toBeCloseTo(1010, -2);
  });

  test.each([0, 0.3])(
    'of one who tries again at once, whose leaving is noted after the answer to that in %f of all cases',
    (share) => {
      const again = atRandom(5, (at, draw) => {
        const retry = quick(at + 1000, 0);
        return [waited(at, draw() < share ? 1001 : 1000), retry];
      });
      for (const { figure } of findings(again)) expect(figure).toBe(1000);
    },
  );

  test('of one who sends reads twice, where both hang', () => {
    const calm = atRandom(20, hedging(0.3))(1);
    const hang = many(50, (n) => [waited(70_000 + n * 50, 1000), waited(70_100 + n * 50, 900)]).flat();
    const { n, figure } = judged(clientTimeout, { attempts: [...calm, ...hang] });
    expect(n).toBe(100);
    expect(figure).toBeGreaterThanOrEqual(900);
    expect(figure).toBeLessThanOrEqual(1000);
  });
});

test('reads of many things are looked at together, each beside those of the same', () => {
  const of = (n: number) => ({ operation: 'getSeatMap', fingerprint: `GET /v1/sessions/s${n}/seats` });
  const each = many(100, (n) =>
    many(3, (k) => hedging(1)(n * 600 + k * 200, () => 0.5).map((one) => ({ ...one, ...of(n) }))),
  );
  expect(judged(clientTimeout, { attempts: each.flat(2) })).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('a hundred thousand that are given up between as many answers are told like any others', () => {
  const attempts = many(200_000, (n) => (n % 2 === 0 ? waited(n, 1000) : quick(n, 5)));
  expect(judged(clientTimeout, { attempts })).toMatchObject({ n: 100_000, figure: 1000 });
  const together = many(200_000, (n) => (n % 2 === 0 ? waited(n % 7, 90_000) : quick(n % 7, 89_990)));
  expect(judged(clientTimeout, { attempts: together }).figure).not.toBeUndefined();
});
