// Under a fault: stretches in which a client did not ask for something at all, though it was asked of it all the time.
import type { Case } from './criterion.ts';
import type { Attempt, Span } from './evidence.ts';
import { type Asked, MIN_DEMAND } from './in-vain.ts';
import { arrivedIn } from './spans.ts';
import { greatest, sum } from './statistics.ts';
import { isServed } from './trace.ts';

/** Chance alone leaves so many mean spacings empty once in a million: e^-13.8. */
const SPACINGS = 13.8;
/** A calm is short, and what was asked for in it is a tenth off by chance. */
const LENIENCE = 0.9;

export interface Silence {
  /** The end of the last attempt before it, or its arrival where it was left open. */
  readonly from: number;
  /** The arrival of the first one after it. */
  readonly to: number;
  /** Attempts since the silence before, or since the first was in vain. */
  readonly before: readonly Attempt[];
  /** Those of them that came after a silence, and before any was answered well: none where no silence was before it. */
  readonly probes: readonly Attempt[];
  /** The last of them was open as long as the fault: nobody can tell for how long the client waited for it. */
  readonly isLeftOpen: boolean;
  /** A breaker was closed before it: no silence was before it under this fault, or a probe was answered well. */
  readonly wasClosed: boolean;
}

export interface Silences {
  /** Of each operation by itself: steps may have breakers of their own. */
  readonly all: readonly Silence[];
  /** How often the most frequent of them would have been asked for, had nothing kept it back, in attempts a second. */
  readonly perS: number;
  /** Of the time from the first to the last attempt of each: what is little of it are pauses of a client that stalls. */
  readonly share: number;
}

/** Of what a fault struck, and none where that is asked for too seldom; undefined where nobody said what was asked of the client. */
export function silencesOf({ evidence: { demand }, asked }: Case): Silences | undefined {
  if (demand === undefined || demand < MIN_DEMAND) return undefined;
  const often = asked.flatMap((one) => {
    const perS = Math.min(demand, one.struck?.perS ?? 0);
    if (perS < MIN_DEMAND * LENIENCE) return [];
    const attempts = askedFrom(one);
    const askedForMs = (attempts.at(-1)?.at ?? 0) - (attempts[0]?.at ?? 0);
    return { perS, askedForMs, silences: silencesIn(attempts, one.fault, (SPACINGS / perS) * 1000) };
  });
  const all = often.flatMap(({ silences }) => silences);
  const silentMs = sum(all.map(({ from, to }) => to - from));
  const share = silentMs / Math.max(1, sum(often.map(({ askedForMs }) => askedForMs)));
  return { all, perS: greatest(often.map(({ perS }) => perS)), share };
}

/** From its first in vain on, and with the one that is served at the end, which ends a silence too. */
const askedFrom = ({ attempts, struck }: Asked): readonly Attempt[] =>
  arrivedIn(attempts, struck && { from: struck.span.from, to: struck.span.to + 1 });

/** Longer than `least`, in milliseconds. */
function silencesIn(attempts: readonly Attempt[], fault: Span, least: number): Silence[] {
  const silences: Silence[] = [];
  let before: Attempt[] = [];
  let ended = Number.POSITIVE_INFINITY;
  for (const attempt of attempts) {
    if (attempt.at - ended > least) {
      const isAfterSilence = silences.length > 0;
      const good = before.find(isServed);
      const probes = isAfterSilence ? before.filter(({ at }) => !good || at <= (good.endedAt as number)) : [];
      const [isOpen, wasClosed] = [isLeftOpen(before.at(-1), fault), !isAfterSilence || good !== undefined];
      silences.push({ from: ended, to: attempt.at, before, probes, isLeftOpen: isOpen, wasClosed });
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
