// Which worlds are counted, from when to when, and the second that is over in each: told whether or not somebody reads.
import type { Cancel, Clock } from '../base/clock.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { Worlds } from '../director/worlds-port.ts';
import type { ClientRow } from './client-figures.ts';
import { type SecondCounted, WorldCounts } from './world-counts.ts';

const SECOND_MS = 1000;
/** A world other than the default one, of which nothing is to be told for so long, is counted no more. */
export const MAX_IDLE_MS = 5 * 60_000;
/** Actions that arm, play, load or rehearse: with the first of them a world begins to be counted. */
const BEGINNING: ReadonlySet<string> = new Set([
  ...['activate', 'add-rule', 'play', 'set-capacity', 'set-crowd', 'start-rehearsal'],
]);

export interface Second extends SecondCounted {
  readonly world: World;
  /** Seconds since counting began. */
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  /** Turned away by the capacity. */
  readonly shed: number;
  /** Those of whom most came in the last minute, and `other`. */
  clients(max: number): readonly ClientRow[];
}

interface Counted {
  readonly counts: WorldCounts;
  /** Of the capacity, as counting began. */
  shedBefore: number;
  /** Totals of the last second that something came in. */
  arrivedBefore: number;
  /** When by `clock.ticks()` something came, was open, in force, played or read, or was done that begins. */
  activeAt: number;
  stop: Cancel;
}

export interface SummariesSettings {
  readonly worlds: Pick<Worlds, 'default' | 'all' | 'closed'>;
  readonly director: Pick<Director, 'changed'>;
  readonly clock: Clock;
  /** Whether a rehearsal runs there. */
  readonly isRehearsed?: (world: World) => boolean;
  /** Hears of failures of those who listen. */
  readonly failed?: (error: unknown) => void;
}

export class Summaries {
  readonly second: Topic<Second>;
  /** Counting began anew, with a reset. */
  readonly begunAnew: Topic<World>;
  /** It is counted no more, and will be from the beginning where it is again. */
  readonly ended: Topic<World>;
  readonly #settings: SummariesSettings;
  readonly #counted = new Map<World, Counted>();
  readonly #feeds: readonly (() => void)[];

  /** The default world is counted from here on. */
  constructor(settings: SummariesSettings) {
    const { worlds, director, failed } = settings;
    this.#settings = settings;
    this.second = createTopic(failed);
    this.begunAnew = createTopic(failed);
    this.ended = createTopic(failed);
    this.#feeds = [
      worlds.closed.subscribe((world) => this.#end(world)),
      director.changed.subscribe(({ verb, world }) => {
        if (verb === 'reset') this.#beginAnew(world);
        else if (BEGINNING.has(verb)) this.#beginNamed(world);
      }),
    ];
    this.begin(worlds.default);
  }

  /** Counts a world from here on, unless it is counted already. */
  begin(world: World): void {
    const { clock } = this.#settings;
    const standing = this.#counted.get(world);
    if (standing) {
      standing.activeAt = clock.ticks();
      return;
    }
    const counts = new WorldCounts(world.journal, clock);
    const since = clock.ticks();
    const counted: Counted = {
      ...{ counts, shedBefore: world.load.shed(), arrivedBefore: 0, activeAt: since },
      stop: () => {},
    };
    const waitFor = (seq: number): void => {
      counted.stop = clock.later(Math.max(0, since + seq * SECOND_MS - clock.ticks()), () => {
        const now = Math.max(seq, Math.floor((clock.ticks() - since) / SECOND_MS)); // a busy process may be late
        this.#tell(world, counted, now);
        this.#endIdle(world, counted);
        if (this.#counted.get(world) === counted) waitFor(now + 1);
      });
    };
    this.#counted.set(world, counted);
    waitFor(1);
  }

  /** Counts a world, and keeps some exchanges of each second for one who may read them, until the function it gives is called. */
  sample(world: World, isRead: () => boolean): () => void {
    this.begin(world);
    return this.#counted.get(world)?.counts.sample(isRead) ?? (() => {});
  }

  close(): void {
    for (const stop of this.#feeds) stop();
    for (const world of [...this.#counted.keys()]) this.#end(world);
  }

  #tell(world: World, counted: Counted, seq: number): void {
    const { clock } = this.#settings;
    const { counts } = counted;
    const second = counts.second();
    const { arrived } = second.totals;
    if (arrived !== counted.arrivedBefore || this.#isActive(world, counts)) counted.activeAt = clock.ticks();
    counted.arrivedBefore = arrived;
    this.second.publish({
      ...second,
      ...{ world, seq, at: clock.now(), shed: world.load.shed() - counted.shedBefore },
      clients: (max) => counts.clients(max),
    });
  }

  /** Somebody reads, or something may come of what is open, in force, played or rehearsed. */
  #isActive(world: World, counts: WorldCounts): boolean {
    const { engine, load, playback } = world;
    const { status } = playback.player.status;
    if (counts.isRead || world.inFlight() > 0 || engine.rules.length > 0) return true;
    if (status === 'playing' || status === 'paused') return true;
    if (load.capacity() !== null || load.crowd() !== null) return true;
    return this.#settings.isRehearsed?.(world) ?? false;
  }

  /** So that of many worlds that were used once, few are counted. */
  #endIdle(world: World, { activeAt }: Counted): void {
    const { clock, worlds } = this.#settings;
    if (world === worlds.default || clock.ticks() - activeAt < MAX_IDLE_MS) return;
    this.#end(world);
    this.ended.publish(world);
  }

  #beginNamed(name: string): void {
    for (const world of this.#settings.worlds.all) if (world.name === name) this.begin(world);
  }

  #beginAnew(name: string): void {
    for (const [world, counted] of this.#counted) {
      if (world.name !== name) continue;
      counted.counts.beginAnew();
      counted.shedBefore = world.load.shed();
      this.begunAnew.publish(world);
    }
  }

  #end(world: World): void {
    const counted = this.#counted.get(world);
    if (!counted) return;
    this.#counted.delete(world);
    counted.stop();
    counted.counts.close();
  }
}
