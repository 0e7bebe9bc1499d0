// What may keep rules from being put in force in a world while something else goes on there, as a rehearsal.
import type { ArmedRule } from '../faults/armed-rule.ts';

/** Rules that are about to be put in force. */
export interface Arming {
  readonly rules: readonly ArmedRule[];
  /** Of all of them, epoch ms; null: until somebody ends them. Each may end earlier by a ttl of its own. */
  readonly expiresAt: number | null;
  /** Of a scenario's cue: the player ends it, and keeps its ttl. */
  readonly isCue: boolean;
}

/** Each throws a Refusal for what must not be. */
export interface Guard {
  arming(arming: Arming): void;
  /** Capacity or a crowd is about to be set, and not to be turned off. */
  loading(): void;
}
