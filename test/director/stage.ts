// A world without box office and sockets, and a director over it, for tests of the controls.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createMovableClock } from '../../src/base/movable-clock.ts';
import { Refusal } from '../../src/base/refusal.ts';
import { createTopic } from '../../src/base/topic.ts';
import { createDriver } from '../../src/capacity/driver.ts';
import type { Caller } from '../../src/director/actions.ts';
import { createDirector, type Director, type DirectorOptions } from '../../src/director/director.ts';
import type { World } from '../../src/director/world-port.ts';
import { Engine } from '../../src/faults/engine.ts';
import type { ScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createShelf, type Shelf } from '../../src/shelf/shelf.ts';
import { Webhooks } from '../../src/webhooks/webhooks.ts';
import { type Held, Holds } from '../../src/wire/held.ts';
import { createLoad } from '../../src/world/load.ts';
import { noDoors } from '../../src/world/no-doors.ts';
import { Playback } from '../../src/world/playback.ts';
import { stage } from '../box-office/stage.ts';
import { CAPABLE } from '../support/arrivals.ts';
import { createJournal } from '../support/journals.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { writtenCalls } from '../support/webhook-receivers.ts';

export const KNOWN = { operations: ['listSessions', 'getSeatMap', 'completeOrder'], doors: ['main'] };
export const ADMIN: Caller = { who: 'admin', remote: '127.0.0.1' };

export const PROFILES: Readonly<Record<string, string>> = {
  hang: 'summary: Nothing is answered.\nrules:\n  - fault: hang\n',
  slow: 'summary: All is late.\nrules:\n  - fault: latency\n    id: late\n  - fault: hang\n    ttl: 1m\n',
  lost: 'summary: Answers get lost.\nrules:\n  - fault: lost-reply\n    match: { operations: [completeOrder] }\n',
};

export const quiet = { info: () => {}, warn: () => {} };

/** A `faults` folder with these profiles, removed after the test. */
export function faultsFolder(profiles: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'profiles'));
  for (const [name, text] of Object.entries(profiles)) writeFileSync(join(folder, 'profiles', `${name}.yaml`), text);
  return folder;
}

export interface Stage {
  readonly clock: ManualClock;
  readonly world: World;
  readonly holds: Holds;
  readonly engine: Engine;
  readonly shelf: Shelf;
  readonly director: Director;
  /** Catalogues that a reset opened. */
  readonly opened: string[];
}

export async function openStage({
  scenarios = NO_SCENARIOS,
  ...options
}: Partial<DirectorOptions> & { readonly scenarios?: ScenarioShelf } = {}): Promise<Stage> {
  const clock = new ManualClock();
  const shelf =
    options.shelf ?? (await createShelf({ shipped: faultsFolder(PROFILES), known: KNOWN, clock, log: quiet }));
  onTestFinished(() => shelf.close());
  const director = createDirector({ known: KNOWN, ...options, shelf });
  const opened: string[] = [];
  const world = createBareWorld(clock, { opened, plays: { director, scenarios } });
  return { clock, world, holds: world.holds, engine: world.engine, shelf, director, opened };
}

const NO_SCENARIOS = { list: () => [], readAll: async () => {} } as unknown as ScenarioShelf;

/** What plays in a world; without it, nothing does. */
interface Plays {
  readonly director: Director;
  readonly scenarios: ScenarioShelf;
}

export function createBareWorld(
  clock: ManualClock,
  { opened = [], name = 'default', plays }: { opened?: string[]; name?: string; plays?: Partial<Plays> } = {},
): World {
  const journal = createJournal({ maxEntries: 1000, maxBytes: 1_000_000, clock });
  const now = { catalog: 'small', seed: 7 };
  const world: World = {
    name,
    doors: { ...noDoors(name), names: ['main'], missing: undefined },
    get playback() {
      return playback;
    },
    get seed() {
      return now.seed;
    },
    get catalog() {
      return now.catalog;
    },
    startedAt: clock.now(),
    engine: new Engine({ clock, conditions: CAPABLE }),
    holds: new Holds(),
    journal,
    clock,
    boxOfficeClock: createMovableClock(clock),
    load: createLoad({ driver: createDriver({ clock, seed: () => now.seed }), seed: () => now.seed }),
    webhooks: new Webhooks({
      ...{ ...writtenCalls(), world: name, clock, timeScale: 1, facts: createTopic(), seed: () => now.seed },
      engine: new Engine({ clock, conditions: CAPABLE }),
    }),
    pseudonym: (text) => `the name of ${text.length}`,
    audit: () => stage().office.audit(),
    house: () => stage().office.house(),
    totals: () => ({ free: 10, reserved: 0, sold: 0, blocked: 0, reservations: 0, orders: 0 }),
    counts: () => ({ free: 10, reserved: 0, sold: 0, blocked: 0, refundsPending: 0 }),
    inFlight: () => journal.stats.open,
    dropUnderWay: async () => 0,
    prepareReset({ catalog = now.catalog, seed = now.seed }) {
      if (!['small', 'festival'].includes(catalog)) throw new Refusal('unknown_catalog', `no catalogue ${catalog}`);
      return () => {
        opened.push(catalog);
        Object.assign(now, { catalog, seed });
      };
    },
  };
  const playback = new Playback({ world, ...(plays as Plays) });
  return world;
}

export interface FakeHeld extends Held {
  how: 'held' | 'dropped' | 'answered';
}

/** Puts requests into the holds of a rule that would never end by themselves, or would, and tells what became of each. */
export function holdRequests(holds: Holds, rule: string, count: number, endsByItself = false): FakeHeld[] {
  return Array.from({ length: count }, () => {
    const held: FakeHeld = {
      rules: [rule],
      since: 0,
      endsByItself,
      staysHeld: false,
      left: false,
      wasReset: false,
      how: 'held',
      goOn() {
        held.how = 'answered';
      },
      drop() {
        held.how = 'dropped';
      },
    };
    holds.add(held);
    return held;
  });
}

/** The code of what a verb refuses. */
export async function refusalOf(asked: () => unknown): Promise<Refusal> {
  try {
    await asked();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
