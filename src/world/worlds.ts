// All worlds of a process: made on first use or declared, bounded, and let go when nobody uses them.
import { BoundedMap } from '../base/bounded-map.ts';
import type { Cancel } from '../base/clock.ts';
import { KeyedTurns } from '../base/keyed-turns.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { Caller } from '../director/actions.ts';
import {
  DEFAULT_WORLD,
  type Entered,
  WORLD_NAME,
  type WorldLine,
  type WorldRequest,
  type Worlds,
} from '../director/worlds-port.ts';
import type { ProcessConditions } from '../faults/fault.ts';
import { createWorld, type OpenWorld } from './world.ts';
import { badName, type WorldMode, whyUnknown } from './world-names.ts';
import { endPlace, firstToGo, lineOf, mayGiveWay, type OwnDoor, type Place, refuseOther } from './world-place.ts';
import type { SharedByWorlds } from './world-settings.ts';

/** A world made by use goes when it was not used for so long. */
export const IDLE_MS = 15 * 60_000;
/** The name of a deleted world is told to be gone for so long. */
export const DELETED_MS = 15 * 60_000;
const SWEEP_EVERY_MS = 30_000;
/** Names of deleted worlds that are remembered. */
const MAX_DELETED = 10_000;

export interface WorldsSettings extends SharedByWorlds {
  readonly mode: WorldMode;
  /** Besides the default one. */
  readonly max: number;
  readonly seed: number;
  readonly conditions: ProcessConditions;
  /** Opens a door of its own for a world, at a port or at any that is free; throws a Refusal that says why it cannot be had. */
  openDoor(world: OpenWorld, port: number | undefined): Promise<OwnDoor>;
}

export class WorldRegistry implements Worlds {
  readonly opened: Topic<OpenWorld>;
  readonly closed: Topic<OpenWorld>;
  readonly default: OpenWorld;
  readonly #settings: WorldsSettings;
  readonly #places = new Map<string, Place>();
  /** When by `clock.ticks()` each was deleted. */
  readonly #deleted = new BoundedMap<string, number>(MAX_DELETED);
  /** What is asked about one name is done one after the other. */
  readonly #turns = new KeyedTurns();
  #stopSweep: Cancel | undefined;

  constructor(settings: WorldsSettings) {
    this.#settings = settings;
    this.opened = createTopic(settings.failed);
    this.closed = createTopic(settings.failed);
    this.default = this.#make(DEFAULT_WORLD, 'at-start');
    this.default.boxOffice; // a catalogue that cannot be read is told at the start
  }

