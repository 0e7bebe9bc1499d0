// The upstream's capacity: c servers behind a queue, told what time it is, and a source of the moments when work ends.
import type { Draw } from '../base/random-stream.ts';
import { type Discipline, disciplineOf } from './discipline.ts';
import { EventHeap } from './event-heap.ts';
import type { Job, JobSink } from './job.ts';
import { JobQueue } from './job-queue.ts';
import { type Observed, observedOf, stationGauges } from './observed.ts';
import { lognormalTimes, type ServiceTimes } from './service-time.ts';
import { type CapacitySettings, MAX_QUEUE, queueBound } from './settings.ts';
import type { EventSource } from './simulation.ts';
import { WorkTime } from './work-time.ts';

/** Longest hint that is given, in seconds. */
const MAX_HINT_S = 3600;
/** Weight of the latest job in the mean service time of what has been asked for. */
const LATEST_WEIGHT = 0.01;

export interface Station extends JobSink, EventSource {
  readonly capacity: CapacitySettings;
  /** Jobs turned away while their client waited, since it opened. */
  readonly shed: number;
  /** Takes new settings; what waits and what is worked on stays, and goes on by the new ones. */
  configure(capacity: CapacitySettings, nowMs: number): void;
  /** Ends all work at once, as an infinitely fast upstream would. */
  finishAll(nowMs: number): void;
  /** Seconds until what waits now will be done, at least 1; in a stall as if it ended now. */
  retryAfterS(): number;
  observed(nowMs: number): Observed;
}

export interface StationOptions {
  readonly capacity: CapacitySettings;
  readonly draw: Draw;
  readonly nowMs: number;
  /** Another law of service times than the lognormal. */
  readonly timesOf?: (capacity: CapacitySettings, draw: Draw) => ServiceTimes;
}

/** A server at work on a job: serving it, or turning it away. */
interface Server {
  job: Job | undefined;
  retryAfterS: number;
}

export const createStation = (options: StationOptions): Station => new QueueingStation(options);

class QueueingStation implements Station {
  readonly #draw: Draw;
  readonly #timesOf: (capacity: CapacitySettings, draw: Draw) => ServiceTimes;
  readonly #queue = new JobQueue();
  /** Jobs turned away whose rejection waits for a server. */
  readonly #rejects = new JobQueue();
  /** Servers at work, by the work time at which they will be done. */
  readonly #busy = new EventHeap<Server>();
  readonly #idle: Server[] = [];
  readonly #gauges;
  readonly #work: WorkTime;
  #capacity: CapacitySettings;
  #times: ServiceTimes;
  #discipline: Discipline;
  #meanMs: number;

  constructor({ capacity, draw, nowMs, timesOf = lognormalTimes }: StationOptions) {
    this.#draw = draw;
    this.#timesOf = timesOf;
    this.#gauges = stationGauges(nowMs);
    this.#work = new WorkTime(capacity.factor, nowMs);
    this.#capacity = capacity;
    this.#times = timesOf(capacity, draw);
    this.#discipline = disciplineOf(capacity);
    this.#meanMs = capacity.serviceTime.mean;
  }

  get capacity(): CapacitySettings {
    return this.#capacity;
  }

  get shed(): number {
    return this.#gauges.shed.total;
  }

  configure(capacity: CapacitySettings, nowMs: number): void {
    this.#capacity = capacity;
    this.#times = this.#timesOf(capacity, this.#draw);
    this.#discipline = disciplineOf(capacity);
    this.#meanMs = capacity.serviceTime.mean;
    this.#work.setFactor(capacity.factor, nowMs);
    this.#startWhatWaits(nowMs);
  }

