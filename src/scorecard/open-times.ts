// For how long a breaker stays open, where probes are slow and several: when it opened is known by what it asked for alone.
import type { Silence } from './silences.ts';
import { median } from './statistics.ts';
import { hasFailed } from './trace.ts';

/** What is not told apart by more than this part of an open time is the same. */
const ALIKE = 0.1;

export interface OpenTimes {
  /** Of each silence, in milliseconds. */
  readonly ms: readonly number[];
  /** The median by another reading, which what was seen does not contradict; undefined where there is none. */
  readonly orMs: number | undefined;
}

/** From when a silence counts. */
type Since = (silence: Silence) => number;

/** With each late failure the breaker opens anew, as those do that were written in a few lines. */
const lastEnd: Since = ({ from }) => from;
/** It opened while others were under way: who asked for everything until then stopped asking at that moment. */
const lastArrival: Since = ({ from, before }) => before.at(-1)?.at ?? from;
/** It opens again with the first probe that fails, as sony/gobreaker does. */
const firstFailure: Since = ({ from, before }) =>
  before.reduce((first, one) => (hasFailed(one) ? Math.min(first, one.endedAt as number) : first), from);

/** Of a silence before which the breaker was closed, as the first, and of those after it: in the order in which they are taken where several fit. */
const READINGS = [
  { first: lastEnd, later: lastEnd },
  { first: lastArrival, later: lastEnd },
  { first: lastArrival, later: firstFailure },
] as const;

interface Read {
  readonly ms: readonly number[];
  readonly median: number;
  /** By how much the first open time differs from what the later ones are, in milliseconds. */
  readonly misfit: number;
}

/**
 * By that reading of them by which the first open time is the most like the later ones. `spacingMs` is the mean time between
 * two operations that are asked of the client. At least one silence.
 */
export function openTimesOf(silences: readonly Silence[], spacingMs: number): OpenTimes {
  const reads = READINGS.map((reading) => readBy(reading, silences, spacingMs));
  const best = reads.reduce((taken, read) => (read.misfit < taken.misfit - spacingMs ? read : taken));
  const other = reads.find(
    (read) => read.misfit <= best.misfit + spacingMs && Math.abs(read.median - best.median) > best.median * ALIKE,
  );
  return { ms: best.ms, orMs: other?.median };
}

function readBy({ first, later }: (typeof READINGS)[number], silences: readonly Silence[], spacingMs: number): Read {
  const ms = silences.map((silence) => {
    const since = silence.wasClosed ? first : later;
    // whoever asks next comes half a spacing late, in the mean, to a breaker that would let it through; and so much later it
    // opened than the last came
    return silence.to - since(silence) - (since === lastArrival ? spacingMs : spacingMs / 2);
  });
  const [firsts, others] = [true, false].map((wasClosed) =>
    ms.filter((_, place) => silences[place]?.wasClosed === wasClosed),
  );
  const isComparable = firsts?.length && others?.length;
  const misfit = isComparable ? Math.abs(median(firsts) - median(others)) : 0;
  return { ms, median: median(ms), misfit };
}
