// Assembles one world: a box office, its capacity and its crowd, the rules in force upon it, its journal, and what is held.
import type { Clock } from '../base/clock.ts';
import { MAX_DOCUMENT_BYTES, showMistake } from '../base/document.ts';
import { createMovableClock } from '../base/movable-clock.ts';
import { Refusal } from '../base/refusal.ts';
import { readTextFileSync } from '../base/text-file.ts';
import { type BoxOffice, createBoxOffice } from '../box-office/box-office.ts';
import { SEASON_NAMES, seasonOf } from '../box-office/season/built-in.ts';
import { readCatalog } from '../box-office/season/catalog.ts';
import type { Season } from '../box-office/season/season.ts';
import { createIdempotencyKeys, type IdempotencyKeys } from '../box-office/state/idempotency.ts';
import { createMemoryStore } from '../box-office/state/memory-store.ts';
import { type CapacityDriver, createDriver } from '../capacity/driver.ts';
import type { World } from '../director/world-port.ts';
import { Engine } from '../faults/engine.ts';
import type { Conditions } from '../faults/fault.ts';
import { ByteBudget } from '../journal/byte-budget.ts';
import { Journal } from '../journal/journal.ts';
import { Holds } from '../wire/held.ts';
import { createCrowdBuyer } from './crowd-buyer.ts';
import { createLoad } from './load.ts';

export interface WorldSettings {
  readonly name: string;
  readonly clock: Clock;
  readonly seed: number;
  /** A shipped season, or a catalogue file. */
  readonly catalog: string;
  readonly timeScale: number;
  readonly reservationTtlMs: number;
  readonly journalMaxEntries: number;
  readonly journalMaxBytes: number;
  /** What the server can do here and now. */
  readonly conditions: Conditions;
  /** The doors of the process; asked for once they are there. */
  doors(): Pick<World, 'settled' | 'reachLiving' | 'dropUnderWay' | 'sever' | 'livingConnections'> & {
    readonly troubles: readonly string[];
    readonly count: number;
  };
  /** Hears of failures of those who listen to the journal. */
  failed(error: unknown): void;
}

/** A world, as the exchange and the director see it; a reset puts a fresh box office in the place of the old. */
export interface OpenWorld extends World {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  /** What every request must pass before its work; off, it costs nothing. */
  readonly capacity: CapacityDriver;
  /** Sends the crowd away, lets go of all that waits for a server, and sets no timer any more. */
  close(): Promise<void>;
}

/** Versions a box office may use before those of the next one begin, so that an old ETag never matches new seats. */
const VERSIONS_PER_RESET = 2 ** 32;

/** Throws a Refusal `invalid_catalog` when the catalogue cannot be read. */
export function createWorld(settings: WorldSettings): OpenWorld {
  const { name, clock, doors } = settings;
  const boxOfficeClock = createMovableClock(clock, settings.timeScale);
  const journal = new Journal({
    maxEntries: settings.journalMaxEntries,
    budget: new ByteBudget(settings.journalMaxBytes),
    clock,
    failed: settings.failed,
  });
  let resets = 0;
  const open = (season: Season, seed: number, catalog: string) => {
    const store = createMemoryStore();
    return {
      catalog,
      seed,
      keys: createIdempotencyKeys({ store, clock: boxOfficeClock }),
      boxOffice: createBoxOffice({
        season,
        store,
        clock: boxOfficeClock,
        seed,
        openedAt: boxOfficeClock.now(),
        reservationTtlMs: settings.reservationTtlMs,
        firstVersion: resets++ * VERSIONS_PER_RESET + 1,
      }),
    };
  };
  let now = open(seasonFor(settings.catalog, settings.seed), settings.seed, settings.catalog);

  const capacity = createDriver({ clock, seed: () => now.seed });
  const holds = new Holds();
  const load = createLoad({
    driver: capacity,
    seed: () => now.seed,
    createBuyer: (seed) => createCrowdBuyer({ boxOffice: () => now.boxOffice, failed: settings.failed }, seed),
  });

  return {
    name,
    clock,
    capacity,
    load,
    async close() {
      load.close();
      capacity.stop();
      await holds.release('drop'); // waits outlast their clients, and would keep the process from ending
    },
    boxOfficeClock,
    journal,
    connections: () => doors().count,
    settled: () => doors().settled(),
    troubles: () => doors().troubles,
    reachLiving: (rules) => doors().reachLiving(rules),
    dropUnderWay: () => doors().dropUnderWay(),
    sever: (matches) => doors().sever(matches),
    livingConnections: () => doors().livingConnections(),
    startedAt: clock.now(),
    engine: new Engine({ clock, conditions: settings.conditions }),
    holds,
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
    totals: () => now.boxOffice.totals(),
    inFlight: () => journal.stats.open,
    prepareReset({ catalog = now.catalog, seed = now.seed }) {
      const allowed = new Set<string>([...SEASON_NAMES, settings.catalog]);
      if (!allowed.has(catalog))
        throw new Refusal(
          'unknown_catalog',
          `there is no catalogue ${JSON.stringify(catalog)}; known: ${[...allowed].join(', ')}`,
        );
      const season = seasonFor(catalog, seed);
      return () => {
        now = open(season, seed, catalog);
      };
    },
  };
}

function seasonFor(catalog: string, seed: number): Season {
  const builtIn = SEASON_NAMES.find((name) => name === catalog);
  if (builtIn) return seasonOf(builtIn, seed);
  let text: string;
  try {
    text = readTextFileSync(catalog, MAX_DOCUMENT_BYTES);
  } catch (error) {
    throw new Refusal(
      'invalid_catalog',
      `the catalogue ${catalog} ${(error as Error).message}; allowed: ${SEASON_NAMES.join(', ')}, or the path of a YAML file`,
    );
  }
  const read = readCatalog(text, catalog);
  if ('mistakes' in read) throw new Refusal('invalid_catalog', read.mistakes.map(showMistake).join('\n'));
  return read.season;
}
