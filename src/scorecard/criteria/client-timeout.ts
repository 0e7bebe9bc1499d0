// How long the client waits for an answer before it gives up.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence } from '../evidence.ts';
import { arrivedIn } from '../spans.ts';
import {
  ascending,
  deviation,
  type Estimate,
  estimated,
  median,
  type Observation,
  quantile,
  survival,
} from '../statistics.ts';
import { atMost, idsOf, noData } from '../verdict.ts';

/** Requests that a client must have left for its time-out to be told. */
export const MIN_LEFT = 20;
/** Requests that were held as long as `never` and not left. */
const MIN_HELD = 5;
const BIN_MS = 50;
/** Those who belong to the most frequent time lie so near to it. */
const NEAR = 0.05;

/** It has left by itself, and no byte had come. */
export const gaveUp = ({ ended, firstByteAt }: Attempt): boolean => ended === 'client-left' && firstByteAt === null;

/** How long each request was waited for; those that were answered, cut or are open say that it was at least so long. */
export function waits({ attempts, whole }: Evidence): Observation[] {
  return attempts.map((attempt) => ({
    ms: (attempt.firstByteAt ?? attempt.endedAt ?? whole.to) - attempt.at,
    happened: gaveUp(attempt),
  }));
}

/** The most frequent time after which it gives up, in milliseconds; undefined where it has left too seldom. */
export function timeoutOf({ attempts }: Evidence): Estimate | undefined {
  const times = attempts.filter(gaveUp).map(({ at, endedAt }) => (endedAt as number) - at);
  if (times.length < MIN_LEFT) return undefined;
  const mode = modeOf(times);
  const near = times.filter((ms) => Math.abs(ms - mode) <= Math.max(BIN_MS, mode * NEAR));
  return estimated(median(near), deviation(near) / Math.sqrt(near.length));
}

/** The middle of the fullest bin, the neighbours of which count half. */
function modeOf(times: readonly number[]): number {
  const bins = new Map<number, number>();
  for (const ms of times) bins.set(Math.floor(ms / BIN_MS), (bins.get(Math.floor(ms / BIN_MS)) ?? 0) + 1);
  const weight = (bin: number): number =>
    (bins.get(bin) ?? 0) + ((bins.get(bin - 1) ?? 0) + (bins.get(bin + 1) ?? 0)) / 2;
  const [fullest] = [...bins.keys()].sort((a, b) => weight(b) - weight(a) || a - b);
  return ((fullest as number) + 0.5) * BIN_MS;
}

export const clientTimeout = defineCriterion({
  name: 'client-timeout',
  asks: 'How long does it wait for an answer?',
  unit: 'ms',
  counts: 'judged',
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
  judge: ({ evidence }, { healthyMs, pass, warn, neverMs }): Finding => {
    const left = evidence.attempts.filter(gaveUp);
    const timeout = timeoutOf(evidence);
    if (!timeout) return whereNobodyLeft(evidence, left.length, neverMs);
    const healthy = Math.max(healthyMs, healthyOf(evidence));
    const verdict = atMost(timeout, { pass: healthy * pass, warn: healthy * warn });
    const is = `It gives up after ${Math.round(timeout.figure)} ms`;
    const advice =
      verdict === 'pass'
        ? `${is}, which is short enough.`
        : `${is}; set its read time-out to some ${Math.round(healthy * 2)} ms, and keep nobody waiting longer for it.`;
    const share = survival(waits(evidence), timeout.figure * (1 + NEAR) + BIN_MS);
    const more = { low: timeout.low, high: timeout.high, stillWaiting: share ?? null };
    return { verdict, n: left.length, figure: timeout.figure, advice, evidence: idsOf(left), more };
  },
});

/** The 99.9th percentile of what was answered in the calm, in milliseconds. */
function healthyOf(evidence: Evidence): number {
  const answered = arrivedIn(evidence.attempts, calmOf(evidence)).filter(({ ended }) => ended === 'answered');
  const times = answered.map(({ at, firstByteAt, endedAt }) => (firstByteAt ?? endedAt ?? at) - at);
  return times.length === 0 ? 0 : quantile(ascending(times), 0.999);
}

function whereNobodyLeft(evidence: Evidence, n: number, neverMs: number): Finding {
  const { attempts, whole } = evidence;
  const held = attempts.filter(({ at, endedAt, firstByteAt }) => (firstByteAt ?? endedAt ?? whole.to) - at >= neverMs);
  const share = survival(waits(evidence), neverMs);
  if (held.length >= MIN_HELD && share !== undefined && share > 0.5)
    return {
      verdict: 'fail',
      n: held.length,
      figure: null,
      advice: `It had not given up after ${neverMs / 1000} s: give every call a time-out.`,
      evidence: idsOf(held),
    };
  return noData(
    n,
    `${MIN_LEFT} requests that it gives up are needed, or ${MIN_HELD} that are held for ${neverMs / 1000} s.`,
  );
}
