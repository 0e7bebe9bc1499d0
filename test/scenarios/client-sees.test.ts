// What a client sees in each phase of each shipped scenario, played on the manual clock with rules, capacity and crowd.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CapacityDriver, createDriver } from '../../src/capacity/driver.ts';
import type { World } from '../../src/director/world-port.ts';
import type { CallFailure, Phase } from '../../src/shelf/phase.ts';
import { createScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createShelf } from '../../src/shelf/shelf.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { createLoad } from '../../src/world/load.ts';
import { Playback } from '../../src/world/playback.ts';
import { ADMIN, openStage, quiet } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { PATIENCE_MS, type Seen, whatIsSeen } from '../support/probing-client.ts';
import { ROOT } from '../support/shipped.ts';

const OPERATIONS = [
  'listSessions',
  'getSeatMap',
  'reserveSeats',
  'validateDiscount',
  'paymentPage',
  'threeDSecure',
  'completeOrder',
] as const;
type Operation = (typeof OPERATIONS)[number];

interface Tour {
  readonly name: string;
  readonly speed: number;
  /** Requests for each operation, sent one by one. */
  readonly probes: number;
}

const PROBE_EVERY_MS = 70;

interface Opened {
  readonly clock: ManualClock;
  readonly world: World;
  readonly playback: Playback;
  readonly capacity: CapacityDriver;
}

/** A playback over the shipped folder, whose capacity can be asked for service. */
async function openShipped(): Promise<Opened> {
  const known = { operations: OPERATION_NAMES, doors: ['main'] };
  const places = { shipped: join(ROOT, 'faults'), known, clock: new ManualClock(), log: quiet };
  const shelf = await createShelf(places);
  const scenarios = await createScenarioShelf({ ...places, profiles: shelf });
  onTestFinished(() => scenarios.close());
  const { clock, director, world: bare } = await openStage({ known, shelf });
  const seed = (): number => 1399;
  const capacity = createDriver({ clock, seed });
  onTestFinished(() => capacity.stop());
  const world: World = { ...bare, load: createLoad({ driver: capacity, seed }) };
  const playback = new Playback({ world, director, scenarios });
  onTestFinished(() => playback.close());
  return { clock, world, playback, capacity };
}

type Seens = Readonly<Record<Operation, readonly Seen[]>>;

/** What a client sees of each operation; takes a little time of the story. */
async function look({ clock, world, capacity }: Opened, probes: number): Promise<Seens> {
  const { engine } = world;
  const asked: Record<Operation, Promise<Seen>[]> = {
    listSessions: [],
    getSeatMap: [],
    reserveSeats: [],
    validateDiscount: [],
    paymentPage: [],
    threeDSecure: [],
    completeOrder: [],
  };
  for (let nth = 0; nth < probes; nth++)
    for (const operation of OPERATIONS) {
      const connection = nth * OPERATIONS.length + OPERATIONS.indexOf(operation);
      asked[operation].push(whatIsSeen({ engine, capacity, clock }, operation, connection));
      await clock.advanceAsync(PROBE_EVERY_MS);
    }
  await clock.advanceAsync(PATIENCE_MS);
  const seen = await Promise.all(OPERATIONS.map(async (name) => [name, await Promise.all(asked[name])] as const));
  return Object.fromEntries(seen) as Record<Operation, Seen[]>;
}

/** As a client at sockets would call it that gives up after three seconds. */
function outcomeOf(seen: Seen): 'success' | CallFailure {
  if (seen === 'served') return 'success';
  if (seen === 'late' || seen === 'hang' || seen === 'stalled') return 'timeout';
  if (seen === 'reset' || seen === 'closed' || seen === 'cut') return 'cut';
  return seen.startsWith('page') ? 'page' : (seen as CallFailure);
}

/** With few probes, a share is known within this. */
const NEAR = 0.15;

function expectPhase({ client, operations, success, failures }: Phase, seens: Seens): void {
  const meant = OPERATIONS.filter((operation) => !operations || operations.includes(operation));
  const outcomes = meant.flatMap((operation) => seens[operation].map(outcomeOf));
  if (outcomes.length === 0) return; // of operations that no probe asks for
  const share = outcomes.filter((outcome) => outcome === 'success').length / outcomes.length;
  const shown = `${client} ${share.toFixed(2)} succeed, told ${success.min} to ${success.max}`;
  expect(share >= success.min - NEAR && share <= success.max + NEAR, shown).toBe(true);
  if (success.max === 0) expect(share, shown).toBe(0);
  const strange = outcomes.filter((outcome) => outcome !== 'success' && !failures.includes(outcome));
  expect(strange.length / outcomes.length, `${client} also ${[...new Set(strange)].join(', ')}`).toBeLessThan(NEAR);
}

const TOURS: readonly Tour[] = [
  { name: 'fajr-1399', speed: 20, probes: 6 },
  { name: 'game-day-150', speed: 1, probes: 6 },
  { name: 'metastable-retry-storm', speed: 1, probes: 6 },
  { name: 'payment-cascade', speed: 1, probes: 30 },
  { name: 'payment-day', speed: 1, probes: 30 },
  { name: 'presale-code-trouble', speed: 1, probes: 30 },
  { name: 'rolling-restart', speed: 1, probes: 30 },
  { name: 'slow-brown-out', speed: 1, probes: 6 },
  { name: 'stage-tickets', speed: 1, probes: 30 },
];

test('no shipped scenario is left out, and each says what a client should see', () => {
  const shipped = readdirSync(join(ROOT, 'faults/scenarios')).map((file) => file.replace('.yaml', ''));
  expect(TOURS.map(({ name }) => name)).toEqual(shipped);
});

test.each(TOURS)(
  'a client sees in $name what its phases say',
  async ({ name, speed, probes }) => {
    const opened = await openShipped();
    const { clock, playback } = opened;
    const { player } = playback;
    const { phases } = playback.scenarios.get(name).scenario;
    expect(phases.length).toBeGreaterThanOrEqual(3);
    await playback.play(name, { speed, seed: 1399 }, ADMIN);
    for (const at of new Set(phases.map(({ fromMs }) => fromMs))) {
      const now = phases.filter(({ fromMs }) => fromMs === at);
      const middleMs = at + ((now[0]?.untilMs ?? at) - at) * 0.4;
      while (player.status.storyMs < middleMs) await clock.advanceAsync(200);
      const seens = await look(opened, probes);
      for (const phase of now) expectPhase(phase, seens);
    }
    while (player.status.status !== 'ended') await clock.advanceAsync(60_000);
    expect(player.status).toMatchObject({ failures: 0, next: null });
    const afterwards = await look(opened, probes);
    for (const seen of Object.values(afterwards).flat()) expect(seen).toBe('served');
    expect(clock.pending).toBe(0);
  },
  60_000,
);