  get all(): Iterable<OpenWorld> {
    return [...this.#places.values()].map(({ world }) => world);
  }

  /** Besides the default one. */
  get count(): number {
    return this.#places.size - 1;
  }

  get(name: string): OpenWorld {
    const place = this.#placeOf(name);
    place.usedAt = this.#settings.clock.ticks();
    place.calls++;
    return place.world;
  }

  enter(name: string): Entered & { readonly world: OpenWorld } {
    if (this.#places.has(name)) return { world: this.get(name), made: false };
    if (this.#settings.mode !== 'auto' || !WORLD_NAME.test(name) || this.#wasDeleted(name)) throw this.#unknown(name);
    this.#make(name, 'use');
    return { world: this.get(name), made: true };
  }

  list(): readonly WorldLine[] {
    return [...this.#places.values()].map(lineOf).sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  line(name: string): WorldLine {
    return lineOf(this.#placeOf(name));
  }

  put(name: string, request: WorldRequest, caller: Caller) {
    return this.#turns.take(name, async () => {
      if (!WORLD_NAME.test(name)) throw badName(name);
      if (this.#settings.mode === 'off') throw this.#unknown(name);
      const standing = this.#places.get(name);
      if (standing) refuseOther(standing, request);
      else if (request.catalog !== undefined) this.#settings.seasons.check(request.catalog);
      const place = standing ?? this.#build(name, request, 'declared');
      const endUse = this.use(place.world); // it must not go while its door is opened
      try {
        await this.#giveDoor(place, request.door);
        if (!standing) this.#register(place);
      } catch (error) {
        if (!standing) await endPlace(place);
        throw error;
      } finally {
        endUse();
      }
      if (place.made === 'use') place.made = 'declared';
      this.#deleted.delete(name);
      const line = lineOf(place);
      this.#settings.director.record(this.default, 'put-world', caller, { world: name, ...request }, { ...line });
      return { line, made: standing === undefined };
    });
  }

  delete(name: string, by: string | undefined, caller: Caller): Promise<void> {
    return this.#turns.take(name, async () => {
      const place = this.#placeOf(name);
      if (name === DEFAULT_WORLD)
        throw new Refusal(
          'conflict',
          `${DEFAULT_WORLD} is the world of the configured doors; POST /v1/reset begins it anew`,
        );
      this.#deleted.set(name, this.#settings.clock.ticks());
      await this.#end(place);
      this.#settings.director.record(this.default, 'delete-world', caller, { world: name, by }, {});
    });
  }

  use(world: OpenWorld): () => void {
    const place = this.#places.get(world.name);
    if (place?.world !== world) return () => {};
    place.users++;
    let uses = true;
    return () => {
      if (!uses) return;
      uses = false;
      place.users--;
      place.usedAt = this.#settings.clock.ticks();
    };
  }

  takeBack(world: OpenWorld): void {
    const place = this.#places.get(world.name);
    if (place?.world !== world) return;
    place.calls--;
    if (place.made === 'use' && place.calls === 0 && mayGiveWay(place)) void this.#end(place);
  }

  async close(): Promise<void> {
    this.#stopSweep?.();
    await Promise.all([...this.#places.values()].map((place) => this.#end(place)));
  }

  #make(name: string, made: WorldLine['made']): OpenWorld {
    if (made === 'use') this.#makeRoom();
    const place = this.#build(name, {}, made);
    this.#register(place);
    return place.world;
  }

  /** Nobody can find it yet. */
  #build(name: string, { catalog, seed, headerFaults, journal }: WorldRequest, made: WorldLine['made']): Place {
    const { clock, seasons, conditions } = this.#settings;
    const world = createWorld(
      {
        name,
        seed: seed ?? this.#settings.seed,
        catalog: catalog ?? seasons.catalog,
        conditions: name === DEFAULT_WORLD ? conditions : { ...conditions, tls: false, tlsTrouble: PLAIN_ONLY },
        headerFaults,
        keepsBodies: journal?.bodies,
      },
      this.#settings,
    );
    return { world, made, usedAt: clock.ticks(), calls: 0, users: 0, own: undefined };
  }

  #register(place: Place): void {
    const { world, made } = place;
    if (this.#places.has(world.name))
      throw new Refusal('conflict', `the world ${world.name} was made by use in the same moment; ask again`);
    if (made === 'declared') this.#makeRoom();
    this.#places.set(world.name, place);
    if (made !== 'at-start') this.#stopSweep ??= this.#settings.clock.every(SWEEP_EVERY_MS, () => this.#sweep());
    this.opened.publish(world);
  }

  /** A door that is there already is the one that was asked for. */
  async #giveDoor(place: Place, door: WorldRequest['door']): Promise<void> {
    if (door === undefined || place.own) return;
    place.own = await this.#settings.openDoor(place.world, door === true ? undefined : door);
    place.world.attach(place.own.doors);
  }

  /** Throws a Refusal `too_many_worlds` when none may give way. */
  #makeRoom(): void {
    if (this.count < this.#settings.max) return;
    const longest = firstToGo(this.#places.values());
    if (!longest)
      throw new Refusal(
        'too_many_worlds',
        `there are ${this.count} worlds, as many as SHOWSTOPPER_WORLDS_MAX allows, and all are in use; DELETE /v1/worlds/{world} ends one`,
      );
    void this.#end(longest);
  }

  #sweep(): void {
    const now = this.#settings.clock.ticks();
    for (const place of this.#places.values())
      if (place.made === 'use') {
        if (place.users > 0 || place.world.isActive) place.usedAt = now;
        else if (place.usedAt <= now - IDLE_MS) void this.#end(place);
      }
  }

  /** It is gone at once; resolves when nothing of it is left. */
  async #end(place: Place): Promise<void> {
    const { world } = place;
    this.#places.delete(world.name);
    if (this.#places.size <= 1) {
      this.#stopSweep?.();
      this.#stopSweep = undefined;
    }
    this.closed.publish(world);
    this.#settings.director.forget(world);
    await endPlace(place);
  }

  #placeOf(name: string): Place {
    const place = this.#places.get(name);
    if (!place) throw this.#unknown(name);
    return place;
  }

  #wasDeleted(name: string): boolean {
    const at = this.#deleted.get(name);
    return at !== undefined && this.#settings.clock.ticks() - at < DELETED_MS;
  }

  #unknown(name: string): Refusal {
    return whyUnknown(name, this.#settings.mode, this.#wasDeleted(name));
  }
}

const PLAIN_ONLY = 'the door of a world of its own speaks plain HTTP; the world default has the TLS door';
