// How much more the client asks for by trying again while the upstream is unwell.
import { z } from 'zod';
import { type AnonymousReads, anonymousReads } from '../anonymous-reads.ts';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt } from '../evidence.ts';
import { rekeyedOf } from '../rekeyed.ts';
import { greatest, meanEstimate, sum } from '../statistics.ts';
import { hasFailed, type Trace } from '../trace.ts';
import { atMost, idsOf, type Limits, MAX_EVIDENCE, noData } from '../verdict.ts';

/** Those that went well say nothing of what it does about those that do not. */
const MIN_FAILED = 20;
const TOLD_APART =
  'by an Idempotency-Key, traceparent or X-Invocation-Id. Reads that all buyers make alike, as of a seat map, cannot, unless they say it by traceparent or X-Attempt.';

export const retryAmplification = defineCriterion({
  name: 'retry-amplification',
  asks: 'How many requests does one operation become?',
  unit: 'ratio',
  counts: 'judged',
  better: 'less',
  weight: 110,
  thresholds: z.strictObject({
    pass: z.number().min(1).default(1.2).describe('attempts an operation under a fault, at most'),
    warn: z.number().min(1).default(2).describe('up to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at most ${pass}, warns up to ${warn}`,
  source: 'Linkerd’s default retry budget of 20 %; Google SRE Book ch. 21: at most 3 attempts, and retries below 10 %',
  judge: (of, limits): Finding => withReads(ofNamed(of, limits), anonymousReads(of), limits),
});

/** Of operations that can be told apart. */
function ofNamed(of: Case, limits: Limits): Finding {
  const { further, others } = rekeyedOf(of);
  const counts: number[] = [];
  const tried: Tried[] = [];
  let [failed, lost] = [0, 0];
  for (const trace of of.traces.begunIn(of.evidence.faults)) {
    const { place, first, isUnsure } = trace;
    if (others.has(place)) continue;
    const isFailed = hasFailed(first) ? 1 : 0;
    if (isUnsure) {
      lost += isFailed;
      continue;
    }
    failed += isFailed;
    const again = further.get(place);
    const count = trace.count + (again ? sum(again.map((one) => one.count)) : 0);
    counts.push(count);
    if (count > 1) tried.push({ traces: [trace, ...(again ?? [])], count });
  }
  if (lost > failed)
    return noData(
      failed,
      `Of ${failed + lost} operations that failed under a fault, ${lost} cannot be told from tries of others, and most must be: ${TOLD_APART}`,
    );
  if (failed < MIN_FAILED)
    return noData(
      failed,
      `${MIN_FAILED} operations that fail under a fault are needed, most of which can be told apart: ${TOLD_APART}`,
    );
  const estimate = meanEstimate(counts);
  const verdict = atMost(estimate, limits);
  const most = greatest(counts);
  const is = `Each operation became ${estimate.figure.toFixed(2)} requests, at most ${most}`;
  const advice =
    verdict === 'pass'
      ? `${is}, which an upstream can bear.`
      : `${is}; give its retries a budget, as 10 % of its requests, and at most 3 attempts.`;
  const worst = tried.sort((a, b) => b.count - a.count).slice(0, MAX_EVIDENCE);
  const retries = sum(counts) - counts.length;
  return {
    ...{ verdict, n: counts.length, figure: estimate.figure, advice },
    evidence: idsOf(worst.flatMap(againOf)),
    more: { low: estimate.low, high: estimate.high, most, retryShare: retries / sum(counts) },
    ...(lost > 0 && {
      unsure: `${lost} failed requests could have been tries of several operations, and are left out`,
    }),
  };
}

/** An operation and those that go on with it under other keys, and how many attempts that were. */
interface Tried {
  readonly traces: readonly Trace[];
  readonly count: number;
}

/** Its tries after the first. */
const againOf = ({ traces }: Tried): Attempt[] => traces.flatMap(({ attempts }) => attempts).slice(1);

/** What looks like retries of reads that name nobody only warns: it may be that so many buyers came. */
function withReads(finding: Finding, reads: AnonymousReads | undefined, { pass }: Limits): Finding {
  if (!reads) return finding;
  const { again, failed, amplification } = reads;
  const more = { ...finding.more, anonymousReads: amplification.figure };
  if (amplification.low <= pass || finding.verdict === 'warn' || finding.verdict === 'fail')
    return { ...finding, more };
  const n = finding.verdict === 'no-data' ? reads.reads : finding.n;
  return {
    ...finding,
    ...{ verdict: 'warn', n, evidence: idsOf(again), more },
    advice: `${again.length} reads that name nobody came right after one of ${failed} that had failed, as retries without delay do; wait before reading again, and send X-Attempt or traceparent, so that it can be judged.`,
    unsure: 'whose such reads are is not known; it is taken from how soon they come, and is never more than a warning',
  };
}
