// Reads that name nobody, as that of a seat map, which come again so soon after one failed that other buyers hardly explain it.
import type { Case } from './criterion.ts';
import { type Attempt, calmOf } from './evidence.ts';
import { addTo } from './groups.ts';
import type { Name } from './names.ts';
import { arrivalOf, arrivedIn, isWithinAny, lengthOf, placeOf } from './spans.ts';
import { type Estimate, type Interval, shareEstimate } from './statistics.ts';
import { hasFailed } from './trace.ts';

/** Strangers who come as often as in the calm come so soon after a failure by chance in a tenth of all cases. */
const CHANCE = 0.1;
/** Whatever the calm was like, who comes later than this is somebody else. */
const MAX_SOON_MS = 1000;
/** From fewer reads in the calm it is not known how often strangers come; then only a loop without any delay comes soon. */
const MIN_IN_CALM = 5;
const LOOP_MS = 20;
/** So many have failed, or it may be chance after all. */
const MIN_FAILED = 20;

export interface AnonymousReads {
  /** All that came under a fault. */
  readonly reads: number;
  readonly failed: number;
  /** Those that look like retries, in order of arrival for each thing that is read. */
  readonly again: readonly Attempt[];
  /** Reads for each that looks like no retry. */
  readonly amplification: Estimate;
}

/** Undefined where too few of them failed under a fault. */
export function anonymousReads({ evidence, anyones }: Pick<Case, 'evidence' | 'anyones'>): AnonymousReads | undefined {
  const calm = calmOf(evidence);
  const inCalm = byWhat(arrivedIn(anyones, calm));
  const under = byWhat(anyones.filter(({ at }) => isWithinAny(at, evidence.faults)));
  const again: Attempt[] = [];
  let [reads, failed] = [0, 0];
  /** By chance, as strangers who come together do. */
  const expected = { low: 0, high: 0 };
  for (const [what, group] of under) {
    reads += group.length;
    const failures = group.filter((read) => read.endedAt !== null && hasFailed(read));
    if (failures.length === 0) continue;
    const before = inCalm.get(what) ?? [];
    const soonMs = soonAfter(before.length, calm ? lengthOf(calm) : 0);
    for (const read of followersOf(group, failures, soonMs)) again.push(read);
    const chance = chanceOf(before, group, soonMs);
    expected.low += chance.low * failures.length;
    expected.high += chance.high * failures.length;
    failed += failures.length;
  }
  if (failed < MIN_FAILED) return undefined;
  const share = shareEstimate(again.length, reads);
  const amplified = (part: number, byChance: number): number => Math.max(1, (1 - byChance / reads) / (1 - part));
  return {
    ...{ reads, failed, again },
    amplification: {
      figure: amplified(share.figure, (expected.low + expected.high) / 2),
      low: amplified(share.low, expected.high),
      high: amplified(share.high, expected.low),
    },
  };
}

/**
 * How probable it is that a read comes so soon after another though it has nothing to do with it. Buyers come together, as on
 * the minute: it is as probable as after any read of the calm, and as it is that one comes as soon after another had come,
 * while that had not failed yet; what is the greater.
 */
function chanceOf(inCalm: readonly Attempt[], under: readonly Attempt[], soonMs: number): Interval {
  const beside = 1 - Math.exp(-besideOf(under, soonMs) * soonMs);
  if (inCalm.length < MIN_IN_CALM) return { low: beside, high: beside };
  const ended = inCalm.filter(({ endedAt }) => endedAt !== null);
  const { low, high } = shareEstimate(followersOf(inCalm, ended, soonMs).length, inCalm.length);
  return { low: Math.max(low, beside), high: Math.max(high, beside) };
}

/** How many come in a millisecond, in the mean, soon after one that is still open; of reads by arrival. */
function besideOf(reads: readonly Attempt[], soonMs: number): number {
  let [beside, openMs] = [0, 0];
  reads.forEach(({ at, endedAt }, place) => {
    const ms = Math.max(1, Math.min(soonMs, (endedAt ?? Number.POSITIVE_INFINITY) - at));
    beside += placeOf(reads, at + ms, arrivalOf) - place - 1;
    openMs += ms;
  });
  return beside / openMs;
}

/** By what is read. */
function byWhat(reads: readonly Attempt[]): Map<Name, Attempt[]> {
  const groups = new Map<Name, Attempt[]>();
  for (const read of reads) if (isUnnamed(read)) addTo(groups, read.fingerprint, read);
  return groups;
}

/** Its client does not say whose it is, or the how many'th. */
const isUnnamed = (read: Attempt): boolean =>
  (read.idempotencyKey ?? read.invocation ?? read.traceId ?? read.declared) === null;

/**
 * Of arrivals at random, a share of 1 - e^-x comes within x times the mean distance, which is less than x. Less than a
 * millisecond cannot be told from none.
 */
const soonAfter = (count: number, calmMs: number): number =>
  count < MIN_IN_CALM ? LOOP_MS : Math.floor(Math.min(MAX_SOON_MS, (CHANCE * calmMs) / count));

/** Of reads of one thing, by arrival: those that came soon after a failure, each after another one. */
function followersOf(reads: readonly Attempt[], failures: readonly Attempt[], soonMs: number): Attempt[] {
  const ends = new Float64Array(failures.map(({ endedAt }) => endedAt as number)).sort();
  let next = 0;
  return reads.filter(({ at }) => {
    while (next < ends.length && (ends[next] as number) + soonMs <= at) next++;
    if (next === ends.length || (ends[next] as number) > at) return false;
    next++;
    return true;
  });
}
