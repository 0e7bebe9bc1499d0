// Reads that name nobody, as that of a seat map, which come again so soon after one failed that other buyers hardly explain it.
import { ByName } from './by-name.ts';
import type { Case } from './criterion.ts';
import { type Attempt, calmOf } from './evidence.ts';
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
  /** Those that look like retries, by arrival. */
  readonly again: readonly Attempt[];
  /** Reads for each that looks like no retry. */
  readonly amplification: Estimate;
}

/** Undefined where too few of them failed under a fault. */
export function anonymousReads({ evidence, anyones }: Pick<Case, 'evidence' | 'anyones'>): AnonymousReads | undefined {
  const calm = calmOf(evidence);
  const counts = countsOf(arrivedIn(anyones, calm).filter(isUnnamed));
  const under = anyones.filter((read) => isWithinAny(read.at, evidence.faults) && isUnnamed(read));
  const failures = new ByName<Failures>();
  let failed = 0;
  for (const read of under) {
    if (read.endedAt === null || !hasFailed(read)) continue;
    failed++;
    const known = failures.get(read.fingerprint);
    if (known) known.ends.push(read.endedAt);
    else {
      const soonMs = soonAfter(counts.get(read.fingerprint) ?? 0, calm ? lengthOf(calm) : 0);
      failures.set(read.fingerprint, { ends: [read.endedAt], soonMs, next: 0 });
    }
  }
  if (failed < MIN_FAILED) return undefined;
  const again = followersAmong(under, failures);
  const { figure, low, high } = shareEstimate(again.length, under.length);
  const amplified = (share: number): number => 1 / (1 - share);
  return {
    ...{ reads: under.length, failed, again },
    amplification: { figure: amplified(figure), low: amplified(low), high: amplified(high) },
  };
}

/** Of one thing that is read. */
interface Failures {
  readonly ends: number[];
  readonly soonMs: number;
  /** The first of them that nobody has followed, and may yet be followed. */
  next: number;
}

/** Its client does not say whose it is, or the how many'th. */
const isUnnamed = (read: Attempt): boolean =>
  (read.idempotencyKey ?? read.invocation ?? read.traceId ?? read.declared) === null;

function countsOf(reads: readonly Attempt[]): ByName<number> {
  const counts = new ByName<number>();
  for (const { fingerprint } of reads) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}

/**
 * Of arrivals at random, a share of 1 - e^-x comes within x times the mean distance, which is less than x. Less than a
 * millisecond cannot be told from none.
 */
const soonAfter = (count: number, calmMs: number): number =>
  count < MIN_IN_CALM ? LOOP_MS : Math.floor(Math.min(MAX_SOON_MS, (CHANCE * calmMs) / count));

/** By arrival: those that came soon after a failure of the same read, each after another one. */
function followersAmong(reads: readonly Attempt[], failures: ByName<Failures>): Attempt[] {
  for (const { ends } of failures.items) ends.sort((a, b) => a - b);
  return reads.filter(({ at, fingerprint }) => {
    const failed = failures.get(fingerprint);
    if (!failed) return false;
    const { ends, soonMs } = failed;
    while (failed.next < ends.length && (ends[failed.next] as number) + soonMs <= at) failed.next++;
    if (failed.next === ends.length || (ends[failed.next] as number) > at) return false;
    failed.next++;
    return true;
  });
}
