// What a crowd costs: processor time per simulated second, and how exact real requests are beside it.

import { systemClock } from '../../src/base/clock.ts';
import { randomStream } from '../../src/base/random-stream.ts';
import { createDriver } from '../../src/capacity/driver.ts';
import { capacityPerS, capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { Simulation } from '../../src/capacity/simulation.ts';
import { createStation } from '../../src/capacity/station.ts';
import { createCrowd } from '../../src/crowd/crowd.ts';
import { crowdSettings, type WrittenCrowd } from '../../src/crowd/settings.ts';
import { quantile } from './figures.ts';
import { printGoals, printTable, say, whole } from './table.ts';

const OPERATIONS_PER_S = 50_000;
const SEED = 1399;
const STEP_MS = 8;
/** Lets a class of 200 ms serve 50,000 a second at a utilisation of 0.7. */
const WIDE: WrittenCapacity = { servers: 14_286, serviceTime: { mean: '200ms', cv: 1 } };
/** A fifth of what is asked of it. */
const NARROW: WrittenCapacity = {
  servers: 2000,
  serviceTime: { mean: '200ms', cv: 1 },
  queue: 2000,
  rejectCost: '0ms',
};
const MIXED: WrittenCrowd = {
  arrivals: { base: OPERATIONS_PER_S },
  classes: [{ policy: 'timeout3' }, { policy: 'naive' }, { policy: 'breaker' }, { policy: 'backoff' }],
};
const NAIVE: WrittenCrowd = { arrivals: { base: OPERATIONS_PER_S }, classes: [{ policy: 'timeout3' }] };

interface Case {
  readonly name: string;
  readonly capacity: WrittenCapacity;
  readonly crowd: WrittenCrowd;
  readonly stallS?: number;
  readonly seconds: number;
}

const cases: readonly Case[] = [
  { name: 'calm, four classes', capacity: WIDE, crowd: MIXED, seconds: 10 },
  { name: 'shedding four in five, one class', capacity: NARROW, crowd: NAIVE, seconds: 10 },
  { name: 'down after a stall of 6 s, one class', capacity: WIDE, crowd: NAIVE, stallS: 6, seconds: 5 },
];

const cpuS = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

function simulated({ name, capacity, crowd, stallS = 0, seconds }: Case): string[] {
  const settings = capacitySettings.parse(capacity);
  const simulation = new Simulation();
  const station = createStation({ capacity: settings, draw: randomStream(SEED, 'service'), nowMs: 0 });
  const muPerS = capacityPerS(settings);
  const others = createCrowd({ settings: crowdSettings.parse(crowd), work: station, muPerS, seed: SEED, nowMs: 0 });
  simulation.add(station);
  simulation.add(others);
  simulation.advanceTo(4000);
  if (stallS > 0) {
    station.configure({ ...settings, factor: 0 }, simulation.nowMs);
    simulation.advanceTo(simulation.nowMs + stallS * 1000);
    station.configure(settings, simulation.nowMs);
  }
  const before = cpuS();
  const sentBefore = sent();
  let events = 0;
  let longestMs = 0;
  for (let step = 0; step < (seconds * 1000) / STEP_MS; step++) {
    const began = performance.now();
    events += simulation.advanceTo(simulation.nowMs + STEP_MS);
    longestMs = Math.max(longestMs, performance.now() - began);
  }
  const spent = cpuS() - before;
  function sent(): number {
    const { classes } = others.observed(simulation.nowMs);
    return classes.reduce((sum, { totals }) => sum + totals.firstTries + totals.retries, 0);
  }
  return [
    name,
    whole((sent() - sentBefore) / seconds),
    whole(events / seconds),
    whole(events / spent),
    (spent / seconds).toFixed(2),
    longestMs.toFixed(1),
  ];
}

const REAL_MS = 5000;
const REAL_SERVICE_MS = 50;
const PERIOD_MS = 5;

/** Real requests of a fixed service time, with or without a calm crowd of the full rate, by the machine's clock. */
async function realRequests(withCrowd: boolean): Promise<{ cpu: number; errorsMs: number[] }> {
  const settings = capacitySettings.parse({ ...WIDE, serviceTime: { mean: `${REAL_SERVICE_MS}ms`, cv: 0 } });
  const driver = createDriver({ clock: systemClock, seed: () => SEED });
  driver.set(settings);
  const crowd = createCrowd({
    settings: crowdSettings.parse(MIXED),
    work: driver,
    muPerS: capacityPerS(settings),
    seed: SEED,
    nowMs: driver.nowMs(),
  });
  if (withCrowd) driver.attach(crowd);
  const errorsMs: number[] = [];
  const before = cpuS();
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (performance.now() - began > REAL_MS) {
        clearInterval(timer);
        resolve();
        return;
      }
      const asked = performance.now();
      void driver
        .serve('listSessions', () => false)
        .then(() => errorsMs.push(performance.now() - asked - REAL_SERVICE_MS));
    }, PERIOD_MS);
  });
  const cpu = (cpuS() - before) / ((performance.now() - began) / 1000);
  driver.stop();
  return { cpu, errorsMs };
}

say(`${whole(OPERATIONS_PER_S)} operations begun a second\n`);
say('By the clock, with 200 real requests a second of 50 ms beside a calm crowd');
const alone = await realRequests(false); // first: the cases below leave garbage to collect
const beside = await realRequests(true);
const late = { digits: 2, unit: ' ms' };
printGoals([
  { what: 'cores of the whole', value: beside.cpu, digits: 2, atMost: 0.5 },
  { what: 'cores without the crowd', value: alone.cpu, digits: 2 },
  { what: 'real answers late, p50', value: quantile(beside.errorsMs, 0.5), ...late },
  { what: 'real answers late, p99', value: quantile(beside.errorsMs, 0.99), ...late, atMost: 3 },
  { what: 'p99 without the crowd', value: quantile(alone.errorsMs, 0.99), ...late },
]);
say('As fast as it goes, by simulated seconds');
const head = ['', 'calls/s', 'events/s', 'events per cpu s', 'cores', 'longest 8 ms, ms'];
printTable(head, cases.map(simulated));
