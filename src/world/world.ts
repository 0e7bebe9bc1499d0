// Assembles one world: a box office, its capacity and its crowd, the rules in force upon it, its journal, its playback, and what is held.
import type { Clock } from '../base/clock.ts';
import { createMovableClock } from '../base/movable-clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import { type BoxOffice, createBoxOffice } from '../box-office/box-office.ts';
import type { Fact } from '../box-office/facts.ts';
import { createIdempotencyKeys, type IdempotencyKeys } from '../box-office/state/idempotency.ts';
import { createMemoryStore } from '../box-office/state/memory-store.ts';
import { type CapacityDriver, createDriver } from '../capacity/driver.ts';
import type { Director } from '../director/director.ts';
import type { Doors } from '../director/doors-port.ts';
import type { World } from '../director/world-port.ts';
import { Engine } from '../faults/engine.ts';
import type { Conditions, ProcessConditions } from '../faults/fault.ts';
import type { ByteBudget } from '../journal/byte-budget.ts';
import { Journal } from '../journal/journal.ts';
import type { ScenarioShelf } from '../shelf/scenario-shelf.ts';
import { Holds } from '../wire/held.ts';
import { createCrowdBuyer } from './crowd-buyer.ts';
import { entryOf } from './fact-entry.ts';
import { createLoad } from './load.ts';
import { noDoors } from './no-doors.ts';
import { Playback } from './playback.ts';
import type { Seasons } from './seasons.ts';

/** What all worlds of a process share. */
export interface SharedByWorlds {
  readonly clock: Clock;
  readonly director: Director;
  readonly scenarios: ScenarioShelf;
  readonly seasons: Seasons;
  readonly timeScale: number;
  readonly reservationTtlMs: number;
  readonly journalMaxEntries: number;
  /** Of all journals together. */
  readonly journalBudget: ByteBudget;
  /** Ends the requests of a world that are under way, on whatever door, and not done yet; gives how many. */
  dropUnderWay(world: object): Promise<number>;
  /** Hears of failures of those who listen. */
  failed(error: unknown): void;
}

export interface WorldSettings {
  readonly name: string;
  readonly seed: number;
  /** A shipped season, or the catalogue file of the process. */
  readonly catalog: string;
  /** What the server can do for it here and now. */
  readonly conditions: ProcessConditions;
}

/** A world, as the exchange and the director see it; a reset puts a fresh box office in the place of the old. */
export interface OpenWorld extends World {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  /** What every request must pass before its work; off, it costs nothing. */
  readonly capacity: CapacityDriver;
  /** Something may come of it that nobody has asked for again: a rule, a load, a play, requests. */
  readonly isActive: boolean;
  /** No reservation and no order is in it that has not ended. */
  readonly isEmpty: boolean;
  /** Gives it doors of its own. */
  attach(doors: Doors): void;
  /** Ends its play, sends the crowd away, lets go of all that is held, forgets its journal, and sets no timer any more. */
  close(): Promise<void>;
}

/** Versions a box office may use before those of the next one begin, so that an old ETag never matches new seats. */
const VERSIONS_PER_RESET = 2 ** 32;

export function createWorld(settings: WorldSettings, shared: SharedByWorlds): OpenWorld {
  const { name } = settings;
  const { clock, seasons, failed } = shared;
  const boxOfficeClock = createMovableClock(clock, shared.timeScale);
  const journal = new Journal({ maxEntries: shared.journalMaxEntries, budget: shared.journalBudget, clock, failed });
  const facts = createTopic<Fact>(failed);
  facts.subscribe((fact) => journal.record(entryOf(fact, clock.now())));
  let resets = 0;
  const open = (seed: number, catalog: string) =>
    openBoxOffice({ seed, catalog, facts, clock: boxOfficeClock, resets: resets++ }, shared);
  let now = open(settings.seed, settings.catalog);
  let doors: Doors = noDoors(name);
  const holds = new Holds();
  const capacity = createDriver({ clock, seed: () => now.seed });
  const load = createLoad({
    driver: capacity,
    seed: () => now.seed,
    createBuyer: (seed) => createCrowdBuyer({ boxOffice: () => now.boxOffice, failed }, seed),
  });
  const engine = new Engine({ clock, conditions: conditionsOf(settings.conditions, () => doors) });
  const world: OpenWorld = {
    ...{ name, clock, boxOfficeClock, journal, holds, capacity, load, engine },
    startedAt: clock.now(),
    get doors() {
      return doors;
    },
    get playback() {
      return playback;
    },
    get seed() {
      return now.seed;
    },
    get catalog() {
      return now.catalog;
    },
    get boxOffice() {
      return now.boxOffice;
    },
    get keys() {
      return now.keys;
    },
    get isActive() {
      return isActive(world, playback);
    },
    get isEmpty() {
      return !now.isOpen || isEmpty(now.boxOffice.totals());
    },
    totals: () => now.boxOffice.totals(),
    inFlight: () => journal.stats.open,
    dropUnderWay: () => shared.dropUnderWay(world),
    prepareReset({ catalog = now.catalog, seed = now.seed }) {
      seasons.check(catalog);
      seasons.readAnew(catalog, seed);
      return () => {
        now.close();
        now = open(seed, catalog);
      };
    },
    attach(own) {
      doors = own;
    },
    async close() {
      playback.close();
      load.close();
      capacity.stop();
      await holds.release('drop'); // waits outlast their clients, and would keep the process from ending
      now.close();
      journal.discard(new Refusal('world_deleted', `the world ${name} has ended`));
    },
  };
  const playback = new Playback({ world, director: shared.director, scenarios: shared.scenarios, failed });
  return world;
}

interface BoxOfficeAsked {
  readonly seed: number;
  readonly catalog: string;
  readonly facts: Topic<Fact>;
  readonly clock: World['boxOfficeClock'];
  /** Of the world, before it. */
  readonly resets: number;
}

/** Opens when it is first asked for: a world that nobody buys in has no season yet. */
function openBoxOffice(
  { seed, catalog, facts, clock, resets }: BoxOfficeAsked,
  { seasons, reservationTtlMs }: SharedByWorlds,
) {
  const store = createMemoryStore();
  const openedAt = clock.now();
  const firstVersion = resets * VERSIONS_PER_RESET + 1;
  let boxOffice: BoxOffice | undefined;
  return {
    catalog,
    seed,
    keys: createIdempotencyKeys({ store, clock }),
    get isOpen() {
      return boxOffice !== undefined;
    },
    get boxOffice(): BoxOffice {
      boxOffice ??= createBoxOffice({
        ...{ store, clock, seed, facts, openedAt, reservationTtlMs, firstVersion },
        season: seasons.get(catalog, seed),
      });
      return boxOffice;
    },
    close: () => boxOffice?.close(),
  };
}

/** Those of the process, and what the world's own doors make of them. */
function conditionsOf(conditions: ProcessConditions, doors: () => Doors): Conditions {
  return {
    ...conditions,
    get doorless() {
      return doors().missing;
    },
    floodRoom: () => Math.min(conditions.floodRoom(), doors().room),
    notDark: () => doors().notDark,
  };
}

function isActive({ engine, load, holds, doors, inFlight }: OpenWorld, { player }: Playback): boolean {
  const plays = player.status.status === 'playing' || player.status.status === 'paused';
  const loaded = load.capacity() !== null || load.crowd() !== null;
  return engine.rules.length > 0 || loaded || plays || holds.size > 0 || inFlight() > 0 || doors.missing === undefined;
}

const isEmpty = ({ reservations, orders }: ReturnType<World['totals']>): boolean => reservations === 0 && orders === 0;
