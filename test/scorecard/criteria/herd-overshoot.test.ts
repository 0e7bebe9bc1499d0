// How hard a client comes back: what it queued up, and not what chance brings together.
import { expect, test } from 'vitest';
import { exponential, randomStream } from '../../../src/base/random-stream.ts';
import { herdOvershoot } from '../../../src/scorecard/criteria/herd-overshoot.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered } from '../../support/virtual-client.ts';

const FAULT = { from: 60_000, to: 120_000 };
const WHOLE = { from: 0, to: 200_000 };

/** Ten a second before; after it as many, and so many at once besides. */
const told = (atOnce: number) => {
  const before = many(600, (n) => answered(n * 100));
  const after = many(600, (n) => answered(FAULT.to + n * 100));
  const herd = many(atOnce, (n) => answered(FAULT.to + 500 + (n % 100), { requestId: `herd-${n}` }));
  return judged(herdOvershoot, { attempts: [...before, ...after, ...herd], faults: [FAULT], whole: WHOLE });
};

test.each([
  [0, 1, 'pass'],
  [30, 4, 'warn'],
  [90, 10, 'fail'],
])('%i more in one second is %i times the calm: %s', (atOnce, figure, verdict) => {
  expect(told(atOnce)).toMatchObject({ verdict, figure });
});

test('it shows who came at once', () => {
  expect(told(90).evidence.filter((id) => id.startsWith('herd'))).not.toHaveLength(0);
});

test('what comes by chance is no herd, however seldom anything comes', () => {
  const failed = [0.5, 2, 10].flatMap((perS) =>
    many(20, (seed) => {
      const draw = randomStream(seed, 'by chance');
      const attempts = [];
      for (let at = 0; at < WHOLE.to; at += (exponential(draw) * 1000) / perS) attempts.push(answered(Math.round(at)));
      return judged(herdOvershoot, { attempts, faults: [FAULT], whole: WHOLE }).verdict;
    }),
  );
  expect(failed.filter((verdict) => verdict === 'fail')).toEqual([]);
  expect(failed.filter((verdict) => verdict === 'pass').length).toBeGreaterThan(50);
});

test('who does not come back, was not there before, or is still under a fault, gives no data', () => {
  const before = many(600, (n) => answered(n * 100));
  expect(judged(herdOvershoot, { attempts: before, faults: [FAULT], whole: WHOLE })).toMatchObject({
    verdict: 'no-data',
    n: 0,
  });
  const after = many(600, (n) => answered(FAULT.to + n * 100));
  expect(judged(herdOvershoot, { attempts: after, faults: [FAULT], whole: WHOLE }).verdict).toBe('no-data');
  expect(
    judged(herdOvershoot, { attempts: before, faults: [{ from: 60_000, to: 200_000 }], whole: WHOLE }).verdict,
  ).toBe('no-data');
});
