// How a client uses its connections: which requests open one, and which of them while another stood idle.
import type { Attempt } from './evidence.ts';
import { ascending } from './statistics.ts';

export interface Pooling {
  /** Requests that were the first on their connection. */
  readonly opened: readonly Attempt[];
  /** Those of them that came while a connection stood idle, as far as can be seen from here. */
  readonly needless: readonly Attempt[];
}

/** Of attempts by arrival. */
export function poolingOf(attempts: readonly Attempt[]): Pooling {
  const answeredAt = endsOf(attempts.filter(({ ended }) => ended === 'answered'));
  const known = new Set<number>();
  const opened: Attempt[] = [];
  const needless: Attempt[] = [];
  let [idle, next] = [0, 0];
  for (const attempt of attempts) {
    // an answer leaves its connection idle
    for (; (answeredAt[next] ?? Number.POSITIVE_INFINITY) <= attempt.at; next++) idle++;
    if (!known.has(attempt.connection)) {
      known.add(attempt.connection);
      opened.push(attempt);
      if (idle > 0) needless.push(attempt);
    }
    // it takes an idle one, or might have: one that stays unused for ever is held against it once
    idle = Math.max(0, idle - 1);
  }
  return { opened, needless };
}

/** How many were open at once, at most; of attempts by arrival. */
export function mostOpenAtOnce(attempts: readonly Attempt[]): number {
  const over = endsOf(attempts);
  let [most, done] = [0, 0];
  attempts.forEach(({ at }, place) => {
    while ((over[done] ?? Number.POSITIVE_INFINITY) <= at) done++;
    most = Math.max(most, place + 1 - done);
  });
  return most;
}

/** When each ended, in order; what is open never does. */
export function endsOf(attempts: readonly Attempt[]): ArrayLike<number> {
  const ends: number[] = [];
  for (const { endedAt } of attempts) if (endedAt !== null) ends.push(endedAt);
  return ascending(ends);
}
