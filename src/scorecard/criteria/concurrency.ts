// How many requests the client lets wait at once while the upstream answers nothing.
import { z } from 'zod';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence, type Span } from '../evidence.ts';
import { type Asked, expectedPerS } from '../in-vain.ts';
import { endsOf } from '../pooling.ts';
import { arrivedIn, countIn, lengthOf, longestOf } from '../spans.ts';
import { sum } from '../statistics.ts';
import { timeoutsOf } from '../time-out.ts';
import { idsOf, MAX_EVIDENCE, noData } from '../verdict.ts';
import { HELD_MS, isHeld } from '../waiting.ts';

/** Before the fault, and as many under it. */
const MIN_REQUESTS = 20;
const MIN_FAULT_MS = 10_000;
/** Without a time-out of its own it is given this one. */
const PATIENCE_MS = 5000;
/** Where fewer were held, nothing had to be bounded. */
const MIN_HELD = 5;
/** The last third of a fault is a plateau when it is no higher than the second by more than this, and than chance makes it. */
const GROWTH = 1.1;
/** Of a number of open requests that come independently of each other, whose deviation is its root. */
const BY_CHANCE = 2;
/** So many deviations above its mean such a number is once in many thousands of requests. */
const PEAK = 5;
const SECOND_MS = 1000;

export const concurrency = defineCriterion({
  name: 'concurrency',
  asks: 'Does it bound how many requests wait at once?',
  unit: 'count',
  counts: 'judged',
  better: 'less',
  weight: 130,
  thresholds: z.strictObject({
    least: z.number().positive().default(10).describe('so many at once are always well'),
    pass: z.number().positive().default(3).describe('times what its calm rate and its time-out come to (Little’s law)'),
  }),
  threshold: ({ least, pass }) => `a plateau, at most ${pass} times its calm rate times its time-out, or ${least}`,
  source: 'Little’s law, L = λW (Netflix concurrency-limits); the thresholds are our own',
  judge: (of, { least, pass }): Finding => {
    const { evidence } = of;
    const fault = longestOf(evidence.faults);
    const calm = calmOf(evidence);
    const before = calm ? countIn(evidence.attempts, calm) : 0;
    const n = fault ? countIn(evidence.attempts, fault) : 0;
    if (Math.min(before, n) < MIN_REQUESTS || !fault || lengthOf(fault) < MIN_FAULT_MS)
      return noData(
        before,
        `${MIN_REQUESTS} requests before a fault are needed, and as many under a fault of ${MIN_FAULT_MS / 1000} s.`,
      );
    const held = of.asked.filter((one) => one.fault === fault && wasHeld(one, evidence));
    if (held.length === 0)
      return noData(
        n,
        `Hardly a request was held for ${HELD_MS} ms under the fault, so that nothing had to be bounded.`,
      );
    const { most: figure, at, second, third } = peaksOf(evidence, fault);
    const usual = waitingOf(held, of);
    const limit = Math.max(least, pass * usual, usual + PEAK * Math.sqrt(usual));
    const levels = third <= second * GROWTH + BY_CHANCE * Math.max(1, Math.sqrt(second));
    const verdict = levels && figure <= limit ? 'pass' : !levels && figure > limit ? 'fail' : 'warn';
    const is = `Up to ${figure} of its requests were open at once, ${levels ? 'and no more' : 'and ever more'}`;
    const advice =
      verdict === 'pass'
        ? `${is}, which is bounded well.`
        : `${is}; bound them with a bulkhead of some ${Math.min(Math.ceil(limit), figure)}.`;
    return {
      verdict,
      n,
      figure,
      advice,
      evidence: idsOf(openAt(evidence, at)),
      more: { limit },
    };
  },
});

/** Of those that were open then, as many as are shown, by arrival. */
function openAt({ attempts, whole }: Evidence, moment: number): Attempt[] {
  const open: Attempt[] = [];
  for (const attempt of attempts) {
    if (attempt.at > moment || open.length === MAX_EVIDENCE) break;
    if ((attempt.endedAt ?? whole.to) > moment) open.push(attempt);
  }
  return open;
}

/**
 * How many would wait at once under the fault, did the client go on as in the calm (L = λW): of each operation that was held, as
 * often as the steps before it let it come, and for as long as its client waits for that, if it is known.
 */
function waitingOf(held: readonly Asked[], { asked, left, timeout }: Case): number {
  const ofAll = timeout?.figure ?? PATIENCE_MS;
  const known = new Map(timeoutsOf(left).map((one) => [one.operation, one.timeout.figure]));
  return sum(held.map((one) => (expectedPerS(one, asked) * (known.get(one.operation) ?? ofAll)) / SECOND_MS));
}

function wasHeld({ attempts }: Asked, { whole }: Evidence): boolean {
  let held = 0;
  for (const attempt of attempts) {
    if (isHeld(attempt, whole.to)) held++;
    if (held === MIN_HELD) return true;
  }
  return false;
}

/** Tells of how many were open at the beginning of the span, and after each arrival and each end within it. */
function openOver(evidence: Evidence, { from, to }: Span, tell: (at: number, count: number) => void): void {
  const earlier = arrivedIn(evidence.attempts, { from: evidence.whole.from, to: from });
  const attempts = earlier.filter(({ endedAt }) => (endedAt ?? to) >= from);
  let [begun, ended] = [attempts.length, 0];
  for (const attempt of arrivedIn(evidence.attempts, { from, to })) attempts.push(attempt);
  const ends = endsOf(attempts);
  tell(from, begun);
  for (;;) {
    const begins = attempts[begun]?.at ?? to;
    const at = Math.min(begins, ends[ended] ?? to);
    if (at >= to) return;
    if (at === begins && at !== ends[ended]) begun++;
    else ended++;
    tell(at, begun - ended);
  }
}

/** The most, and since when; and the most in the second and in the last third of the span. */
function peaksOf(evidence: Evidence, span: Span): { most: number; at: number; second: number; third: number } {
  const highest = [0, 0, 0];
  let [most, since, before, third] = [0, span.from, 0, 0];
  openOver(evidence, span, (at, count) => {
    const reached = Math.min(2, Math.floor(((at - span.from) / lengthOf(span)) * 3));
    while (third < reached) highest[++third] = before;
    highest[third] = Math.max(highest[third] ?? 0, count);
    if (count > most) [most, since] = [count, at];
    before = count;
  });
  while (third < 2) highest[++third] = before;
  return { most, at: since, second: highest[1] ?? 0, third: highest[2] ?? 0 };
}
