// Server-sent events: every exchange and struck connection as it ends, every action, and the state after it.
import type { Cancel } from '../../base/clock.ts';
import { isSealed, withheldEvent } from '../../scenarios/playback-state.ts';
import { EVENT_HEADERS } from '../../web/events.ts';
import type { State } from '../contract/state.ts';
import type { AdminDeps } from '../deps.ts';
import { presentAction, presentCrowd, presentEntry, presentState } from '../present.ts';
import { defineRoute, type Route, STREAMING } from '../route.ts';
import { sealedAction, sealedEntry, sealedState } from '../sealing.ts';
import { veiled } from '../veiling.ts';

/** Told as JSON only when somebody reads. */
const whenRead = (shown: () => unknown): { toJSON(): unknown } => ({ toJSON: shown });

/** Joins the world's topics to the hub. */
export function feedEvents(deps: AdminDeps): void {
  const { events, director, world, playback } = deps;
  const sealed = (): boolean => playback !== undefined && isSealed(playback.player.status);
  const tellState = (): void => {
    events.publish(
      'state',
      whenRead(() => shownState(deps)),
    );
  };
  world.journal.closed.subscribe((entry) => {
    events.publish(
      entry.kind,
      whenRead(() => (sealed() ? sealedEntry(presentEntry(entry)) : presentEntry(entry))),
    );
  });
  director.changed.subscribe((action) => {
    if (action.world !== world.name) return;
    events.publish(
      'action',
      whenRead(() => (sealed() ? sealedAction(presentAction(action)) : veiled(presentAction(action)))),
    );
    tellState();
  });
  playback?.player.told.subscribe((event) => {
    const shown = withheldEvent(event);
    if (shown) events.publish('cue', { ...shown, at: new Date(shown.at).toISOString() });
  });
}

const LOAD_EVERY_MS = 1000;

/** Tells how the upstream and the crowd fare while there is either, and somebody reads; returns how to end it. */
export function tellLoad({ events, world }: Pick<AdminDeps, 'events' | 'world'>): Cancel {
  return world.clock.every(LOAD_EVERY_MS, () => {
    if (events.readers === 0) return;
    const [capacity, crowd] = [world.load.capacityObserved(), presentCrowd(world.load.observed())];
    if (capacity || crowd) events.publish('load', { at: new Date(world.clock.now()).toISOString(), capacity, crowd });
  });
}

/** Who reads events is not known to them, so all see what a viewer may see. */
function shownState({ director, world, version, playback }: AdminDeps): State {
  const state = presentState(director.snapshot(world), { version, playback: playback?.player.status });
  return playback && isSealed(playback.player.status) ? sealedState(state) : veiled(state);
}

export function eventRoutes(deps: AdminDeps): Route[] {
  const { events } = deps;
  return [
    defineRoute({
      name: 'followEvents',
      method: 'GET',
      path: '/v1/events',
      summary:
        'Server-sent events: `exchange` and `connection` (one that rules struck) as they end, `action`, `cue`, `load` once a second while there is a capacity or a crowd, and `state` at the start and after each action.',
      access: 'read',
      answers: { 200: { summary: 'A stream that goes on.', type: 'text/event-stream' } },
      refusals: ['too_many_concurrent'],
      handle({ ctx }) {
        ctx.set({ ...EVENT_HEADERS });
        if (ctx.method === 'HEAD') return { status: 200 };
        ctx.status = 200;
        ctx.body = events.subscribe(ctx.get('Last-Event-ID') || undefined);
        ctx.type = EVENT_HEADERS['Content-Type'] ?? '';
        events.publish('state', shownState(deps));
        return STREAMING;
      },
    }),
  ];
}
