// The stage a scenario is played on: the verbs a cue may ask for; the director supplies them.
import type { CapacitySettings } from '../capacity/settings.ts';
import type { CrowdSettings } from '../crowd/settings.ts';
import type { ActivateCue } from '../shelf/cue.ts';

/** How story time becomes real time: divide by `speed`. */
export interface Pace {
  readonly speed: number;
  /** In the place of the world's. */
  readonly seed: number | undefined;
  /** Story milliseconds since the cue was due; above 0 only for cues that a seek made up for. */
  readonly lateMs: number;
}

/** What is there before a play, and is put back after it. */
export interface Before {
  readonly capacity: CapacitySettings | null;
  readonly crowd: CrowdSettings | null;
  /** Box-office time against real time. */
  readonly timeScale: number;
}

/** Ends an activation; harmless when it has ended, or another took its name. */
export type End = () => Promise<unknown>;

export type ActivateAsked = Pick<ActivateCue, 'profile' | 'as' | 'share' | 'match' | 'connections'>;

/** A verb that cannot be done rejects; the play tells so and goes on. */
export interface ScenarioPort {
  before(): Before | Promise<Before>;
  /** Until it is ended: the player keeps the time of a ttl. Ramps, of the cue and of the profile, are in story time. */
  activate(asked: ActivateAsked, pace: Pace): Promise<End>;
  /** Every activation of the profile, or only the one named. */
  deactivate(profile: string, as: string | null): Promise<unknown>;
  /** Rules only. */
  heal(release: 'drop' | 'answer' | undefined): Promise<unknown>;
  /** Real seconds throughout; null turns it off. */
  capacity(settings: CapacitySettings | null, pace: Pace): Promise<unknown>;
  /** Its curve is in story time; null turns it off. */
  crowd(settings: CrowdSettings | null, pace: Pace): Promise<unknown>;
  timeScale(scale: number): Promise<unknown>;
  note(text: string): Promise<unknown>;
}
