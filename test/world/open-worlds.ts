// A registry of real worlds on the manual clock, with a director over them and doors that only write down what was asked of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPseudonym } from '../../src/base/pseudonym.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { createDirector, type Director } from '../../src/director/director.ts';
import type { Doors, LivingConnection } from '../../src/director/doors-port.ts';
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import { createScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createShelf, type Shelf } from '../../src/shelf/shelf.ts';
import { noDoors } from '../../src/world/no-doors.ts';
import { Seasons } from '../../src/world/seasons.ts';
import type { OpenWorld } from '../../src/world/world.ts';
import { WorldRegistry, type WorldsSettings } from '../../src/world/worlds.ts';
import { faultsFolder, KNOWN, PROFILES, quiet } from '../director/stage.ts';
import { CAPABLE } from '../support/arrivals.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { PAYMENTS_IN_WORLDS } from '../support/payment-settings.ts';
import { writtenCalls } from '../support/webhook-receivers.ts';

export interface OpenWorlds {
  readonly clock: ManualClock;
  readonly worlds: WorldRegistry;
  readonly director: Director;
  readonly shelf: Shelf;
  /** Names of the worlds whose requests under way were dropped, in order. */
  readonly dropped: string[];
  /** Names of the worlds that were told to be gone, in order. */
  readonly closed: string[];
  /** What listeners failed with. */
  readonly failures: unknown[];
}

interface Wishes extends Partial<Pick<WorldsSettings, 'mode' | 'max' | 'openDoor' | 'webhooks'>> {
  /** Texts of scenarios by name. */
  readonly scenarios?: Readonly<Record<string, string>>;
  /** Texts of profiles by name, beside the usual ones. */
  readonly profiles?: Readonly<Record<string, string>>;
}

export async function openWorlds({ scenarios = {}, profiles, ...wishes }: Wishes = {}): Promise<OpenWorlds> {
  const clock = new ManualClock();
  const shipped = faultsFolder({ ...PROFILES, ...profiles });
  mkdirSync(join(shipped, 'scenarios'));
  for (const [name, text] of Object.entries(scenarios)) writeFileSync(join(shipped, 'scenarios', `${name}.yaml`), text);
  const places = { shipped, known: KNOWN, clock, log: quiet };
  const shelf = await createShelf(places);
  const scenarioShelf = await createScenarioShelf({ ...places, profiles: shelf });
  const director = createDirector({ known: KNOWN, shelf });
  const dropped: string[] = [];
  const failures: unknown[] = [];
  const worlds = new WorldRegistry({
    ...PAYMENTS_IN_WORLDS,
    ...{ mode: 'auto', max: 1000, seed: 7, timeScale: 1, reservationTtlMs: 900_000 },
    ...{
      journalMaxEntries: 1000,
      journalBudget: new ByteBudget(2 ** 20),
      pseudonym: createPseudonym(Buffer.alloc(32, 7)),
    },
    ...{ clock, director, scenarios: scenarioShelf, seasons: new Seasons('small'), conditions: CAPABLE, known: KNOWN },
    webhooks: writtenCalls(undefined, clock),
    dropUnderWay: async (world) => {
      dropped.push((world as OpenWorld).name);
      return 0;
    },
    openDoor: async ({ name }) => openedDoor(name, 20_000),
    failed: (error) => failures.push(error),
    ...wishes,
  });
  const closed: string[] = [];
  worlds.closed.subscribe(({ name }) => closed.push(name));
  onTestFinished(async () => {
    await worlds.close();
    director.close();
    scenarioShelf.close();
    shelf.close();
  });
  return { clock, worlds, director, shelf, dropped, closed, failures };
}

const CONNECTION: LivingConnection = {
  ...{ id: 1, door: 'main', remote: '127.0.0.1:5', openedAt: 0, requests: 1, underWay: 0 },
  ...{ flood: false, waiting: false, lingering: false },
};

/** Doors with one connection, and what was asked of them. */
export function writingDoors(world: string): Doors & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...noDoors(world),
    ...{ asked, names: ['main'], missing: undefined, count: 1 },
    settled: async () => void asked.push('settled'),
    livingConnections: () => [CONNECTION],
    async reachLiving() {
      asked.push('reachLiving');
      return new Set([CONNECTION.id]);
    },
    async sever() {
      asked.push('sever');
      return 1;
    },
  };
}

export const openedDoor = (world: string, port: number) => ({
  doors: writingDoors(world),
  port,
  url: `http://127.0.0.1:${port}`,
  close: async () => {},
});

/** Holds a seat of the first session on sale for a customer. */
export function reserveIn({ boxOffice }: OpenWorld, customerRef = 'c-1') {
  const session = boxOffice.sessions({ status: 'on_sale' }, 0, 1).items[0];
  if (!session) throw new Error('nothing is on sale');
  const asked = { client: 'seller-a', sessionId: session.plan.id, customerRef, bestAvailable: { count: 2 } };
  return boxOffice.reserve(asked, HONEST);
}
