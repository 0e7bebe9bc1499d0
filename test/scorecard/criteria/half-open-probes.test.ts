// How carefully a client asks whether the upstream is back.
import { expect, test } from 'vitest';
import { halfOpenProbes } from '../../../src/scorecard/criteria/half-open-probes.ts';
import type { Attempt, Evidence } from '../../../src/scorecard/evidence.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, attempt, left } from '../../support/virtual-client.ts';

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

/** Whose calls all hang, in a world where an operation is asked of it every 50 ms. */
interface Breaker {
  readonly timeoutMs: number;
  /** Failures that open it. */
  readonly failures: number;
  readonly openMs: number;
  /** Calls that it lets through when it has been open for long enough. */
  readonly permits: number;
  /** Which failed probe opens it again; with `late`, each failure that comes while it is open does so too. */
  readonly by: 'first' | 'all' | 'late';
}

/** What it asks for in 20 s of a fault. */
function askedBy({ timeoutMs, failures, openMs, permits, by }: Breaker) {
  const attempts: Attempt[] = [];
  let [failed, admitted, until] = [0, 0, Number.NEGATIVE_INFINITY];
  const opened = (at: number): void => {
    until = at + openMs;
    [admitted, failed] = [0, 0];
  };
  const ends: { readonly at: number; readonly since: number }[] = [];
  let period = 0;
  for (let at = 0; at < 20_000; at += 50) {
    for (let end = ends[0]; end && end.at <= at; end = ends[0]) {
      ends.shift();
      if (end.since !== period) {
        if (by === 'late') until = end.at + openMs;
        continue;
      }
      failed++;
      if (failed < (period === 0 ? failures : by === 'all' ? permits : 1)) continue;
      period++;
      opened(end.at);
    }
    if (at < until || (period > 0 && admitted === permits)) continue;
    if (period > 0) admitted++;
    attempts.push(left(at, timeoutMs, { requestId: `r${at}` }));
    ends.push({ at: at + timeoutMs, since: period });
  }
  const fault = { from: 0, to: 20_000 };
  return judged(halfOpenProbes, { attempts, faults: [fault], demand: 20, whole: fault });
}

test.each([
  ['the first that fails', { timeoutMs: 1000, failures: 20, openMs: 2000, permits: 10, by: 'first' }],
  ['all of them together', { timeoutMs: 1000, failures: 20, openMs: 2000, permits: 10, by: 'all' }],
  ['the last of them, as each opens it anew', { timeoutMs: 1000, failures: 20, openMs: 2000, permits: 10, by: 'late' }],
  ['the only one', { timeoutMs: 1000, failures: 20, openMs: 2000, permits: 1, by: 'first' }],
] as const)('a breaker that slow probes open again is open for as long as it says, by %s', (_, breaker) => {
  const { figure, more, unsure } = askedBy(breaker);
  expect(Math.abs((figure as number) - 2)).toBeLessThan(0.06);
  expect(more).toMatchObject({ burst: breaker.permits });
  expect(Math.abs((more?.shortest as number) - 2)).toBeLessThan(0.06);
  expect(unsure).toBeUndefined();
});

test('where a breaker lets through whatever comes until a probe fails, which of them opens it is unsure', () => {
  const of = { timeoutMs: 600, failures: 20, permits: 100 } as const;
  const [first, late] = [askedBy({ ...of, openMs: 2000, by: 'first' }), askedBy({ ...of, openMs: 1400, by: 'late' })];
  for (const { figure, unsure } of [first, late]) {
    // seen from here they are the same
    expect(Math.abs((figure as number) - 1.4)).toBeLessThan(0.06);
    expect(unsure).toMatch(/(1\.9|2\.0) s/);
  }
});

test('probes of the one step that is struck are seen, though the others go on', () => {
  const calm = { from: 0, to: 10_000 };
  const others = many(20 * 100, (n) => answered(n * 50, { operation: 'reserveSeats' }));
  const before = many(200, (n) => answered(n * 50 + 10));
  const probes = many(8, (n) => left(10_000 + n * 10_500, 500));
  const fault = { from: calm.to, to: 100_000 };
  const about = { faults: [fault], whole: { from: 0, to: 100_000 }, demand: 20 };
  expect(judged(halfOpenProbes, { attempts: [...others, ...before, ...probes], ...about })).toMatchObject({
    ...{ verdict: 'pass', n: 7, figure: expect.closeTo(10, 1), more: { burst: 1 } },
  });
  const seldom = before.filter((_, n) => n % 20 === 0);
  expect(judged(halfOpenProbes, { attempts: [...others, ...seldom, ...probes], ...about })).toMatchObject({
    ...{ verdict: 'no-data', n: 0 },
  });
});
