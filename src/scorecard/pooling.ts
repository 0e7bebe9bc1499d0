// How a client uses its connections: how many it opens, how many of them while another stood idle.
import type { Attempt, Span } from './evidence.ts';
import { isWithin } from './spans.ts';

export interface Pooling {
  readonly requests: number;
  /** Requests that were the first on their connection, of all times. */
  readonly opened: readonly Attempt[];
  /** Those of them that came while a connection stood idle, as far as can be seen from here. */
  readonly needless: readonly Attempt[];
  /** Requests open at once, at most. */
  readonly peak: number;
}

/** Of a span, with what was known before it; of attempts by arrival. */
export function poolingIn(attempts: readonly Attempt[], spans: readonly Span[]): Pooling {
  const arrivedAt = attempts.map(({ at }) => at);
  const known = new Set<number>();
  const answered = endsOf(attempts.filter(({ ended }) => ended === 'answered'));
  const over = endsOf(attempts);
  const opened: Attempt[] = [];
  const needless: Attempt[] = [];
  // an answer leaves its connection idle, and a request takes one, or would have where it opens another: that one is lost
  let [idle, nextIdle, done, peak, requests] = [0, 0, 0, 0, 0];
  attempts.forEach((attempt, place) => {
    const { at, connection } = attempt;
    for (; nextIdle < answered.length && (answered[nextIdle] as number) <= at; nextIdle++) idle++;
    while (done < over.length && (over[done] as number) <= at) done++;
    const isCounted = spans.some((span) => isWithin(at, span));
    if (isCounted) requests++;
    // several at one moment are open together from the last of them on
    if (isCounted && arrivedAt[place + 1] !== at) peak = Math.max(peak, place + 1 - done);
    const isNew = !known.has(connection);
    known.add(connection);
    if (isNew && isCounted) opened.push(attempt);
    if (isNew && isCounted && idle > 0) needless.push(attempt);
    idle = Math.max(0, idle - 1);
  });
  return { requests, opened, needless, peak };
}

/** In order. */
function endsOf(attempts: readonly Attempt[]): Float64Array {
  const ends = Float64Array.from(attempts, ({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
  return ends.sort();
}
