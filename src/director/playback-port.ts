// Playback of a world, as far as others may ask for it: a port that the room `world` supplies.
import type { BarredCue, PlaybackState } from '../scenarios/playback-state.ts';
import type { Player } from '../scenarios/player.ts';
import type { ScenarioShelf } from '../shelf/scenario-shelf.ts';
import type { Caller } from './actions.ts';
import type { HealRequest } from './heal-request.ts';

export interface PlayRequest {
  readonly speed?: number | undefined;
  readonly seed?: number | undefined;
  /** A story time, as `14:02` or `2m`. */
  readonly from?: string | undefined;
  /** No cue comes before `resume`. */
  readonly paused?: boolean | undefined;
  readonly by?: string | undefined;
}

export interface ByRequest {
  readonly by?: string | undefined;
}

/** A play that begins, and what is known of it beforehand. */
export interface Begun extends PlaybackState {
  /** Cues of it that cannot be done here, whenever they come. */
  readonly cannotAct: readonly BarredCue[];
}

/** Every verb takes the caller last, and is written down as an action once it is done. */
export interface PlaybackPort {
  readonly player: Player;
  readonly scenarios: ScenarioShelf;
  /** Throws a Refusal when nothing that it would do can be done here. */
  play(name: string, request: PlayRequest, caller: Caller): Promise<Begun>;
  pause(request: ByRequest, caller: Caller): Promise<PlaybackState>;
  resume(request: ByRequest, caller: Caller): Promise<PlaybackState>;
  seek(request: ByRequest & { readonly to: string }, caller: Caller): Promise<PlaybackState>;
  stop(request: ByRequest, caller: Caller): Promise<PlaybackState>;
  /** The part of an all clear that is no rule: playback, crowd and capacity off, save what is to be kept. */
  clear(request: Pick<HealRequest, 'keep'>): Promise<void>;
}
