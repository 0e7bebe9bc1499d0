// What a rehearsal will do, read and checked: times in milliseconds, bounds in units, sellers by their names.

import { MIN_DEMAND } from '../scorecard/in-vain.ts';
import type { Condition } from './condition.ts';
import type { WrittenPhase } from './rehearsal-schema.ts';

/** `calm`: before any fault · `fault`: from the first phase with faults to the last · `recovery`: after it. */
export type PhaseKind = 'calm' | 'fault' | 'recovery';

export interface PlannedPhase {
  readonly name: string;
  readonly kind: PhaseKind;
  readonly forMs: number;
  readonly on: NonNullable<WrittenPhase['on']>;
}

export interface BlastRadius {
  readonly clients: readonly string[] | null;
  readonly operations: readonly string[] | null;
  readonly share: number | null;
  readonly longestMs: number | null;
}

export interface AbortLimits {
  readonly wallClockMs: number | null;
  readonly openRequests: number | null;
  readonly errorShare: { readonly above: number; readonly forMs: number } | null;
  readonly frontDoor: { readonly url: string; readonly failingMs: number } | null;
  readonly memoryBytes: number | null;
  readonly eventLoopLagMs: number | null;
}

export interface Plan {
  readonly title: string;
  /** Null: every client. */
  readonly client: string | null;
  /** Operations a second; null: nobody said. */
  readonly demand: number | null;
  /** One after the other; of a played scenario none. */
  readonly phases: readonly PlannedPhase[];
  readonly scenario: { readonly name: string; readonly speed: number } | null;
  readonly hypothesis: readonly Condition[];
  readonly blastRadius: BlastRadius;
  readonly abort: AbortLimits;
}

/** What it says that will not be used. */
export const planTroubles = ({ demand }: Pick<Plan, 'demand'>): string[] =>
  demand === null || demand >= MIN_DEMAND
    ? []
    : [`a demand of ${demand}/s is declared, and under ${MIN_DEMAND}/s nothing is said about breakers`];

/** Of a played scenario: calm until something is first in force, recovery once nothing will be any more. */
export const SCENARIO_PHASES: readonly PhaseKind[] = ['calm', 'fault', 'recovery'];
