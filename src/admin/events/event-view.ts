// What a stream of events tells of a world: the contract of a view, and what every view tells alike.
import type { Clock } from '../../base/clock.ts';
import { veiled } from '../../base/veiling.ts';
import type { Director } from '../../director/director.ts';
import type { World } from '../../director/world-port.ts';
import { isSealed, withheldEvent } from '../../scenarios/playback-state.ts';
import type { EventHub } from '../../web/events.ts';
import type { State } from '../contract/state.ts';
import { presentAction, presentState } from '../present.ts';
import { sealedAction, sealedState } from '../sealing.ts';

export const VIEWS = ['plain', 'summary'] as const;
export type ViewName = (typeof VIEWS)[number];

export interface EventView {
  /** What may wait for one slow reader. */
  readonly maxWaitingBytes: number;
  /** Begins to tell; gives how to stop it. */
  feed(world: World, hub: EventHub): (() => void)[];
  /** What a reader is sent before anything else, as events. */
  opening(world: World): string;
}

export interface ViewSettings {
  readonly director: Director;
  readonly clock: Clock;
  readonly version: string;
}

/** Told as JSON only when somebody reads. */
export const whenRead = (shown: () => unknown): { toJSON(): unknown } => ({ toJSON: shown });

export const isSealedIn = ({ playback }: World): boolean => isSealed(playback.player.status);

/** Each action and the state after it, and each cue. */
export const feedActions = (world: World, hub: EventHub, settings: ViewSettings): (() => void)[] => [
  settings.director.changed.subscribe((action) => {
    if (action.world !== world.name) return;
    hub.publish(
      'action',
      whenRead(() => (isSealedIn(world) ? sealedAction(presentAction(action)) : veiled(presentAction(action)))),
    );
    hub.publish(
      'state',
      whenRead(() => shownState(world, settings)),
    );
  }),
  world.playback.player.told.subscribe((event) => {
    const shown = withheldEvent(event);
    if (shown) hub.publish('cue', { ...shown, at: new Date(shown.at).toISOString() });
  }),
];

/** Who reads events is not known to them, so all see what a viewer may see. */
export function shownState(world: World, { director, version }: ViewSettings): State {
  const playback = world.playback.player.status;
  const state = presentState(director.snapshot(world), { version, playback });
  return isSealed(playback) ? sealedState(state) : veiled(state);
}
