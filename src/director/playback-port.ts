// Playback of a world, as far as others may ask for it: a port that the room `world` supplies.
import type { PlaybackState } from '../scenarios/playback-state.ts';
import type { Player } from '../scenarios/player.ts';
import type { ScenarioShelf } from '../shelf/scenario-shelf.ts';
import type { Caller } from './actions.ts';
import type { HealRequest } from './heal-request.ts';

export interface PlayRequest {
  readonly speed?: number | undefined;
  readonly seed?: number | undefined;
  /** A story time, as `14:02` or `2m`. */
  readonly from?: string | undefined;
  readonly by?: string | undefined;
}

export interface ByRequest {
  readonly by?: string | undefined;
}

/** Every verb takes the caller last, and is written down as an action once it is done. */
export interface PlaybackPort {
  readonly player: Player;
  readonly scenarios: ScenarioShelf;
  play(name: string, request: PlayRequest, caller: Caller): Promise<PlaybackState>;
  pause(request: ByRequest, caller: Caller): Promise<PlaybackState>;
  resume(request: ByRequest, caller: Caller): Promise<PlaybackState>;
  seek(request: ByRequest & { readonly to: string }, caller: Caller): Promise<PlaybackState>;
  stop(request: ByRequest, caller: Caller): Promise<PlaybackState>;
  /** The part of an all clear that is no rule: playback, crowd and capacity off, save what is to be kept. */
  clear(request: Pick<HealRequest, 'keep'>): Promise<void>;
}
