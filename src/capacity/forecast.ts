// What arithmetic says of a capacity under a load, before anything happens: stable, vulnerable, or overloaded.
import { meanWaitMs } from './erlang.ts';
import { type CapacitySettings, capacityPerS, queueBound } from './settings.ts';

/** Callers of one class. */
export interface LoadClass {
  /** Logical operations a second, before any retry. */
  readonly firstTriesPerS: number;
  /** Attempts that one operation costs while nothing succeeds; 0 for callers that stop calling then. */
  readonly attempts: number;
  /** How long each attempt waits, in ms; Infinity for callers that never give up. */
  readonly timeoutMs: number;
}

export interface Forecast {
  /** mu: jobs a second that can be finished at the present factor. */
  readonly servedPerS: number;
  /** lambda: first tries a second. */
  readonly firstTriesPerS: number;
  /** lambda / mu; null in a stall. */
  readonly utilisation: number | null;
  /** Mean wait in the queue without retries; null when the queue would grow for ever. */
  readonly expectedWaitMs: number | null;
  /** A: attempts an operation while nothing succeeds, over all classes. */
  readonly attempts: number;
  /** Shortest time-out among those who retry, in ms; null when nobody does, or none gives up. */
  readonly timeoutMs: number | null;
  /** lambda A: what arrives a second while nothing succeeds. */
  readonly worstOfferedPerS: number;
  /** mu / A at full factor: load under which the upstream recovers by itself, whatever the trigger. */
  readonly hiddenCapacityPerS: number | null;
  /** Whether a short trouble can leave it down for good: mu / A < lambda < mu, and a queue longer than mu T. */
  readonly vulnerable: boolean;
  /** Longest queue that cannot trap it: mu T; null without a time-out. */
  readonly safeQueue: number | null;
  /** Shortest full stall that trips it, in ms; random within some 10 % of it. Null when none does. */
  readonly tripsAfterStallMs: number | null;
  /** Time to work off the backlog if nobody retried, in ms; null when it never is. */
  readonly drainMs: number | null;
}

/**
 * After Bronson et al., "Metastable Failures in Distributed Systems" (HotOS 2021) and Huang et al., "Metastable Failures
 * in the Wild" (OSDI 2022). `backlog` is the jobs that `drainMs` is about; unset: what the tripping stall leaves.
 */
export function forecast(capacity: CapacitySettings, load: readonly LoadClass[], backlog?: number): Forecast {
  const fullPerS = capacityPerS(capacity);
  const servedPerS = fullPerS * capacity.factor;
  const firstTriesPerS = sum(load, ({ firstTriesPerS: rate }) => rate);
  const worstOfferedPerS = sum(load, ({ firstTriesPerS: rate, attempts }) => rate * attempts);
  const attempts = firstTriesPerS > 0 ? worstOfferedPerS / firstTriesPerS : 0;
  const timeoutMs = shortestTimeoutMs(load);
  const safeQueue = timeoutMs === null ? null : (fullPerS * timeoutMs) / 1000;
  const vulnerable =
    safeQueue !== null && worstOfferedPerS > fullPerS && firstTriesPerS < fullPerS && queueBound(capacity) > safeQueue;
  const tripsAfterStallMs = vulnerable && timeoutMs !== null ? tripMs(load, fullPerS, timeoutMs) : null;
  const leftOver = backlog ?? (tripsAfterStallMs === null ? 0 : backlogAfter(load, tripsAfterStallMs));
  return {
    servedPerS,
    firstTriesPerS,
    utilisation: servedPerS > 0 ? firstTriesPerS / servedPerS : null,
    expectedWaitMs: waitMs(capacity, firstTriesPerS),
    attempts,
    timeoutMs,
    worstOfferedPerS,
    hiddenCapacityPerS: attempts > 0 ? fullPerS / attempts : null,
    vulnerable,
    safeQueue,
    tripsAfterStallMs,
    drainMs: drainMs(leftOver, servedPerS, firstTriesPerS),
  };
}

/**
 * Jobs that a full stall of length D leaves behind: lambda times the sum over k < A of max(0, D - k T), for each class.
 * Everyone tries once: those who stop calling need failures to know that they should.
 */
export function backlogAfter(load: readonly LoadClass[], stallMs: number): number {
  return sum(load, ({ firstTriesPerS, attempts, timeoutMs }) => {
    const tries = Number.isFinite(timeoutMs) ? Math.max(1, attempts) : 1;
    let sentForMs = stallMs;
    for (let k = 1; k < tries; k++) sentForMs += Math.max(0, stallMs - k * timeoutMs) * Math.min(1, tries - k);
    return (firstTriesPerS * sentForMs) / 1000;
  });
}

/** t = B / (mu - lambda) when that is positive, else never. */
export function drainMs(backlog: number, servedPerS: number, offeredPerS: number): number | null {
  if (backlog <= 0) return 0;
  return servedPerS > offeredPerS ? (backlog * 1000) / (servedPerS - offeredPerS) : null;
}

const MAX_STALL_MS = 86_400_000;
const HALVINGS = 60;

/** The stall whose backlog takes one time-out to serve: everyone in it will have left. Found by halving. */
function tripMs(load: readonly LoadClass[], servedPerS: number, timeoutMs: number): number | null {
  const trips = (stallMs: number): boolean => (backlogAfter(load, stallMs) * 1000) / servedPerS > timeoutMs;
  let low = 0;
  let high = MAX_STALL_MS;
  if (!trips(high)) return null;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (trips(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Servers that are slowed down by the factor. */
function waitMs({ servers, serviceTime, factor }: CapacitySettings, arrivalsPerS: number): number | null {
  if (factor === 0) return null;
  const waits = meanWaitMs({ servers, meanMs: serviceTime.mean / factor, cv: serviceTime.cv, arrivalsPerS });
  return Number.isFinite(waits) ? waits : null;
}

function shortestTimeoutMs(load: readonly LoadClass[]): number | null {
  const retrying = load.filter(({ attempts, firstTriesPerS }) => attempts > 1 && firstTriesPerS > 0);
  const shortest = Math.min(...retrying.map(({ timeoutMs }) => timeoutMs));
  return Number.isFinite(shortest) ? shortest : null;
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
