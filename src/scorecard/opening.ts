// When a client stops asking for something that fails: because its breaker opened, or because all its places are taken.
import { NOTED_MS } from './delays.ts';
import type { Attempt, Span } from './evidence.ts';
import type { Struck } from './in-vain.ts';
import { arrivalOf, arrivedIn, countIn, lengthOf, longestOf, placeOf } from './spans.ts';
import { isHeld, Waiting } from './waiting.ts';

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
  /** When a breaker opened, or that restraint began; else when the stretch began. */
  readonly at: number;
  /** The share of what it would have asked for from then on that it did not; 0 without a breaker. */
  readonly kept: number;
}

/** What may share places. */
export interface Flow {
  /** By arrival. */
  readonly attempts: readonly Attempt[];
  /** How many would come, had the client gone on as in the calm, in attempts a second. */
  readonly perS: number;
  /** Those of them that take places. */
  readonly waiting: Waiting;
}

/** All that a client asks for under a fault; what is answered at once takes no place from what waits. */
export function flowOf(attempts: readonly Attempt[], perS: number): Flow {
  return { attempts, perS, waiting: new Waiting(attempts.filter((attempt) => isHeld(attempt))) };
}

/** By the first window of that length within the stretch that has so few attempts, and not for want of places. */
export function openingOf(struck: Struck, windowMs: number, all: () => Flow): Opening {
  const { attempts, span, perS } = struck;
  const few = Math.floor(((perS * windowMs) / SECOND_MS) * OPEN_SHARE);
  let step: Flow | undefined;
  let last: Pick<Opening, 'by' | 'at'> = { by: 'nothing', at: span.from };
  for (let start = span.from; start + windowMs <= span.to; ) {
    const window = { from: start, to: start + windowMs };
    const first = placeOf(attempts, start, arrivalOf);
    const tooMany = countIn(attempts, window) - few;
    if (tooMany > 0) {
      last = { by: 'nothing', at: span.from };
      start = (attempts[first + tooMany - 1] as Attempt).at + 1; // all windows until then have too many
      continue;
    }
    step ??= { attempts, perS, waiting: new Waiting(attempts) };
    // places may be taken by other steps, which then are asked for no more often either
    const flows = shareIn(window, all()) <= SPARSE_SHARE ? [step, all()] : [step];
    const by = flows.map((flow) => restraintIn(window, flow, struck)).find((one) => one !== 'breaker') ?? 'breaker';
    if (by === 'breaker') {
      const freeAt = ({ waiting }: Flow): number => waiting.freeAt(waiting.most * FULL_SHARE, window) ?? start;
      return openedAt(Math.max(turnOf(window, struck), ...(last.by === 'places' ? flows.map(freeAt) : [])), struck);
    }
    last = by === last.by ? last : { by, at: start };
    start = Math.min((attempts[first]?.at ?? span.to) + 1, start + windowMs / STEPS);
  }
  return { ...last, kept: 0 };
}

/** Of what would be asked for. */
const shareIn = (span: Span, { attempts, perS }: Pick<Flow, 'attempts' | 'perS'>): number =>
  countIn(attempts, span) / Math.max(1, (perS * lengthOf(span)) / SECOND_MS);

const openedAt = (at: number, struck: Struck): Opening => ({
  ...{ by: 'breaker', at, kept: 1 - shareIn({ from: at, to: struck.span.to }, struck) },
});

/** In a window in which a step is hardly asked for, by what may share its places. */
function restraintIn(window: Span, { attempts, waiting }: Flow, step: Struck): Restraint {
  const late = { from: window.to - lengthOf(window) / 3, to: window.to };
  const isFull = (span: Span): boolean => waiting.meanIn(span) > waiting.most * FULL_SHARE;
  if (!isFull(late)) {
    // a client that stalls has free places for once, and takes them when it goes on
    const rest = { from: late.from, to: step.span.to };
    return shareIn(rest, step) <= SPARSE_SHARE && isFull(rest) ? 'places' : 'breaker';
  }
  const { from, to } = longestGap(attempts, window, step.span.to);
  const isLast = (attempts.at(-1)?.at ?? from) <= from;
  if (waiting.endsIn({ from, to: isLast ? to : to + NOTED_MS }) > 0) return 'places';
  return isLast ? 'unknown' : 'breaker';
}

/** Between two attempts of the window that follow each other, or the ones before and after it. */
function longestGap(attempts: readonly Attempt[], window: Span, until: number): Span {
  const first = placeOf(attempts, window.from, arrivalOf);
  const moments = [attempts[first - 1]?.at ?? window.from, ...arrivedIn(attempts, window).map(arrivalOf)];
  moments.push(attempts[first + moments.length - 1]?.at ?? until);
  const gaps = moments.slice(1).map((to, place) => ({ from: moments[place] as number, to }));
  return longestOf(gaps) as Span;
}

/**
 * Just after the last attempt of the window, or before it, up to which more came than half of what would be expected, by as many
 * as possible: until then it asked, and from then on hardly (Page, Biometrika 41 (1954), 100).
 */
function turnOf(window: Span, { attempts, span, perS }: Struck): number {
  const before = attempts[placeOf(attempts, window.from, arrivalOf) - 1]?.at ?? span.from - 1;
  let [turn, most] = [before, 0];
  for (const [place, { at }] of arrivedIn(attempts, window).entries()) {
    const excess = place + 1 - ((at - before) / SECOND_MS) * (perS / 2);
    if (excess > most) [turn, most] = [at, excess];
  }
  return turn + 1;
}
