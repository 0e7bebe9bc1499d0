// What may keep things from being done to a world while something else goes on there, as a rehearsal.
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { Scenario } from '../shelf/scenario.ts';

/** Rules that are about to be put in force. */
export interface Arming {
  readonly rules: readonly ArmedRule[];
  /** In force already, and still so when these are. */
  readonly beside: readonly ArmedRule[];
  /** Of all of them, epoch ms; null: until somebody ends them. Each may end earlier by a ttl of its own. */
  readonly expiresAt: number | null;
  /** Of a scenario's cue: the player ends it, and keeps its ttl. */
  readonly isCue: boolean;
}

/** What strikes whoever comes: nothing of it can be bounded to a seller, an operation or a share. */
export type Sweeping = 'capacity' | 'crowd' | 'sever';

/** Each throws a Refusal for what must not be. */
export interface Guard {
  arming(arming: Arming): void;
  /** Capacity or a crowd is about to be set, and not to be turned off, or connections to be cut. */
  sweeping(what: Sweeping): void;
  /** A scenario is about to be played, or a play to go on or to be moved in. */
  playing(scenario: Pick<Scenario, 'cues' | 'start'>): void;
  /** The world is about to be made anew. */
  resetting(): void;
}
