// When a client stops asking for something that fails: because its breaker opened, or because all its places are taken.
import { NOTED_MS } from './delays.ts';
import type { Attempt, Span } from './evidence.ts';
import type { Struck } from './in-vain.ts';
import { arrivalOf, countIn, lengthOf, longestOf } from './spans.ts';
import { Waiting } from './waiting.ts';

/** Of what would be asked for, in a window: then it has stopped. */
const OPEN_SHARE = 0.1;
/** Of what would be asked for in the rest of a stretch: more than that, and the client asked on. */
const SPARSE_SHARE = 0.2;
/** Of the most that waited at once: while more of them wait, it may ask for nothing for want of a free place. */
const FULL_SHARE = 0.5;
/** A window is looked for so often within its length, where nothing is asked for. */
const STEPS = 4;
const SECOND_MS = 1000;

/**
 * `breaker`: it asked for hardly anything, though it had free places. `places`: only as often as one of its calls ended.
 * `unknown`: none of them ended, nor did any other come. `nothing`: it asked on.
 */
export type Restraint = 'breaker' | 'places' | 'unknown' | 'nothing';

export interface Opening {
  readonly by: Restraint;
  /** When a breaker opened; else when the stretch began. */
  readonly at: number;
  /** The share of what it would have asked for from then on that it did not; 0 without a breaker. */
  readonly kept: number;
}

/** By the first window of that length within the stretch that has so few attempts, and not for want of places. */
export function openingOf(struck: Struck, windowMs: number): Opening {
  const { attempts, span, perS } = struck;
  const few = ((perS * windowMs) / SECOND_MS) * OPEN_SHARE;
  const arrival = (place: number): number => attempts[place]?.at ?? span.to;
  let waiting: Waiting | undefined;
  let by: Restraint = 'nothing';
  let [first, behind] = [0, 0];
  for (let start = span.from; start + windowMs <= span.to; ) {
    while (first < attempts.length && arrival(first) < start) first++;
    while (behind < attempts.length && arrival(behind) < start + windowMs) behind++;
    if (behind - first <= few) {
      waiting ??= new Waiting(attempts);
      const before = attempts[first - 1]?.at ?? span.from - 1;
      const within = attempts.slice(first, behind);
      const gap = longestGap([before, ...within.map(arrivalOf), arrival(behind)]);
      by = restraintIn({ from: start, to: start + windowMs }, gap, { struck, waiting });
      if (by === 'breaker') return openedAt(turnOf(within, before, perS), struck);
    }
    start = Math.min(arrival(first) + 1, start + windowMs / STEPS);
  }
  return { by, at: span.from, kept: 0 };
}

function openedAt(at: number, { attempts, span, perS }: Struck): Opening {
  const later = attempts.filter((attempt) => attempt.at >= at).length;
  const expected = (perS * (span.to - at)) / SECOND_MS;
  return { by: 'breaker', at, kept: 1 - later / Math.max(1, expected) };
}

/** Between two of the moments, in order, that follow each other. */
function longestGap(moments: readonly number[]): Span {
  const gaps = moments.slice(1).map((to, place) => ({ from: moments[place] as number, to }));
  return longestOf(gaps) as Span;
}

interface Seen {
  readonly struck: Struck;
  readonly waiting: Waiting;
}

/** In a window with few attempts, by the longest gap between two of them, or from or to the next. */
function restraintIn(window: Span, gap: Span, { struck, waiting }: Seen): Restraint {
  const late = { from: window.to - lengthOf(window) / 3, to: window.to };
  const isFull = (span: Span): boolean => waiting.meanIn(span) > waiting.most * FULL_SHARE;
  if (!isFull(late)) {
    // a client that stalls has free places for once, and takes them when it goes on
    const rest = { from: late.from, to: struck.span.to };
    const isSparse = countIn(struck.attempts, rest) <= ((struck.perS * lengthOf(rest)) / SECOND_MS) * SPARSE_SHARE;
    return isSparse && isFull(rest) ? 'places' : 'breaker';
  }
  const isLast = waiting.last <= gap.from;
  const { from, to } = gap;
  if (waiting.endsIn({ from, to: isLast ? to : to + NOTED_MS }) > 0) return 'places';
  return isLast ? 'unknown' : 'breaker';
}

/**
 * Just after the last of those attempts, or the one before them, up to which more came than half of what would be expected, by
 * as many as possible: until then it asked, and from then on hardly (Page, Biometrika 41 (1954), 100).
 */
function turnOf(attempts: readonly Attempt[], before: number, perS: number): number {
  let [turn, most] = [before, 0];
  for (const [place, { at }] of attempts.entries()) {
    const excess = place + 1 - ((at - before) / SECOND_MS) * (perS / 2);
    if (excess > most) [turn, most] = [at, excess];
  }
  return turn + 1;
}
