// Under a fault: stretches in which a client asked for nothing at all, though something was asked of it all the time.
import type { Case } from './criterion.ts';
import type { Attempt, Span } from './evidence.ts';
import { type Asked, askedUnder, MIN_DEMAND } from './in-vain.ts';
import { greatest } from './statistics.ts';

/** Chance alone leaves so many mean spacings empty once in a million: e^-13.8. */
const SPACINGS = 13.8;
/** A calm is short, and what was asked for in it is a tenth off by chance. */
const LENIENCE = 0.9;

export interface Silence {
  /** The end of the last attempt before it, or its arrival where it was left open. */
  readonly from: number;
  /** The arrival of the first one after it. */
  readonly to: number;
  /** Attempts since the silence before, or since the fault began. */
  readonly before: readonly Attempt[];
  /** The last of them was open as long as the fault: nobody can tell for how long the client waited for it. */
  readonly isLeftOpen: boolean;
  /** None was before it under this fault: until then the client asked for all that was asked of it. */
  readonly isFirst: boolean;
}

export interface Silences {
  readonly all: readonly Silence[];
  /** How often it would have asked, had nothing kept it, in attempts a second. */
  readonly perS: number;
}

/** Of what a fault struck, and none where that is asked for too seldom; undefined where nobody said what was asked of the client. */
export function silencesOf(of: Case): Silences | undefined {
  const { demand, faults } = of.evidence;
  if (demand === undefined || demand < MIN_DEMAND) return undefined;
  const struck = faults.map((fault) => askedUnder(of, fault, fault.to).filter(({ isStruck }) => isStruck));
  // of steps that follow each other each is asked for as often as the first at most, and where that fails the others are not
  const perS = Math.min(demand, greatest(struck.flat().map((asked) => asked.perS)));
  if (perS < MIN_DEMAND * LENIENCE) return { all: [], perS };
  const least = (SPACINGS / perS) * 1000;
  return { perS, all: faults.flatMap((fault, place) => silencesIn(attemptsOf(struck[place] ?? []), fault, least)) };
}

/** By arrival. */
function attemptsOf(struck: readonly Asked[]): readonly Attempt[] {
  const [only] = struck;
  return only && struck.length === 1 ? only.attempts : struck.flatMap(({ attempts }) => attempts).sort(byArrival);
}

const byArrival = (a: Attempt, b: Attempt): number => a.at - b.at;

/** Longer than `least`, in milliseconds. */
function silencesIn(attempts: readonly Attempt[], fault: Span, least: number): Silence[] {
  const silences: Silence[] = [];
  let before: Attempt[] = [];
  let ended = Number.POSITIVE_INFINITY;
  for (const attempt of attempts) {
    if (attempt.at - ended > least) {
      const [isOpen, isFirst] = [isLeftOpen(before.at(-1), fault), silences.length === 0];
      silences.push({ from: ended, to: attempt.at, before, isLeftOpen: isOpen, isFirst });
      before = [];
    }
    before.push(attempt);
    const until = isLeftOpen(attempt, fault) ? attempt.at : (attempt.endedAt as number);
    ended = Number.isFinite(ended) ? Math.max(ended, until) : until;
  }
  return silences;
}

/** It has kept its client from nothing: others came while it was open. */
const isLeftOpen = (attempt: Attempt | undefined, { to }: Span): boolean =>
  attempt !== undefined && (attempt.endedAt === null || attempt.endedAt >= to);
