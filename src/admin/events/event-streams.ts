// The streams of one view, a hub a world: each is fed only while somebody reads it, or did a moment ago.
import type { Readable } from 'node:stream';
import type { Clock } from '../../base/clock.ts';
import type { World } from '../../director/world-port.ts';
import type { Worlds } from '../../director/worlds-port.ts';
import { createEventHub, type EventHub, type ReaderBound } from '../../web/events.ts';
import type { State } from '../contract/state.ts';
import type { EventView } from './event-view.ts';

/** How often is looked whether a stream still has readers, or may yet have them back. */
const SWEEP_EVERY_MS = 15_000;

export interface EventStreamsSettings {
  readonly view: EventView;
  readonly worlds: Worlds;
  readonly clock: Clock;
  /** Over all worlds and views. */
  readonly bound: ReaderBound;
  state(world: World): State;
}

/** A hub, and what feeds it. */
interface Stream {
  readonly hub: EventHub;
  /** Ends what feeds it, and lets its world be idle. */
  stop(): void;
}

export class EventStreams {
  readonly #settings: EventStreamsSettings;
  readonly #streams = new Map<World, Stream>();
  /** Ids go on over the hubs of a world, so that a reader that comes back to a new one is told of a gap. */
  #lastId = 0;
  #stopSweep: (() => void) | undefined;

  constructor(settings: EventStreamsSettings) {
    this.#settings = settings;
    settings.worlds.closed.subscribe((world) => this.#end(world));
  }

  /** Gives a body as `EventHub.subscribe` does, with what the view begins with and then the state of the world. */
  subscribe(world: World, lastEventId: string | undefined): Readable {
    const { view, state } = this.#settings;
    const { hub } = this.#streams.get(world) ?? this.#begin(world);
    try {
      const body = hub.subscribe(lastEventId, view.opening(world));
      hub.publish('state', state(world));
      return body;
    } catch (error) {
      if (!hub.isAwaited) this.#end(world);
      throw error;
    }
  }

  /** To those who read of the world of that name. */
  publish(world: string, event: string, data: unknown): void {
    for (const [{ name }, { hub }] of this.#streams) if (name === world) hub.publish(event, data);
  }

  close(): void {
    for (const world of [...this.#streams.keys()]) this.#end(world);
  }

  #begin(world: World): Stream {
    const { clock, worlds, bound, view } = this.#settings;
    const { maxWaitingBytes } = view;
    const hub = createEventHub({ clock, bound, maxWaitingBytes, firstId: this.#lastId + 1 });
    const feeds = [...view.feed(world, hub), worlds.use(world)];
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
