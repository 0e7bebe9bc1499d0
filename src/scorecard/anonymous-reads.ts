// Reads that name nobody, as that of a seat map, which come again so soon after one failed that other buyers hardly explain it.
import type { Case } from './criterion.ts';
import { type Attempt, calmOf } from './evidence.ts';
import type { Name } from './names.ts';
import { arrivedIn, lengthOf, placeOf } from './spans.ts';
import { ascending, type Estimate, type Interval, shareEstimate } from './statistics.ts';
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
  const under = byWhat(evidence.faults.flatMap((fault) => arrivedIn(anyones, fault)));
  const again: Attempt[] = [];
  let [count, failed] = [0, 0];
  /** By chance, as strangers who come together do. */
  const expected = { low: 0, high: 0 };
  for (const [what, reads] of under) {
    count += reads.at.length;
    const failures = reads.failedAt.length;
    if (failures === 0) continue;
    const before = inCalm.get(what) ?? NONE;
    const soonMs = soonAfter(before.at.length, calm ? lengthOf(calm) : 0);
    for (const place of followersOf(reads.at, reads.failedAt, soonMs)) again.push(reads.attempts[place] as Attempt);
    const chance = chanceOf(before, reads, soonMs);
    expected.low += chance.low * failures;
    expected.high += chance.high * failures;
    failed += failures;
  }
  if (failed < MIN_FAILED) return undefined;
  const share = shareEstimate(again.length, count);
  const amplified = (part: number, byChance: number): number => Math.max(1, (1 - byChance / count) / (1 - part));
  return {
    ...{ reads: count, failed, again },
    amplification: {
      figure: amplified(share.figure, (expected.low + expected.high) / 2),
      low: amplified(share.low, expected.high),
      high: amplified(share.high, expected.low),
    },
  };
}

/** Of one thing, by arrival; the times side by side, since an attempt lies far from the next one of the same thing. */
interface Reads {
  readonly attempts: readonly Attempt[];
  readonly at: readonly number[];
  /** When each ended; infinite where it is open. */
  readonly endedAt: readonly number[];
  /** When those ended that have failed. */
  readonly failedAt: readonly number[];
}

const NONE: Reads = { attempts: [], at: [], endedAt: [], failedAt: [] };

/** By what is read. */
function byWhat(attempts: readonly Attempt[]): Map<Name, Reads> {
  const all = new Map<Name, { attempts: Attempt[]; at: number[]; endedAt: number[]; failedAt: number[] }>();
  for (const read of attempts) {
    if (!isUnnamed(read)) continue;
    const { fingerprint, at } = read;
    let reads = all.get(fingerprint);
    if (!reads) {
      reads = { attempts: [], at: [], endedAt: [], failedAt: [] };
      all.set(fingerprint, reads);
    }
    const endedAt = read.endedAt ?? Number.POSITIVE_INFINITY;
    reads.attempts.push(read);
    reads.at.push(at);
    reads.endedAt.push(endedAt);
    if (hasFailed(read)) reads.failedAt.push(endedAt);
  }
  return all;
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

/**
 * How probable it is that a read comes so soon after another though it has nothing to do with it. Buyers come together, as on
 * the minute: it is as probable as after any read of the calm, and as it is that one comes as soon after another had come,
 * while that had not failed yet; what is the greater.
 */
function chanceOf(inCalm: Reads, under: Reads, soonMs: number): Interval {
  const beside = 1 - Math.exp(-besideOf(under, soonMs) * soonMs);
  if (inCalm.at.length < MIN_IN_CALM) return { low: beside, high: beside };
  const ends = inCalm.endedAt.filter(Number.isFinite);
  const { low, high } = shareEstimate(followersOf(inCalm.at, ends, soonMs).length, inCalm.at.length);
  return { low: Math.max(low, beside), high: Math.max(high, beside) };
}

/** How many come in a millisecond, in the mean, soon after one that is still open. */
function besideOf({ at, endedAt }: Reads, soonMs: number): number {
  let [beside, openMs] = [0, 0];
  at.forEach((moment, place) => {
    const ms = Math.max(1, Math.min(soonMs, (endedAt[place] as number) - moment));
    beside += placeOf(at, moment + ms, Number) - place - 1;
    openMs += ms;
  });
  return beside / openMs;
}

/** Of those that arrived at these times, in order: the places of those that came soon after an end, each after another one. */
function followersOf(arrivals: readonly number[], ends: readonly number[], soonMs: number): number[] {
  const sorted = ascending(ends);
  const followers: number[] = [];
  let next = 0;
  arrivals.forEach((at, place) => {
    while (next < sorted.length && (sorted[next] as number) + soonMs <= at) next++;
    if (next === sorted.length || (sorted[next] as number) > at) return;
    next++;
    followers.push(place);
  });
  return followers;
}
