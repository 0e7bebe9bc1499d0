// Reads that name nobody, as that of a seat map, which come again so soon after one failed that other buyers hardly explain it.
import { type Attempt, calmOf, type Evidence, isAnyones } from './evidence.ts';
import { addTo } from './groups.ts';
import type { Name } from './names.ts';
import { arrivedIn, isWithinAny, lengthOf } from './spans.ts';
import { type Estimate, shareEstimate } from './statistics.ts';
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
export function anonymousReads(evidence: Evidence): AnonymousReads | undefined {
  const calm = calmOf(evidence);
  const inCalm = countsOf(arrivedIn(evidence.attempts, calm).filter(isUnnamed));
  const byWhat = new Map<Name, Attempt[]>();
  for (const attempt of evidence.attempts)
    if (isWithinAny(attempt.at, evidence.faults) && isUnnamed(attempt)) addTo(byWhat, attempt.fingerprint, attempt);
  const again: Attempt[] = [];
  let [reads, failed] = [0, 0];
  for (const [what, group] of byWhat) {
    const failures = group.filter((read) => read.endedAt !== null && hasFailed(read));
    const soonMs = soonAfter(inCalm.get(what) ?? 0, calm ? lengthOf(calm) : 0);
    for (const read of followersOf(group, failures, soonMs)) again.push(read);
    reads += group.length;
    failed += failures.length;
  }
  if (failed < MIN_FAILED) return undefined;
  const { figure, low, high } = shareEstimate(again.length, reads);
  const amplified = (share: number): number => 1 / (1 - share);
  return {
    ...{ reads, failed, again },
    amplification: { figure: amplified(figure), low: amplified(low), high: amplified(high) },
  };
}

/** Neither itself nor its client says whose it is, or the how many'th. */
const isUnnamed = (attempt: Attempt): boolean =>
  isAnyones(attempt) && (attempt.idempotencyKey ?? attempt.invocation ?? attempt.traceId ?? attempt.declared) === null;

function countsOf(reads: readonly Attempt[]): Map<Name, number> {
  const counts = new Map<Name, number>();
  for (const { fingerprint } of reads) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}

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
