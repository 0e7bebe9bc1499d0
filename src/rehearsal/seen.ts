// A rehearsal that runs, as somebody sees it who looks every second: its phase, and how far it is from being aborted.
import type { AbortDistance } from './abort-distances.ts';
import type { Rehearsal } from './rehearsal.ts';

export interface RehearsalSeen {
  readonly id: string;
  readonly title: string;
  /** Null before the first. */
  readonly phase: string | null;
  /** Of the phase, epoch ms; null: nobody knows. */
  readonly endsAt: number | null;
  readonly abort: readonly AbortDistance[];
}

export function seenOf(rehearsal: Rehearsal | undefined): RehearsalSeen | null {
  if (!rehearsal) return null;
  const { id, plan, phases, lookout } = rehearsal;
  const phase = phases.at(-1);
  const { name: current = null, endsAt = null } = phase ?? {};
  return { id, title: plan.title, phase: current, endsAt, abort: lookout.distances() };
}
