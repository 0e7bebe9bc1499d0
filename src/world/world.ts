// Assembles one world: a box office, its capacity and its crowd, the rules in force upon it, its journal, its playback, and what is held.
import type { Clock } from '../base/clock.ts';
import { createMovableClock, type MovableClock } from '../base/movable-clock.ts';
import type { Pseudonym } from '../base/pseudonym.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { BoxOffice } from '../box-office/box-office.ts';
import type { Fact } from '../box-office/facts.ts';
import type { IdempotencyKeys } from '../box-office/state/idempotency.ts';
import { type CapacityDriver, createDriver } from '../capacity/driver.ts';
import type { Doors } from '../director/doors-port.ts';
import type { Load } from '../director/load-port.ts';
import type { ResetRequest, World } from '../director/world-port.ts';
import { Engine } from '../faults/engine.ts';
import { Journal } from '../journal/journal.ts';
import { Webhooks } from '../webhooks/webhooks.ts';
import { Holds } from '../wire/held.ts';
import { conditionsOf } from './conditions.ts';
import { createCrowdBuyer } from './crowd-buyer.ts';
import { entryOf } from './fact-entry.ts';
import { createLoad } from './load.ts';
import { noDoors } from './no-doors.ts';
import { Opening } from './opening.ts';
import { Playback } from './playback.ts';
import type { SharedByWorlds, WorldSettings } from './world-settings.ts';

/** A world, as the exchange and the director see it; a reset puts a fresh box office in the place of the old. */
export interface OpenWorld extends World {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  /** What every request must pass before its work; off, it costs nothing. */
  readonly capacity: CapacityDriver;
  readonly webhooks: Webhooks;
  readonly webhookTotals: Webhooks['totals'];
  /** Something may come of it that nobody has asked for again: a rule, a load, a play, requests. */
  readonly isActive: boolean;
  /** No reservation and no order is in it that has not ended. */
  readonly isEmpty: boolean;
  /** Gives it doors of its own. */
  attach(doors: Doors): void;
  /** Ends its play, sends the crowd away, lets go of all that is held, forgets its journal, and sets no timer any more. */
  close(): Promise<void>;
}

const NO_WEBHOOKS: Webhooks['totals'] = Object.freeze({ endpoints: 0, queued: 0, dropped: 0 });

/** Versions a box office may use before those of the next one begin, so that an old ETag never matches new seats. */
const VERSIONS_PER_RESET = 2 ** 32;

export const createWorld = (settings: WorldSettings, shared: SharedByWorlds): OpenWorld =>
  new AssembledWorld(settings, shared);

/** A class, since there may be thousands: an object with accessors of its own would be slow to read, and large. */
class AssembledWorld implements OpenWorld {
  readonly name: string;
  readonly clock: Clock;
  readonly boxOfficeClock: MovableClock;
  readonly journal: Journal;
  readonly holds: Holds;
  readonly capacity: CapacityDriver;
  readonly load: Load;
  readonly engine: Engine;
  readonly playback: Playback;
  readonly startedAt: number;
  doors: Doors;
  readonly #shared: SharedByWorlds;
  readonly #facts: Topic<Fact>;
  #resets = 0;
  #now: Opening;
  /** Undefined until somebody asks for them. */
  #webhooks: Webhooks | undefined;

  constructor(settings: WorldSettings, shared: SharedByWorlds) {
    const { name, seed, catalog, conditions, headerFaults, keepsBodies = false } = settings;
    const { clock, failed, pseudonym } = shared;
    this.name = name;
    this.clock = clock;
    this.boxOfficeClock = createMovableClock(clock, shared.timeScale);
    this.journal = new Journal({
      ...{ maxEntries: shared.journalMaxEntries, budget: shared.journalBudget, clock, failed },
      keepsBodies,
    });
    this.#shared = shared;
    this.#facts = createTopic<Fact>(failed);
    this.#facts.subscribe((fact) => this.journal.record(entryOf(fact, clock.now(), pseudonym)));
    this.#now = this.#open(seed, catalog);
    this.doors = noDoors(name);
    this.holds = new Holds();
    this.capacity = createDriver({ clock, seed: () => this.seed });
    this.load = createLoad({
      driver: this.capacity,
      seed: () => this.seed,
      createBuyer: (seed) => createCrowdBuyer({ boxOffice: () => this.boxOffice, failed }, seed),
    });
    this.engine = new Engine(
      { clock, conditions: conditionsOf(conditions, () => this.doors) },
      headerFaults ? { known: shared.known, seed: () => this.seed } : undefined,
    );
    this.startedAt = clock.now();
    const { director, scenarios } = shared;
    this.playback = new Playback({ world: this, director, scenarios, failed });
  }

