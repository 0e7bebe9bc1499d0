// What happened at one moment, as the stream tells it.
import type { Action } from '../../../admin/contract/contract.ts';
import type { Playback } from '../../../admin/contract/playback.ts';

/** Something that somebody did, or a cue that was played. */
export interface Moment {
  readonly at: number;
  readonly what: 'action' | 'cue';
  readonly told: Action | CueTold;
}

export interface CueTold {
  readonly what: string;
  readonly at: string;
  readonly scenario: string;
  readonly storyTime: string;
  readonly storyMs: number;
  readonly cue: Playback['cue'];
  readonly message: string | null;
}