  offer(job: Job, nowMs: number): void {
    this.#gauges.offered.add(nowMs);
    const waiting = this.#queue.length;
    if (waiting === 0 && this.#serverIsFree()) this.#start(job, nowMs);
    else if (waiting < queueBound(this.#capacity)) this.#join(job, nowMs);
    else if (waiting > 0 && this.#discipline.whenFull === 'shed-oldest') {
      this.#reject(this.#queue.takeOldest() as Job, nowMs);
      this.#join(job, nowMs);
    } else this.#reject(job, nowMs);
  }

  nextAt(): number {
    return this.#busy.size === 0 ? Number.POSITIVE_INFINITY : this.#work.momentOf(this.#busy.firstKey);
  }

  fire(nowMs: number): void {
    const server = this.#busy.pop();
    if (!server) return;
    this.#finish(server, nowMs);
    this.#startWhatWaits(nowMs);
  }

  finishAll(nowMs: number): void {
    for (let job = this.#rejects.takeOldest(); job; job = this.#rejects.takeOldest())
      if (!job.isIdle?.()) job.shed(nowMs, this.retryAfterS());
    for (const server of this.#busy.drain()) if (!server.job?.isIdle?.()) this.#finish(server, nowMs);
    for (let job = this.#queue.takeOldest(); job; job = this.#queue.takeOldest())
      if (!job.isIdle?.()) this.#serve(job, nowMs);
  }

  retryAfterS(): number {
    const { servers, factor } = this.#capacity;
    const seconds = (this.#queue.length * this.#meanMs) / (servers * (factor || 1) * 1000);
    return Math.min(MAX_HINT_S, Math.max(1, Math.ceil(seconds)));
  }

  observed(nowMs: number): Observed {
    return observedOf(this.#gauges, this.#queue.length, this.#busy.size, nowMs);
  }

  #serverIsFree(): boolean {
    return this.#busy.size < this.#capacity.servers && this.#work.factor > 0;
  }

  #join(job: Job, nowMs: number): void {
    this.#discipline.joined(this.#queue.length, nowMs);
    this.#queue.push(job, nowMs);
  }

  /** Rejections go before jobs: their answer is known, and only a server to write it was missing. */
  #startWhatWaits(nowMs: number): void {
    while (this.#serverIsFree()) {
      const rejected = this.#rejects.takeOldest();
      if (rejected) this.#startRejecting(rejected, nowMs);
      else if (!this.#startNext(nowMs)) return;
    }
  }

  /** Takes one job out of the queue and decides on it; false when nobody waits. */
  #startNext(nowMs: number): boolean {
    const sinceMs = this.#queue.oldestSinceMs;
    const job = this.#discipline.take(this.#queue);
    if (!job) return false;
    if (this.#capacity.abandonAware && job.isGone()) {
      this.#gauges.skipped.add(nowMs);
      job.shed(nowMs, this.retryAfterS());
    } else if (this.#discipline.worthServing(job, nowMs - sinceMs, nowMs)) this.#start(job, nowMs);
    else this.#reject(job, nowMs);
    return true;
  }

  #start(job: Job, nowMs: number): void {
    const { servers, congestionCost, serviceTime } = this.#capacity;
    const crowding = Math.max(0, this.#queue.length + this.#busy.size + 1 - servers) / servers;
    const serviceMs = this.#times.drawMs(job.operation) * (1 + congestionCost * crowding);
    if (serviceTime.byOperation) this.#meanMs += LATEST_WEIGHT * (this.#times.meanMs(job.operation) - this.#meanMs);
    this.#occupy(job, 0, this.#work.at(nowMs) + serviceMs);
  }

  /** Turns a job away, which takes a server's time too; for free where that costs nothing or the client has left. */
  #reject(job: Job, nowMs: number): void {
    const gone = job.isGone();
    this.#gauges[gone ? 'skipped' : 'shed'].add(nowMs);
    if (gone || this.#capacity.rejectCost === 0 || this.#rejects.length >= MAX_QUEUE)
      job.shed(nowMs, this.retryAfterS());
    else if (this.#serverIsFree()) this.#startRejecting(job, nowMs);
    else this.#rejects.push(job, nowMs);
  }

  #startRejecting(job: Job, nowMs: number): void {
    this.#occupy(job, this.retryAfterS(), this.#work.at(nowMs) + this.#capacity.rejectCost);
  }

  #occupy(job: Job, retryAfterS: number, untilWorkMs: number): void {
    const server = this.#idle.pop() ?? { job: undefined, retryAfterS: 0 };
    server.job = job;
    server.retryAfterS = retryAfterS;
    this.#busy.push(untilWorkMs, server);
  }

  #finish(server: Server, nowMs: number): void {
    const job = server.job as Job;
    server.job = undefined;
    this.#idle.push(server);
    if (server.retryAfterS > 0) job.shed(nowMs, server.retryAfterS);
    else this.#serve(job, nowMs);
  }

  #serve(job: Job, nowMs: number): void {
    this.#gauges[job.isGone() ? 'wasted' : 'goodput'].add(nowMs);
    job.served(nowMs);
  }
}
