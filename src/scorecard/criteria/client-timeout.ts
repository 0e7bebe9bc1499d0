// How long the client waits for an answer before it gives up.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence } from '../evidence.ts';
import { addTo } from '../groups.ts';
import { arrivedIn } from '../spans.ts';
import { ascending, quantile, survival } from '../statistics.ts';
import { BIN_MS, MIN_LEFT, NEAR, slowestOf } from '../time-out.ts';
import { atMost, idsOf, noData, worstOf } from '../verdict.ts';

/** Requests that were held as long as `never` and not left. */
const MIN_HELD = 5;

export const clientTimeout = defineCriterion({
  name: 'client-timeout',
  asks: 'How long does it wait for an answer?',
  unit: 'ms',
  counts: 'judged',
  better: 'less',
  weight: 120,
  thresholds: z.strictObject({
    healthyMs: z
      .number()
      .positive()
      .default(500)
      .describe('what 99.9 % of answers of a healthy upstream take at most, in ms; a slower calm counts as it was'),
    pass: z.number().positive().default(10).describe('times that, at most'),
    warn: z.number().positive().default(100).describe('times that, up to which it is a warning'),
    neverMs: z.number().positive().default(60_000).describe('who waits so long, in ms, has no time-out to speak of'),
  }),
  threshold: ({ healthyMs, pass, warn }) =>
    `at most ${pass} times the 99.9th percentile of the calm (at least ${healthyMs} ms), warns up to ${warn} times`,
  source: 'Amazon Builders’ Library, Timeouts, retries and backoff; Google SRE Book ch. 22',
  judge: ({ evidence, left, timeout }, { healthyMs, pass, warn, neverMs }): Finding => {
    if (!timeout) return whereNobodyLeft(evidence, left, neverMs);
    const unbounded = whereNoneOfOneLeft(evidence, left, neverMs);
    if (unbounded) return unbounded;
    const healthy = Math.max(healthyMs, healthyOf(evidence));
    const limits = { pass: healthy * pass, warn: healthy * warn };
    const usual = atMost(timeout, limits);
    const slowest = slowestOf(left);
    const verdict = worstOf([usual, ...(slowest ? [atMost(slowest.timeout, limits)] : [])]);
    const isOfOne = slowest !== undefined && verdict !== usual;
    const { figure } = isOfOne ? slowest.timeout : timeout;
    const is = `It gives up after ${Math.round(figure)} ms${isOfOne ? `, where it asks for ${slowest.operation}` : ''}`;
    const advice =
      verdict === 'pass'
        ? `${is}, which is short enough.`
        : `${is}; set its read time-out to some ${Math.round(healthy * 2)} ms, and keep nobody waiting longer for it.`;
    const share = stillWaiting(evidence, left, timeout.figure * (1 + NEAR) + BIN_MS);
    const longest = (slowest?.timeout ?? timeout).figure;
    const more = { low: timeout.low, high: timeout.high, longest, stillWaiting: share ?? null };
    const found = { verdict, n: left.length, figure: timeout.figure, advice };
    return { ...found, evidence: idsOf(isOfOne ? slowest.left : left), more };
  },
});

/** The share that waits for longer than `ms`: those that were not `given` up say that it was at least so long. Both by arrival. */
function stillWaiting({ attempts, whole }: Evidence, given: readonly Attempt[], ms: number): number | undefined {
  const left: number[] = [];
  const others = new Float64Array(attempts.length - given.length);
  let count = 0;
  for (const attempt of attempts) {
    const waited = (attempt.firstByteAt ?? attempt.endedAt ?? whole.to) - attempt.at;
    if (attempt === given[left.length]) left.push(waited);
    else others[count++] = waited;
  }
  return survival(left, others, ms);
}

/** The 99.9th percentile of what was answered in the calm, in milliseconds. */
function healthyOf(evidence: Evidence): number {
  const answered = arrivedIn(evidence.attempts, calmOf(evidence)).filter(({ ended }) => ended === 'answered');
  const times = answered.map(({ at, firstByteAt, endedAt }) => (firstByteAt ?? endedAt ?? at) - at);
  return times.length === 0 ? 0 : quantile(ascending(times), 0.999);
}

/** Of that operation which it waits for without end, though it gives up others; undefined where there is none. */
function whereNoneOfOneLeft(evidence: Evidence, left: readonly Attempt[], neverMs: number): Finding | undefined {
  const held = new Map<string, Attempt[]>();
  for (const attempt of heldFor(neverMs, evidence)) addTo(held, attempt.operation, attempt);
  for (const [operation, { length }] of held) {
    if (length < MIN_HELD || left.some((attempt) => attempt.operation === operation)) continue;
    const attempts = evidence.attempts.filter((attempt) => attempt.operation === operation);
    const finding = whereNobodyLeft({ ...evidence, attempts }, [], neverMs);
    const advice = `It had not given up ${operation} after ${neverMs / 1000} s, as it does others: give every call a time-out.`;
    if (finding.verdict === 'fail') return { ...finding, advice };
  }
  return undefined;
}

const heldFor = (ms: number, { attempts, whole }: Evidence): Attempt[] =>
  attempts.filter(({ at, endedAt, firstByteAt }) => (firstByteAt ?? endedAt ?? whole.to) - at >= ms);

function whereNobodyLeft(evidence: Evidence, left: readonly Attempt[], neverMs: number): Finding {
  const held = heldFor(neverMs, evidence);
  const share = stillWaiting(evidence, left, neverMs);
  if (held.length >= MIN_HELD && share !== undefined && share > 0.5)
    return {
      verdict: 'fail',
      n: held.length,
      figure: null,
      advice: `It had not given up after ${neverMs / 1000} s: give every call a time-out.`,
      evidence: idsOf(held),
    };
  return noData(
    left.length,
    `${MIN_LEFT} requests that it gives up are needed, or ${MIN_HELD} that are held for ${neverMs / 1000} s.`,
  );
}
