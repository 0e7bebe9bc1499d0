// What a client sees in each phase of each shipped scenario, played on the manual clock with rules, capacity and crowd.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CapacityDriver, createDriver } from '../../src/capacity/driver.ts';
import type { Controls } from '../../src/director/controls.ts';
import { createLoad } from '../../src/director/load.ts';
import { Theatre } from '../../src/director/theatre.ts';
import { createScenarioShelf } from '../../src/scenarios/scenario-shelf.ts';
import { createShelf } from '../../src/scenarios/shelf.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations.ts';
import { ADMIN, openStage, quiet } from '../director/stage.ts';
import { ROOT } from '../support/generated.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { PATIENCE_MS, type Seen, whatIsSeen } from '../support/probing-client.ts';

const OPERATIONS = ['listSessions', 'getSeatMap', 'reserveSeats', 'validateDiscount', 'completeOrder'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Shares of what is seen; nothing else is seen. */
type Mix = Partial<Record<Seen, number>>;

/** What every operation sees, and which of them see something else. */
type Sight = readonly [Mix, Partial<Record<Operation, Mix>>?];

interface Tour {
  readonly speed: number;
  /** Requests for each operation, sent one by one. */
  readonly probes: number;
  /** By story time. */
  readonly phases: Readonly<Record<string, Sight>>;
}

const PROBE_EVERY_MS = 100;

interface Opened {
  readonly clock: ManualClock;
  readonly world: Controls;
  readonly theatre: Theatre;
  readonly capacity: CapacityDriver;
}

/** A theatre over the shipped folder, whose capacity can be asked for service. */
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
  const world: Controls = { ...bare, load: createLoad({ driver: capacity, seed }) };
  const theatre = new Theatre({ world, director, scenarios });
  onTestFinished(() => theatre.close());
  return { clock, world, theatre, capacity };
}

type Tally = Record<string, Partial<Record<Seen, number>>>;

/** What a client sees of each operation, as shares; takes a little time of the story. */
async function look({ clock, world, capacity }: Opened, probes: number): Promise<Tally> {
  const { engine } = world;
  const asked: Promise<readonly [Operation, Seen]>[] = [];
  for (let nth = 0; nth < probes; nth++)
    for (const operation of OPERATIONS) {
      const connection = nth * OPERATIONS.length + OPERATIONS.indexOf(operation);
      asked.push(whatIsSeen({ engine, capacity, clock }, operation, connection).then((seen) => [operation, seen]));
      await clock.advanceAsync(PROBE_EVERY_MS);
    }
  await clock.advanceAsync(PATIENCE_MS);
  const tally: Tally = {};
  for (const [operation, seen] of await Promise.all(asked)) {
    tally[operation] ??= {};
    tally[operation][seen] = (tally[operation][seen] ?? 0) + 1 / probes;
  }
  return tally;
}

/** Of the operations that see something else one by one, of the rest together. */
function sightOf(tally: Tally, [, others = {}]: Sight): Record<string, Mix> {
  const rest = OPERATIONS.filter((operation) => !others[operation]);
  const pooled: Mix = {};
  for (const operation of rest)
    for (const [seen, share] of Object.entries(tally[operation] ?? {}) as [Seen, number][])
      pooled[seen] = (pooled[seen] ?? 0) + share / rest.length;
  return { rest: pooled, ...Object.fromEntries(Object.keys(others).map((name) => [name, tally[name] ?? {}])) };
}

const NEAR = 0.15;

/** The words that are claimed and no others, each with about its share; what only now and then is seen may be told as 0. */
function expectSight(tally: Tally, sight: Sight, at: string): void {
  const claims: Record<string, Mix> = { rest: sight[0], ...sight[1] };
  for (const [who, seen] of Object.entries(sightOf(tally, sight))) {
    const claimed = claims[who] ?? {};
    const words = new Set([...Object.keys(seen), ...Object.keys(claimed)]) as Set<Seen>;
    for (const word of words) {
      const [share, told] = [seen[word] ?? 0, claimed[word]];
      const near = told === undefined ? false : told === 1 ? share > 0.999 : Math.abs(share - told) <= NEAR;
      const missing = told !== undefined && told > 0 && share === 0;
      expect(near && !missing, `${at}, ${who}: ${word} ${share.toFixed(2)}, claimed ${told}`).toBe(true);
    }
  }
}