  get seed(): number {
    return this.#now.seed;
  }

  get catalog(): string {
    return this.#now.catalog;
  }

  get boxOffice(): BoxOffice {
    return this.#now.boxOffice;
  }

  get keys(): IdempotencyKeys {
    return this.#now.keys;
  }

  get pseudonym(): Pseudonym {
    return this.#shared.pseudonym;
  }

  get webhooks(): Webhooks {
    this.#webhooks ??= new Webhooks({
      ...this.#shared.webhooks,
      ...{ world: this.name, clock: this.clock, timeScale: this.#shared.timeScale },
      ...{ facts: this.#facts, engine: this.engine, seed: () => this.seed },
    });
    return this.#webhooks;
  }

  /** Makes none where nobody has asked for them. */
  get webhookTotals(): Webhooks['totals'] {
    return this.#webhooks?.totals ?? NO_WEBHOOKS;
  }

  get isActive(): boolean {
    return isActive(this, this.playback) || this.#webhooks?.isBusy === true;
  }

  get isEmpty(): boolean {
    return !this.#now.isOpen || isEmpty(this.totals());
  }

  totals(): ReturnType<World['totals']> {
    return this.boxOffice.totals();
  }

  counts(): ReturnType<World['counts']> {
    return { ...this.boxOffice.seatTotals(), refundsPending: this.boxOffice.refundsPending() };
  }

  audit(): ReturnType<World['audit']> {
    return this.boxOffice.audit();
  }

  house(): ReturnType<World['house']> {
    return this.boxOffice.house();
  }

  inFlight(): number {
    return this.journal.stats.open;
  }

  dropUnderWay(): Promise<number> {
    return this.#shared.dropUnderWay(this);
  }

  prepareReset({ catalog = this.catalog, seed = this.seed }: ResetRequest): () => void {
    const { seasons } = this.#shared;
    seasons.check(catalog);
    seasons.readAnew(catalog, seed);
    return () => {
      this.#now.close();
      this.#now = this.#open(seed, catalog);
      this.#webhooks?.reset();
    };
  }

  attach(own: Doors): void {
    this.doors = own;
  }

  async close(): Promise<void> {
    this.playback.close();
    this.load.close();
    this.capacity.stop();
    await this.holds.release('drop'); // waits outlast their clients, and would keep the process from ending
    this.#now.close();
    this.#webhooks?.close();
    this.journal.discard(new Refusal('world_deleted', `the world ${this.name} has ended`));
  }

  #open(seed: number, catalog: string): Opening {
    const firstVersion = this.#resets++ * VERSIONS_PER_RESET + 1;
    return new Opening(
      { seed, catalog, facts: this.#facts, clock: this.boxOfficeClock, firstVersion, world: this.name },
      this.#shared,
    );
  }
}

function isActive(world: OpenWorld, { player }: Playback): boolean {
  const { engine, load, holds, doors } = world;
  const plays = player.status.status === 'playing' || player.status.status === 'paused';
  const loaded = load.capacity() !== null || load.crowd() !== null;
  return (
    engine.rules.length > 0 || loaded || plays || holds.size > 0 || world.inFlight() > 0 || doors.missing === undefined
  );
}

const isEmpty = ({ reservations, orders }: ReturnType<World['totals']>): boolean => reservations === 0 && orders === 0;
