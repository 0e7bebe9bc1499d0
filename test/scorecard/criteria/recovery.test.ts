// How soon a client works as before, once the upstream does.
import { expect, test } from 'vitest';
import { recovery } from '../../../src/scorecard/criteria/recovery.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, left } from '../../support/virtual-client.ts';

const FAULT = { from: 60_000, to: 120_000 };

/** Five a second for a minute, nothing good for the next, and five a second again from so long after it on. */
const told = (afterMs: number, watchedMs = 600_000) => {
  const to = FAULT.to + watchedMs;
  const calm = many(300, (n) => answered(n * 200));
  const bad = many(300, (n) => left(60_000 + n * 200, 100));
  const back = many(Math.max(0, (watchedMs - afterMs) / 200), (n) => answered(FAULT.to + afterMs + n * 200));
  return judged(recovery, { attempts: [...calm, ...bad, ...back], faults: [FAULT], whole: { from: 0, to } });
};

test.each([
  [0, 'pass'],
  [50_000, 'pass'],
  [120_000, 'warn'],
  [400_000, 'fail'],
])('back after %i ms: %s', (afterMs, verdict) => {
  expect(told(afterMs)).toMatchObject({
    verdict,
    figure: expect.closeTo(afterMs / 1000, -0.5),
    more: { censored: null },
  });
});

test('who was not back while it was watched has a lower bound, which fails where it is long enough', () => {
  expect(told(1_000_000, 30_000)).toMatchObject({
    verdict: 'warn',
    figure: 30,
    more: { censored: expect.any(String) },
  });
  expect(told(1_000_000, 90_000)).toMatchObject({ verdict: 'fail', figure: 90 });
});

test('answers that are no use are no recovery', () => {
  const calm = many(300, (n) => answered(n * 200));
  const wrong = many(500, (n) => answered(FAULT.to + n * 200, { isWrongType: true }));
  const finding = judged(recovery, { attempts: [...calm, ...wrong], faults: [FAULT] });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [] });
});

test('without a calm before, or while a fault is still in force, there is no data', () => {
  expect(
    judged(recovery, { attempts: many(300, (n) => answered(n * 200)), faults: [{ from: 0, to: 30_000 }] }).verdict,
  ).toBe('no-data');
  expect(told(0, 0).verdict).toBe('no-data');
  expect(told(0, 14_000).verdict).toBe('no-data');
  expect(judged(recovery, { attempts: many(300, (n) => answered(n * 200)) })).toMatchObject({ verdict: 'no-data' });
});
