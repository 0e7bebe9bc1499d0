// Drives the simulation by a clock while there is work in it, and lets real requests through it.
import type { Cancel, Clock } from '../base/clock.ts';
import { randomStream } from '../base/random-stream.ts';
import type { Job, JobSink } from './job.ts';
import type { Observed } from './observed.ts';
import { type Outcome, serveReal } from './real-job.ts';
import type { CapacitySettings } from './settings.ts';
import { type EventSource, Simulation } from './simulation.ts';
import { createStation, type Station } from './station.ts';

/** How often time is caught up with while real requests wait, and while only virtual ones do. */
const REAL_PERIOD_MS = 1;
const VIRTUAL_PERIOD_MS = 8;
/** Held up for longer than this, the simulation loses time rather than hold the process up further. */
const MAX_CATCH_UP_MS = 1000;
/** As with more events than these at once, some microseconds each: the simulation is slower then than what it is asked for. */
const MAX_EVENTS_AT_ONCE = 10_000;

/** The upstream's capacity as the process has it: on or off, with its crowd and its real requests. */
export interface CapacityDriver extends JobSink {
  /** Null: off, and every job is done at once. */
  readonly settings: CapacitySettings | null;
  /** Takes effect now; turned off, all that waits is done at once. */
  set(settings: CapacitySettings | null): void;
  /** Resolves when the work may be done, or must not be. `patienceMs`: how long the client said it would wait. */
  serve(operation: string, isGone: () => boolean, patienceMs?: number): Promise<Outcome>;
  /** Adds a source of events, such as a crowd; returns how to take it out. */
  attach(source: EventSource): () => void;
  /** Time of the simulation, caught up with the clock; what a source that is attached now should begin at. */
  nowMs(): number;
  /** Null while capacity is off. */
  observed(): Observed | null;
  /** Jobs turned away while their client waited, ever; those of capacities that were turned off again too. */
  readonly shed: number;
  /** Real requests inside. */
  readonly realWaiting: number;
  /** Lets all that waits go, and sets no timer any more. */
  stop(): void;
}

interface DriverOptions {
  readonly clock: Clock;
  /** Of service times; asked whenever capacity is turned on. */
  seed(): number;
}

export const createDriver = (options: DriverOptions): CapacityDriver => new ClockDriver(options);

class ClockDriver implements CapacityDriver {
  readonly #clock: Clock;
  readonly #seed: () => number;
  readonly #simulation: Simulation;
  /** Clock time that the simulation has not lived through. */
  #lostMs: number;
  #station: Station | undefined;
  #leave: () => void = () => {};
  /** By stations that are closed. */
  #shedBefore = 0;
  #real = 0;
  #timer: Cancel | undefined;
  #dueMs = Number.POSITIVE_INFINITY;
  #stopped = false;
  #catchingUp = false;

  constructor({ clock, seed }: DriverOptions) {
    this.#clock = clock;
    this.#seed = seed;
    this.#lostMs = clock.ticks();
    this.#simulation = new Simulation();
  }

  get settings(): CapacitySettings | null {
    return this.#station?.capacity ?? null;
  }

  get realWaiting(): number {
    return this.#real;
  }

  set(settings: CapacitySettings | null): void {
    const nowMs = this.#catchUp();
    if (settings === null) this.#close(nowMs);
    else if (this.#station) this.#station.configure(settings, nowMs);
    else {
      this.#station = createStation({ capacity: settings, draw: randomStream(this.#seed(), 'service'), nowMs });
      this.#leave = this.#simulation.add(this.#station);
    }
    this.#rearm();
  }

  serve(operation: string, isGone: () => boolean, patienceMs = Number.POSITIVE_INFINITY): Promise<Outcome> {
    if (!this.#station) return Promise.resolve('served');
    const nowMs = this.#catchUp();
    this.#real += 1;
    const outcome = serveReal(this, { operation, isGone, deadlineMs: nowMs + patienceMs }, nowMs, () => {
      this.#real -= 1;
    });
    this.#rearm();
    return outcome;
  }

  offer(job: Job, nowMs: number): void {
    if (this.#station) this.#station.offer(job, nowMs);
    else job.served(nowMs);
  }

  attach(source: EventSource): () => void {
    this.#catchUp();
    const detach = this.#simulation.add(source);
    this.#rearm();
    return detach;
  }

  nowMs(): number {
    const nowMs = this.#catchUp();
    this.#rearm();
    return nowMs;
  }

  observed(): Observed | null {
    return this.#station?.observed(this.nowMs()) ?? null;
  }

  get shed(): number {
    return this.#shedBefore + (this.#station?.shed ?? 0);
  }

  stop(): void {
    this.#close(this.#catchUp());
    this.#stopped = true;
    this.#disarm();
  }

  #close(nowMs: number): void {
    const station = this.#station;
    this.#station = undefined;
    this.#leave();
    this.#leave = () => {};
    station?.finishAll(nowMs);
    this.#shedBefore += station?.shed ?? 0;
  }

  /** Brings the simulation to the present; asked from inside one of its own events, it is there already. */
  #catchUp(): number {
    if (this.#catchingUp || this.#stopped) return this.#simulation.nowMs;
    const overdueMs = this.#clock.ticks() - this.#lostMs - Math.max(this.#simulation.nextAt(), this.#simulation.nowMs);
    if (overdueMs > MAX_CATCH_UP_MS) this.#lostMs += overdueMs - MAX_CATCH_UP_MS;
    this.#catchingUp = true;
    try {
      const presentMs = this.#clock.ticks() - this.#lostMs;
      this.#simulation.advanceTo(presentMs, MAX_EVENTS_AT_ONCE);
      this.#lostMs += Math.max(0, presentMs - this.#simulation.nowMs);
    } finally {
      this.#catchingUp = false;
    }
    return this.#simulation.nowMs;
  }

  /** Sleeps until the next event, but never for less than the period: many events are worked through at once. */
  #rearm(): void {
    if (this.#catchingUp || this.#stopped) return;
    const nextMs = this.#simulation.nextAt();
    if (nextMs === Number.POSITIVE_INFINITY) {
      this.#disarm();
      return;
    }
    const periodMs = this.#real > 0 ? REAL_PERIOD_MS : VIRTUAL_PERIOD_MS;
    const dueMs = Math.max(nextMs, this.#simulation.nowMs + periodMs);
    if (this.#dueMs <= dueMs) return;
    this.#disarm();
    this.#dueMs = dueMs;
    this.#timer = this.#clock.after(dueMs - this.#simulation.nowMs, () => {
      this.#timer = undefined;
      this.#dueMs = Number.POSITIVE_INFINITY;
      this.#catchUp();
      this.#rearm();
    });
  }

  #disarm(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
