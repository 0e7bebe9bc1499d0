// The arithmetic of queues with many servers: how often one waits, and how long.

/**
 * Probability that a job has to wait in M/M/c with offered load a = lambda / mu1 erlangs on c servers (Erlang C), by the
 * recursion of Erlang B, which neither overflows nor loses precision: B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)),
 * C = B / (1 - rho (1 - B)). It is 1 from a = c on.
 */
export function erlangC(servers: number, offeredErlangs: number): number {
  if (offeredErlangs <= 0) return 0;
  if (offeredErlangs >= servers) return 1;
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offeredErlangs * blocked) / (n + offeredErlangs * blocked);
  return blocked / (1 - (offeredErlangs / servers) * (1 - blocked));
}

export interface QueueLoad {
  readonly servers: number;
  readonly meanMs: number;
  /** Coefficient of variation of the service time. */
  readonly cv: number;
  readonly arrivalsPerS: number;
}

/**
 * Mean time in the queue in ms; Infinity when arrivals are as many as can be served. Exact for exponential service
 * (cv = 1) with any number of servers and, by Pollaczek and Khinchine, for one server with any service; otherwise the
 * approximation of Allen and Cunneen with Poisson arrivals: Erlang's wait times (1 + cv^2) / 2.
 */
export function meanWaitMs({ servers, meanMs, cv, arrivalsPerS }: QueueLoad): number {
  const erlangs = (arrivalsPerS * meanMs) / 1000;
  if (erlangs >= servers) return Number.POSITIVE_INFINITY;
  return ((erlangC(servers, erlangs) * meanMs) / (servers - erlangs)) * ((1 + cv * cv) / 2);
}
