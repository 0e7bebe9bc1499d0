// Jobs and stations for tests: jobs remember what became of them, service times are as given.
import { randomStream } from '../../src/base/random-stream.ts';
import type { Job } from '../../src/capacity/job.ts';
import type { ServiceTimes } from '../../src/capacity/service-time.ts';
import { capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { Simulation } from '../../src/capacity/simulation.ts';
import { createStation, type Station } from '../../src/capacity/station.ts';

export class TestJob implements Job {
  readonly operation: string;
  readonly deadlineMs: number;
  gone = false;
  servedAt: number | undefined;
  shedAt: number | undefined;
  retryAfterS: number | undefined;

  constructor({ operation = 'getSession', deadlineMs = Number.POSITIVE_INFINITY } = {}) {
    this.operation = operation;
    this.deadlineMs = deadlineMs;
  }

  isGone(): boolean {
    return this.gone;
  }

  served(nowMs: number): void {
    this.servedAt = nowMs;
  }

  shed(nowMs: number, retryAfterS: number): void {
    this.shedAt = nowMs;
    this.retryAfterS = retryAfterS;
  }
}

export interface Bench {
  readonly station: Station;
  readonly simulation: Simulation;
  /** Lays these over the settings it has. */
  change(over: WrittenCapacity): void;
  /** Offers so many jobs now. */
  offer(count: number, form?: ConstructorParameters<typeof TestJob>[0]): TestJob[];
}

/** A station of fixed service times of 100 ms, unless told otherwise. */
export function bench(over: WrittenCapacity = {}, timesOf?: () => ServiceTimes): Bench {
  const usual: WrittenCapacity = { servers: 1, serviceTime: { mean: '100ms', cv: 0 }, rejectCost: '0ms' };
  const simulation = new Simulation();
  let written: WrittenCapacity = { ...usual, ...over };
  const station = createStation({
    capacity: capacitySettings.parse(written),
    draw: randomStream(7, 'service'),
    nowMs: 0,
    ...(timesOf && { timesOf }),
  });
  simulation.add(station);
  return {
    station,
    simulation,
    change(further) {
      written = { ...written, ...further };
      station.configure(capacitySettings.parse(written), simulation.nowMs);
    },
    offer(count, form) {
      const jobs = Array.from({ length: count }, () => new TestJob(form));
      for (const job of jobs) station.offer(job, simulation.nowMs);
      return jobs;
    },
  };
}

export const servedAt = (jobs: readonly TestJob[]): (number | undefined)[] => jobs.map((job) => job.servedAt);
export const shedAt = (jobs: readonly TestJob[]): (number | undefined)[] => jobs.map((job) => job.shedAt);
