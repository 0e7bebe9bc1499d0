// Under a fault: stretches in which a client asked for nothing at all, though something was asked of it all the time.
import type { Case } from './criterion.ts';
import type { Attempt, Evidence, Span } from './evidence.ts';
import { arrivedIn } from './spans.ts';

/** The demand that must be declared, an operation a second: less of it is silence by itself. */
export const MIN_DEMAND = 20;
/** Chance alone leaves so many mean spacings empty once in a million: e^-13.8. */
const SPACINGS = 13.8;

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

/** Undefined where nobody said what was asked of the client, or too little. */
export function silencesOf({ evidence }: Case): Silence[] | undefined {
  const { demand, faults } = evidence;
  if (demand === undefined || demand < MIN_DEMAND) return undefined;
  const least = (SPACINGS / demand) * 1000;
  return faults.flatMap((fault) => silencesIn(evidence, fault, least));
}

/** Longer than `least`, in milliseconds. */
function silencesIn({ attempts }: Evidence, fault: Span, least: number): Silence[] {
  const silences: Silence[] = [];
  let before: Attempt[] = [];
  let ended = Number.POSITIVE_INFINITY;
  for (const attempt of arrivedIn(attempts, fault)) {
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

export const DEMAND_NEEDED = `Say what is asked of it all the time, at least ${MIN_DEMAND}/s: without that, silence may be a lack of buyers.`;
