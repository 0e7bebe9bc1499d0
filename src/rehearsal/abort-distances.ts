// How far a rehearsal is from each condition that would abort it, in numbers: what was observed last, and the limit.
import type { Observed } from './abort-watch.ts';
import type { AbortLimits } from './plan.ts';

export const ABORT_UNITS = ['ms', 'count', 'share', 'bytes'] as const;

export interface AbortDistance {
  /** As a breach of it is called. */
  readonly name: string;
  /** Null: nothing was measured yet. */
  readonly value: number | null;
  /** It is aborted beyond it. */
  readonly limit: number;
  readonly unit: (typeof ABORT_UNITS)[number];
}

/** Of a rehearsal that has just begun not all is known. */
export interface ObservedSoFar extends Omit<Observed, 'memoryBytes' | 'lagMs'> {
  readonly memoryBytes: number | null;
  readonly lagMs: number | null;
  /** Whether the front door has been asked. */
  readonly hasLooked: boolean;
}

/** Those that are configured, in the order of the file. */
export function abortDistances(limits: AbortLimits, seen: ObservedSoFar): AbortDistance[] {
  const { wallClockMs, openRequests, errorShare, frontDoor, memoryBytes, eventLoopLagMs } = limits;
  const failingMs = seen.frontDoor ? seen.now - seen.frontDoor.since : 0;
  const all = [
    distance('wallClock', 'ms', seen.now - seen.startedAt, wallClockMs),
    distance('openRequests', 'count', seen.open, openRequests),
    distance('errorShare', 'share', seen.errorShare, errorShare?.above),
    distance('frontDoor', 'ms', seen.hasLooked ? failingMs : null, frontDoor?.failingMs),
    distance('memory', 'bytes', seen.memoryBytes, memoryBytes),
    distance('eventLoopLag', 'ms', seen.lagMs, eventLoopLagMs),
  ];
  return all.filter((one) => one !== undefined);
}

export const distance = (
  name: string,
  unit: AbortDistance['unit'],
  value: number | null,
  limit: number | null | undefined,
): AbortDistance | undefined =>
  limit === null || limit === undefined
    ? undefined
    : { name, value: value === null ? null : Math.max(0, value), limit, unit };
