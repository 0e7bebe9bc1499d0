// Who is served next, and who is not worth serving any more.
import type { Job } from './job.ts';
import type { JobQueue } from './job-queue.ts';
import type { CapacitySettings, DisciplineName } from './settings.ts';

export interface Discipline {
  /** Takes the next one out; undefined when nobody waits. */
  take(queue: JobQueue): Job | undefined;
  /** Whether a job just taken out should be served; if not, it is shed. `waitedMs` is how long the oldest had waited. */
  worthServing(job: Job, waitedMs: number, nowMs: number): boolean;
  /** Told of each job that joins, with how many waited before it. */
  joined(ahead: number, nowMs: number): void;
  /** Who has to go when the queue is full: the newcomer, or the oldest to make room for it. */
  readonly whenFull: 'shed-newcomer' | 'shed-oldest';
}

const always = (): boolean => true;
const nothing = (): void => {};
const takeOldest = (queue: JobQueue): Job | undefined => queue.takeOldest();

const fifo = (): Discipline => ({
  take: takeOldest,
  worthServing: always,
  joined: nothing,
  whenFull: 'shed-newcomer',
});

/** The oldest would be served last, most likely too late: they make room. */
const lifo = (): Discipline => ({
  take: (queue) => queue.takeNewest(),
  worthServing: always,
  joined: nothing,
  whenFull: 'shed-oldest',
});

/** Mean service times that must be left before the deadline, or the client will have left before its answer. */
const MIN_SERVICE_TIMES = 2;

const deadline = ({ serviceTime }: CapacitySettings): Discipline => ({
  ...fifo(),
  worthServing: (job, _waitedMs, nowMs) => job.deadlineMs - nowMs >= MIN_SERVICE_TIMES * serviceTime.mean,
});

/** Of the queue of Facebook's servers: 100 ms and 5 ms, for requests that take a few ms. */
const MIN_INTERVAL_MS = 100;
const INTERVAL_SERVICE_TIMES = 5;
const TARGETS_PER_INTERVAL = 20;

/**
 * Controlled delay as Facebook runs it on request queues (B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015), after
 * CoDel (Nichols and Jacobson, ACM Queue 10(5), 2012; RFC 8289): a queue that was empty within the last interval may let
 * a job wait a whole interval, a standing queue only the target. RFC 8289's own pace of dropping supposes senders that
 * slow down when dropped from; those who retry do not. The interval is five mean service times, 100 ms at least.
 */
function codel({ serviceTime }: CapacitySettings): Discipline {
  const intervalMs = Math.max(MIN_INTERVAL_MS, INTERVAL_SERVICE_TIMES * serviceTime.mean);
  const targetMs = intervalMs / TARGETS_PER_INTERVAL;
  let lastEmptyMs = Number.NEGATIVE_INFINITY;
  return {
    ...fifo(),
    worthServing: (_job, waitedMs, nowMs) => waitedMs <= (nowMs - lastEmptyMs <= intervalMs ? intervalMs : targetMs),
    joined(ahead, nowMs) {
      if (ahead === 0) lastEmptyMs = nowMs;
    },
  };
}

const DISCIPLINES: Readonly<Record<DisciplineName, (capacity: CapacitySettings) => Discipline>> = {
  fifo,
  lifo,
  deadline,
  codel,
};

export const disciplineOf = (capacity: CapacitySettings): Discipline => DISCIPLINES[capacity.discipline](capacity);
