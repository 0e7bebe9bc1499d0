// How many requests the client lets wait at once while the upstream answers nothing.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence, type Span } from '../evidence.ts';
import { arrivedIn, lengthOf, longestOf } from '../spans.ts';
import { greatest } from '../statistics.ts';
import { idsOf, noData } from '../verdict.ts';
import { timeoutOf } from './client-timeout.ts';

/** Before the fault, and as many under it. */
const MIN_REQUESTS = 20;
const MIN_FAULT_MS = 10_000;
/** Without a time-out of its own it is given this one. */
const PATIENCE_MS = 5000;
/** The last third of a fault is a plateau when it is no higher than the second by more than this. */
const GROWTH = 1.1;

export const concurrency = defineCriterion({
  name: 'concurrency',
  asks: 'Does it bound how many requests wait at once?',
  unit: 'count',
  counts: 'judged',
  thresholds: z.strictObject({
    least: z.number().positive().default(10).describe('so many at once are always well'),
    pass: z.number().positive().default(3).describe('times what its calm rate and its time-out come to (Little’s law)'),
  }),
  threshold: ({ least, pass }) => `a plateau, at most ${pass} times its calm rate times its time-out, or ${least}`,
  source: 'Little’s law, L = λW (Netflix concurrency-limits); the thresholds are our own',
  judge: ({ evidence }, { least, pass }): Finding => {
    const fault = longestOf(evidence.faults);
    const calm = calmOf(evidence);
    const before = arrivedIn(evidence.attempts, calm);
    const under = arrivedIn(evidence.attempts, fault).length;
    if (!calm || Math.min(before.length, under) < MIN_REQUESTS || !fault || lengthOf(fault) < MIN_FAULT_MS)
      return noData(
        before.length,
        `${MIN_REQUESTS} requests before a fault are needed, and as many under a fault of ${MIN_FAULT_MS / 1000} s.`,
      );
    const open = openOver(evidence, fault);
    const [, second, third] = thirds(open, fault);
    const figure = greatest(open.map(({ count }) => count));
    const perMs = before.length / lengthOf(calm);
    const limit = Math.max(least, pass * perMs * (timeoutOf(evidence)?.figure ?? PATIENCE_MS));
    const levels = third <= second * GROWTH + 2;
    const verdict = levels && figure <= limit ? 'pass' : !levels && figure > limit ? 'fail' : 'warn';
    const is = `Up to ${figure} of its requests were open at once, ${levels ? 'and no more' : 'and ever more'}`;
    const advice =
      verdict === 'pass'
        ? `${is}, which is bounded well.`
        : `${is}; bound them with a bulkhead of some ${Math.ceil(limit)}.`;
    const most = open.find(({ count }) => count === figure);
    const held = evidence.attempts.filter((attempt) => most && isOpenAt(attempt, most.at, evidence));
    return {
      verdict,
      n: under,
      figure,
      advice,
      evidence: idsOf(held),
      more: { limit },
    };
  },
});

interface Level {
  readonly at: number;
  readonly count: number;
}

const isOpenAt = ({ at, endedAt }: Attempt, moment: number, { whole }: Evidence): boolean =>
  at <= moment && (endedAt ?? whole.to) > moment;

/** How many were open after each arrival and each end within the span, and at its beginning. */
function openOver({ attempts, whole }: Evidence, { from, to }: Span): Level[] {
  const steps = attempts.flatMap(({ at, endedAt }) => [
    { at, by: 1 },
    { at: endedAt ?? whole.to + 1, by: -1 },
  ]);
  steps.sort((a, b) => a.at - b.at || a.by - b.by);
  let count = 0;
  const levels: Level[] = [];
  for (const { at, by } of steps) {
    count += by;
    if (at < from) levels[0] = { at: from, count };
    else if (at < to) levels.push({ at, count });
  }
  return levels.length > 0 ? levels : [{ at: from, count: 0 }];
}

/** The highest level in each third of the span. */
function thirds(levels: readonly Level[], { from, to }: Span): [number, number, number] {
  const highest: [number, number, number] = [0, 0, 0];
  for (const { at, count } of levels) {
    const third = Math.min(2, Math.floor(((at - from) / (to - from)) * 3));
    highest[third] = Math.max(highest[third] ?? 0, count);
  }
  return highest;
}
