// Server-sent events of every world: a stream is fed only while somebody reads it.
import type { Readable } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { veiled } from '../base/veiling.ts';
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { Worlds } from '../director/worlds-port.ts';
import { isSealed, withheldEvent } from '../scenarios/playback-state.ts';
import { createEventHub, type EventHub, ReaderBound } from '../web/events.ts';
import type { State } from './contract/state.ts';
import { presentAction, presentCrowd, presentEntry, presentState } from './present.ts';
import { sealedAction, sealedEntry, sealedState } from './sealing.ts';

const LOAD_EVERY_MS = 1000;
/** Events of the box office that a stream tells in this time: a moved clock may let thousands lapse in one moment. */
const MAX_EVENTS = 500;
const EVENTS_WITHIN_MS = 1000;
/** How often is looked whether a stream still has readers, or may yet have them back. */
const SWEEP_EVERY_MS = 15_000;

export interface WorldEventsSettings {
  readonly director: Director;
  readonly worlds: Worlds;
  readonly clock: Clock;
  readonly version: string;
}

/** A hub, and what feeds it. */
interface Stream {
  readonly hub: EventHub;
  /** Ends what feeds it, and lets its world be idle. */
  stop(): void;
}

/** Told as JSON only when somebody reads. */
const whenRead = (shown: () => unknown): { toJSON(): unknown } => ({ toJSON: shown });

export class WorldEvents {
  readonly #settings: WorldEventsSettings;
  readonly #streams = new Map<World, Stream>();
  /** Over all worlds. */
  readonly #bound = new ReaderBound();
  /** Ids go on over the hubs of a world, so that a reader that comes back to a new one is told of a gap. */
  #lastId = 0;
  #stopSweep: (() => void) | undefined;
  #closed = false;

  constructor(settings: WorldEventsSettings) {
    this.#settings = settings;
    settings.worlds.closed.subscribe((world) => this.#end(world));
  }

  /** Over all worlds. */
  get readers(): number {
    return this.#bound.readers;
  }

  /** Gives a body as `EventHub.subscribe` does, which begins with the state of the world. */
  subscribe(world: World, lastEventId?: string): Readable {
    if (this.#closed) throw new Refusal('shutting_down', 'the server is stopping');
    const { hub } = this.#streams.get(world) ?? this.#begin(world);
    try {
      const body = hub.subscribe(lastEventId);
      hub.publish('state', this.#shownState(world));
      return body;
    } catch (error) {
      if (!hub.isAwaited) this.#end(world);
      throw error;
    }
  }

  /** Something that is told of a world from elsewhere; `shown` is asked only when somebody reads. */
  tell(world: string, event: string, shown: () => unknown): void {
    for (const [{ name }, { hub }] of this.#streams) if (name === world) hub.publish(event, whenRead(shown));
  }

  close(): void {
    this.#closed = true;
    for (const world of [...this.#streams.keys()]) this.#end(world);
  }

  #begin(world: World): Stream {
    const { clock, worlds } = this.#settings;
    const hub = createEventHub({ clock, bound: this.#bound, firstId: this.#lastId + 1 });
    const feeds = [...this.#feed(world, hub), worlds.use(world)];
    const stream = {
      hub,
      stop: () => {
        for (const end of feeds) end();
      },
    };
    this.#streams.set(world, stream);
    this.#stopSweep ??= clock.every(SWEEP_EVERY_MS, () => this.#sweep());
    return stream;
  }

  #feed(world: World, hub: EventHub): (() => void)[] {
    const { director, clock } = this.#settings;
    const sealed = (): boolean => isSealed(world.playback.player.status);
    return [
      world.journal.closed.subscribe((entry) =>
        hub.publish(
          entry.kind,
          whenRead(() => (sealed() ? sealedEntry(presentEntry(entry)) : presentEntry(entry))),
        ),
      ),
      ...feedEvents(world, hub, clock),
      director.changed.subscribe((action) => {
        if (action.world !== world.name) return;
        hub.publish(
          'action',
          whenRead(() => (sealed() ? sealedAction(presentAction(action)) : veiled(presentAction(action)))),
        );
        hub.publish(
          'state',
          whenRead(() => this.#shownState(world)),
        );
      }),
      world.playback.player.told.subscribe((event) => {
        const shown = withheldEvent(event);
        if (shown) hub.publish('cue', { ...shown, at: new Date(shown.at).toISOString() });
      }),
      clock.every(LOAD_EVERY_MS, () => {
        const [capacity, crowd] = [world.load.capacityObserved(), presentCrowd(world.load.observed())];
        if (capacity || crowd) hub.publish('load', { at: new Date(clock.now()).toISOString(), capacity, crowd });
      }),
    ];
  }

  /** Who reads events is not known to them, so all see what a viewer may see. */
  #shownState(world: World): State {
    const { director, version } = this.#settings;
    const playback = world.playback.player.status;
    const state = presentState(director.snapshot(world), { version, playback });
    return isSealed(playback) ? sealedState(state) : veiled(state);
  }

  /** A hub that nobody reads, or comes back to, is let go with all that feeds it. */
  #sweep(): void {
    for (const [world, { hub }] of this.#streams) if (!hub.isAwaited) this.#end(world);
  }

  #end(world: World): void {
    const stream = this.#streams.get(world);
    if (!stream) return;
    this.#streams.delete(world);
    stream.stop();
    this.#lastId = Math.max(this.#lastId, stream.hub.lastId);
    stream.hub.close();
    if (this.#streams.size > 0) return;
    this.#stopSweep?.();
    this.#stopSweep = undefined;
  }
}

/** Events of the box office name no rule, so that no seal is needed; those beyond the bound are told as a number. */
function feedEvents({ journal }: World, hub: EventHub, clock: Clock): (() => void)[] {
  let told = 0;
  return [
    journal.told.subscribe((event) => {
      if (told++ < MAX_EVENTS)
        hub.publish(
          'event',
          whenRead(() => presentEntry(event)),
        );
    }),
    clock.every(EVENTS_WITHIN_MS, () => {
      if (told > MAX_EVENTS) hub.publish('events-left-out', { count: told - MAX_EVENTS });
      told = 0;
    }),
  ];
}
