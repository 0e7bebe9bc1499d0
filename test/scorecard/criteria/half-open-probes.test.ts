// How carefully a client asks whether the upstream is back.
import { expect, test } from 'vitest';
import { halfOpenProbes } from '../../../src/scorecard/criteria/half-open-probes.ts';
import type { Evidence } from '../../../src/scorecard/evidence.ts';
import { judged, many } from '../../support/evidence.ts';
import { attempt, left } from '../../support/virtual-client.ts';

const FAULT = { from: 0, to: 300_000 };

/** So many bursts of calls that wait for half a second, with so long a silence between them. */
const told = (bursts: number, calls: number, silentMs: number, about: Partial<Evidence> = {}) => {
  const attempts = many(bursts, (n) =>
    many(calls, (m) => left(n * (silentMs + 500) + m, 500 - m, { requestId: `r${n}-${m}` })),
  );
  return judged(halfOpenProbes, { attempts: attempts.flat(), faults: [FAULT], demand: 20, whole: FAULT, ...about });
};

test('one call every ten seconds passes, and the silence is told from the end of the failed call', () => {
  expect(told(5, 1, 10_000)).toMatchObject({ verdict: 'pass', n: 4, figure: 9.975, more: { burst: 1 } });
});

test('half a second is no silence', () => {
  expect(told(20, 1, 720)).toMatchObject({ verdict: 'fail', figure: expect.closeTo(0.695) });
});

test('a probe that is a crowd fails', () => {
  const finding = told(5, 11, 10_000);
  expect(finding).toMatchObject({ verdict: 'fail', more: { burst: 11 } });
  expect(finding.advice).toContain('one call');
});

test('shorter or longer silences than a breaker should have are a warning', () => {
  expect(told(5, 1, 2000).verdict).toBe('warn');
  expect(told(4, 1, 130_000, { faults: [{ from: 0, to: 600_000 }], whole: { from: 0, to: 600_000 } }).verdict).toBe(
    'warn',
  );
});

test('what lies between two faults is no silence', () => {
  const attempts = many(4, (n) => many(10, (m) => left(n * 60_000 + m * 50, 500)));
  const faults = many(4, (n) => ({ from: n * 60_000, to: n * 60_000 + 5000 }));
  expect(judged(halfOpenProbes, { attempts: attempts.flat(), faults, demand: 20 })).toMatchObject({
    verdict: 'no-data',
    n: 0,
  });
});

test('a client that has requests open all the time is not silent', () => {
  const attempts = many(5, (n) => left(n * 20_000, 20_001));
  expect(judged(halfOpenProbes, { attempts, faults: [FAULT], demand: 20 })).toMatchObject({ verdict: 'no-data', n: 0 });
});

test.each([
  ['is open', { endedAt: null, ended: null }],
  ['ends with the fault', { endedAt: FAULT.to, ended: 'reset' }],
] as const)('silences between calls that are left open, each of which %s, are told as unsure', (_, open) => {
  const attempts = many(5, (n) => attempt({ at: n * 10_000, ...open }));
  const finding = judged(halfOpenProbes, { attempts, faults: [FAULT], demand: 20, whole: FAULT });
  expect(finding).toMatchObject({ verdict: 'pass', n: 4, figure: 9.975, more: { burst: 1 } });
  expect(finding.unsure).toContain('4 of 4 silences');
  expect(told(5, 1, 10_000).unsure).toBeUndefined();
});

test('a call that is left open hides no end of another, for whose place the client may have waited', () => {
  const open = attempt({ at: 0 });
  const attempts = [open, ...many(5, (n) => left(n * 20_000 + 1, 20_000))];
  expect(judged(halfOpenProbes, { attempts, faults: [FAULT], demand: 20, whole: FAULT })).toMatchObject({
    verdict: 'no-data',
    n: 0,
  });
});

test('fewer than three silences are no data, and so is any number without a demand', () => {
  expect(told(3, 1, 10_000)).toMatchObject({ verdict: 'no-data', n: 2, figure: null });
  expect(told(5, 1, 10_000, { demand: undefined })).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(told(5, 1, 10_000, { demand: 5 }).advice).toContain('20/s');
});
