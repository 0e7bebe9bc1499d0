// What a rehearsal that runs keeps from happening to its world: all that is beyond its blast radius, and after an abort all.
import { Refusal } from '../base/refusal.ts';
import type { Guard } from '../director/guard.ts';
import { barredCues } from './beyond-radius.ts';
import { type Within, whyBeyond, whySweeps } from './blast-radius.ts';

/** The rehearsal, as far as it matters here. */
export interface Guarding {
  readonly id: string;
  readonly isAborted: boolean;
  readonly isCalm: boolean;
  /** Aborts where anything speaks against it. */
  mayArm(): boolean;
}

export function guardOf(rehearsal: Guarding, within: Within): Guard {
  const { id } = rehearsal;
  const refuse = (words: string): Refusal => new Refusal('conflict', words, { rehearsal: id });
  const refuseAborted = (): void => {
    if (rehearsal.isAborted)
      throw refuse(`rehearsal ${id} was aborted: nothing is armed or played here until it has finished`);
  };
  const refuseBeyond = (why: string | undefined): void => {
    if (why !== undefined) throw refuse(`${why}; it binds everybody while rehearsal ${id} runs`);
  };
  return {
    arming(arming) {
      refuseAborted();
      refuseBeyond(whyBeyond(arming, within));
      if (arming.isCue && rehearsal.isCalm && !rehearsal.mayArm())
        throw refuse(`rehearsal ${id} was aborted before anything was armed`);
    },
    sweeping(what) {
      refuseAborted();
      refuseBeyond(whySweeps(what, within.radius));
    },
    playing(scenario) {
      refuseAborted();
      const first = barredCues(scenario, within).find(({ isBeyond }) => isBeyond);
      refuseBeyond(first && `its cue ${first.cue.index} (${first.cue.verb}) must not come: ${first.why}`);
    },
    resetting() {
      throw refuse(
        `rehearsal ${id} runs in this world, and its record would no longer be of one box office; abort or finish it first`,
      );
    },
  };
}
