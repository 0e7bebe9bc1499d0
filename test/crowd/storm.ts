// A stall and what comes after it, played from event to event: the rig behind the table of reproduced figures.
import { randomStream } from '../../src/base/random-stream.ts';
import { capacityPerS, capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { Simulation } from '../../src/capacity/simulation.ts';
import { createStation } from '../../src/capacity/station.ts';
import { type Crowd, createCrowd } from '../../src/crowd/crowd.ts';
import type { ClassObserved } from '../../src/crowd/seller-class.ts';
import { crowdSettings, type WrittenCrowd } from '../../src/crowd/settings.ts';

/** The defaults of the table: mu = 100/s, rejections for free. */
export const TABLE = { servers: 20, serviceTime: { mean: '200ms', cv: 1 }, rejectCost: '0ms' } as const;
/** Of the paper: mu = 300/s below 100 ms. */
export const HOTOS = { servers: 15, serviceTime: { mean: '50ms', cv: 1 }, rejectCost: '0ms' } as const;

const STEP_MS = 1000;
const WINDOW_S = 15;
const WELL_SHARE = 0.9;

export interface Storm {
  readonly capacity: WrittenCapacity;
  readonly crowd: WrittenCrowd;
  readonly seed: number;
  readonly stallAtS?: number;
  readonly stallS?: number;
  /** How long it is watched after the stall. */
  readonly watchS: number;
}

export interface Weather {
  /** First second after the stall that begins 15 s with 90 % of the customers served; Infinity: none. */
  readonly recoveredAfterS: number;
  /** Operations done a second, and calls per operation, over the last 30 s. */
  readonly goodputPerS: number;
  readonly amplification: number;
  /** Share of the finished calls whose client had left, over the last 30 s. */
  readonly wasted: number;
  /** Operations done a second, second by second from the end of the stall. */
  readonly perSecond: readonly number[];
  /** Of each class, over the last 30 s. */
  readonly classGoodputPerS: readonly number[];
  readonly events: number;
}

interface Sums {
  readonly done: number;
  readonly begun: number;
  readonly sent: number;
  readonly operations: number;
  readonly wasted: number;
  readonly byClass: readonly number[];
}

const LAST_S = 30;

export function play({ capacity, crowd, seed, stallAtS = 60, stallS = 10, watchS }: Storm): Weather {
  const settings = capacitySettings.parse(capacity);
  const simulation = new Simulation();
  const station = createStation({ capacity: settings, draw: randomStream(seed, 'service'), nowMs: 0 });
  const others = createCrowd({
    settings: crowdSettings.parse(crowd),
    work: station,
    muPerS: capacityPerS(settings),
    seed,
    nowMs: 0,
  });
  simulation.add(station);
  simulation.add(others);
  let events = simulation.advanceTo(stallAtS * 1000);
  if (stallS > 0) {
    station.configure({ ...settings, factor: 0 }, simulation.nowMs);
    events += simulation.advanceTo((stallAtS + stallS) * 1000);
    station.configure(settings, simulation.nowMs);
  }
  const sums: Sums[] = [sumsOf(others, simulation.nowMs)];
  for (let second = 0; second < watchS; second++) {
    events += simulation.advanceTo(simulation.nowMs + STEP_MS);
    sums.push(sumsOf(others, simulation.nowMs));
  }
  return weatherOf(sums, others.observed(simulation.nowMs).arrivalsPerS, events);
}

function sumsOf(crowd: Crowd, nowMs: number): Sums {
  const { classes } = crowd.observed(nowMs);
  const sum = (of: (sellers: ClassObserved) => number): number =>
    classes.reduce((all, sellers) => all + of(sellers), 0);
  return {
    done: sum(({ totals }) => totals.goodput),
    begun: sum(({ totals }) => totals.firstTries),
    sent: sum(({ totals }) => totals.firstTries + totals.retries),
    operations: sum(({ totals }) => totals.operations),
    wasted: sum(({ totals }) => totals.wasted),
    byClass: classes.map(({ totals }) => totals.goodput),
  };
}

function weatherOf(sums: readonly Sums[], wantedPerS: number, events: number): Weather {
  const perSecond = sums.slice(1).map((at, i) => at.done - (sums[i] as Sums).done);
  const last = sums.at(-1) as Sums;
  const before = sums.at(-1 - LAST_S) as Sums;
  const done = last.done - before.done;
  const wasted = last.wasted - before.wasted;
  return {
    recoveredAfterS: recoveredAfterS(perSecond, wantedPerS),
    goodputPerS: done / LAST_S,
    amplification: (last.sent - before.sent) / (last.begun - before.begun),
    wasted: wasted / Math.max(1, done + wasted),
    perSecond,
    classGoodputPerS: last.byClass.map((of, at) => (of - (before.byClass[at] as number)) / LAST_S),
    events,
  };
}

function recoveredAfterS(perSecond: readonly number[], wantedPerS: number): number {
  for (let from = 0; from + WINDOW_S <= perSecond.length; from++) {
    const done = perSecond.slice(from, from + WINDOW_S).reduce((sum, count) => sum + count, 0);
    if (done >= WELL_SHARE * wantedPerS * WINDOW_S) return from;
  }
  return Number.POSITIVE_INFINITY;
}

/** Ten storms that differ by seed only. */
export const overSeeds = (storm: Omit<Storm, 'seed'>): Weather[] =>
  Array.from({ length: 10 }, (_, index) => play({ ...storm, seed: index + 1 }));

export const stuck = (weathers: readonly Weather[]): number =>
  weathers.filter(({ recoveredAfterS }) => recoveredAfterS === Number.POSITIVE_INFINITY).length;

export const meanRecoveryS = (weathers: readonly Weather[]): number =>
  weathers.reduce((sum, { recoveredAfterS }) => sum + recoveredAfterS, 0) / weathers.length;