const SERVED: Sight = [{ served: 1 }];
const HANGS: Sight = [{ hang: 1 }];
const ALMOST_SERVED: Sight = [{ served: 0.95, late: 0 }];
const NODE_GOES: Sight = [{ reset: 0.34, served: 0.66 }, { getSeatMap: { reset: 0.34, cut: 0.17, served: 0.49 } }];
const NODE_GONE: Sight = [{ '503': 0.34, served: 0.66 }];

const TOURS: Readonly<Record<string, Tour>> = {
  'fajr-1399: quick, then nothing for 56 minutes, then a trickle, then all': {
    speed: 20,
    probes: 4,
    phases: {
      '13:56': SERVED,
      '13:59': ALMOST_SERVED,
      '14:03': HANGS,
      '14:13': HANGS,
      '14:40': HANGS,
      '14:52': HANGS,
      '15:10': [{ hang: 0.55, '503': 0.35, late: 0.1 }],
      '16:30': [{ hang: 0.6, '503': 0.3, late: 0.1 }],
      '17:10': [{ hang: 0.4, '503': 0.4, late: 0.2 }],
      '18:30': [{ hang: 0.05, '503': 0.45, late: 0.5 }],
      '18:55': ALMOST_SERVED,
    },
  },
  'stage-tickets: a busy page, then 503, then a top page that opens and cuts behind it': {
    speed: 1,
    probes: 30,
    phases: {
      '+10m': [{ 'page 503': 1 }],
      '+59m': [{ 'page 503': 1 }],
      '+1h10m': [{ '503': 1 }],
      '+2h20m': [{ '503': 1 }],
      '+2h40m': [
        { served: 1 },
        {
          getSeatMap: { reset: 0.9, served: 0.1 },
          reserveSeats: { reset: 0.8, served: 0.2 },
          completeOrder: { reset: 0.85, '404': 0.15, served: 0 },
        },
      ],
      '+2h55m': [
        { served: 1 },
        {
          getSeatMap: { reset: 0.6, served: 0.4 },
          reserveSeats: { reset: 0.55, served: 0.45 },
          completeOrder: { reset: 0.55, '404': 0.25, served: 0.2 },
        },
      ],
      '+3h29m': [
        { served: 1 },
        {
          getSeatMap: { reset: 0.35, served: 0.65 },
          reserveSeats: { reset: 0.3, served: 0.7 },
          completeOrder: { reset: 0.25, '404': 0.25, served: 0.5 },
        },
      ],
      '+3h31m': SERVED,
    },
  },
  'game-day-150: half hangs, completions are lost, and the storm outlives its cause': {
    speed: 1,
    probes: 6,
    phases: {
      '+20m': SERVED,
      '+26m': [{ hang: 0.5, served: 0.5 }],
      '+35m': SERVED,
      '+45m': [{ served: 1 }, { completeOrder: { hang: 0.3, '504': 0.2, reset: 0.2, served: 0.3 } }],
      '+55m': SERVED,
      '+1h5m': SERVED,
      '+1h20m': ALMOST_SERVED,
      '+1h30m': HANGS,
      '+1h40m': HANGS,
      '+2h': SERVED,
    },
  },
  'metastable-retry-storm: answers come late or not at all until sellers keep a budget': {
    speed: 1,
    probes: 6,
    phases: {
      '+50s': SERVED,
      '+1m1s': HANGS,
      '+1m40s': [{ '503': 0.55, late: 0.4, hang: 0 }],
      '+2m50s': [{ '503': 0.55, late: 0.4, hang: 0 }],
      '+4m40s': SERVED,
    },
  },
  'payment-day: completing alone is slow, then hangs, then is doubtful': {
    speed: 1,
    probes: 30,
    phases: {
      '+1m': SERVED,
      '+3m': [{ served: 1 }, { completeOrder: { late: 0.45, served: 0.45, hang: 0.1 } }],
      '+5m': [{ served: 1 }, { completeOrder: { hang: 1 } }],
      '+8m': [{ served: 1 }, { completeOrder: { hang: 0.25, '504': 0.25, reset: 0.15, served: 0.35 } }],
      '+11m': SERVED,
    },
  },
  'presale-code-trouble: codes are slow, then wrong, then fail, and all else but a barred seat works': {
    speed: 1,
    probes: 30,
    phases: {
      '+1m': SERVED,
      '+10m': [{ served: 1 }, { validateDiscount: { late: 0.9, hang: 0.1 } }],
      '+20m': [
        { served: 1 },
        {
          reserveSeats: { '403': 0.33, served: 0.67 },
          validateDiscount: { wrong: 0.3, late: 0.5, hang: 0.2 },
        },
      ],
      '+27m': [{ served: 1 }, { validateDiscount: { '503': 0.95, hang: 0 } }],
      '+32m': [{ served: 1 }, { validateDiscount: { '503': 0.25, served: 0.65, late: 0.1 } }],
      '+37m': SERVED,
    },
  },
  'rolling-restart: resets, then a third refused, three times, and a slow start': {
    speed: 1,
    probes: 30,
    phases: {
      '+30s': SERVED,
      '+1m1s': NODE_GOES,
      '+2m': NODE_GONE,
      '+4m40s': SERVED,
      '+5m1s': NODE_GOES,
      '+6m': NODE_GONE,
      '+8m40s': SERVED,
      '+9m1s': NODE_GOES,
      '+10m': NODE_GONE,
      '+12m25s': [{ late: 0.3, served: 0.7, hang: 0 }],
      '+14m': [{ served: 0.95, late: 0, hang: 0 }],
      '+15m': SERVED,
    },
  },
  'slow-brown-out: later and later, then a share of 503 and time-outs, then quick again': {
    speed: 1,
    probes: 6,
    phases: {
      '+3m': ALMOST_SERVED,
      '+6m': [{ served: 0.85, late: 0.1 }],
      '+14m': [{ served: 0.75, late: 0.2, hang: 0.05 }],
      '+16m': [{ late: 0.75, hang: 0.25 }],
      '+17m': [{ '503': 0.4, late: 0.2, hang: 0.4 }],
      '+21m': [{ served: 0.6, late: 0.4 }],
      '+29m': ALMOST_SERVED,
    },
  },
};

test('no shipped scenario is left out', () => {
  const shipped = readdirSync(join(ROOT, 'faults/scenarios')).map((file) => file.replace('.yaml', ''));
  expect(Object.keys(TOURS).map((title) => title.split(':')[0])).toEqual(expect.arrayContaining(shipped));
});

test.each(Object.entries(TOURS))(
  'a client sees %s',
  async (title, { speed, probes, phases }) => {
    const opened = await openShipped();
    const { clock, theatre } = opened;
    const { player } = theatre;
    await theatre.play(title.split(':')[0] ?? title, { speed, seed: 1399 }, ADMIN);
    for (const [moment, sight] of Object.entries(phases)) {
      while (player.status.storyTime !== moment && player.status.status === 'playing') await clock.advanceAsync(500);
      expect(player.status.storyTime, 'a moment that the story comes to').toBe(moment);
      expectSight(await look(opened, probes), sight, moment);
    }
    while (player.status.status !== 'ended') await clock.advanceAsync(60_000);
    expect(player.status).toMatchObject({ failures: 0, next: null });
    expectSight(await look(opened, probes), SERVED, 'after the end');
    expect(clock.pending).toBe(0);
  },
  60_000,
);
