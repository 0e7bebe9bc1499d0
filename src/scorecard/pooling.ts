// How a client uses its connections: which requests open one, and which of them while another stood idle.
import { NOTED_MS } from './delays.ts';
import type { Attempt } from './evidence.ts';
import { ascending } from './statistics.ts';
import { hasFailed } from './trace.ts';

/**
 * One that has been idle for longer may be closed already: by a fault, or by its client, as undici does after 4 s, and who
 * has a breaker that is open for longer than that opens a new one for each probe.
 */
const MAX_IDLE_MS = 1000;
/** Who needs a new connection in the place of one that was cut opens it within so long. */
const REPLACED_MS = 10_000;

export interface Pooling {
  /** Requests that were the first on their connection. */
  readonly opened: readonly Attempt[];
  /** Those of them that came while a connection stood idle, as far as can be seen from here, and replaced none that was cut. */
  readonly needless: readonly Attempt[];
}

/** Of attempts by arrival. */
export function poolingOf(attempts: readonly Attempt[]): Pooling {
  const { answeredAt, cutAt } = endingsOf(attempts);
  const known = new Set<number>();
  const opened: Attempt[] = [];
  const needless: Attempt[] = [];
  /** When each of those that stand idle began to, in order. */
  const idle: number[] = [];
  /** Of those that were cut: they excuse one new connection each, from the first of them to before the other. */
  let [firstCut, behindCut] = [0, 0];
  let next = 0;
  for (const attempt of attempts) {
    const { at } = attempt;
    // an answer leaves its connection idle
    for (; (answeredAt[next] ?? Number.POSITIVE_INFINITY) <= at; next++) idle.push(answeredAt[next] as number);
    if (!known.has(attempt.connection)) {
      known.add(attempt.connection);
      opened.push(attempt);
      while ((cutAt[behindCut] ?? Number.POSITIVE_INFINITY) - NOTED_MS <= at) behindCut++;
      while (firstCut < behindCut && (cutAt[firstCut] as number) + REPLACED_MS < at) firstCut++;
      if (firstCut < behindCut) {
        firstCut++;
        continue;
      }
      if ((idle.at(-1) ?? Number.NEGATIVE_INFINITY) >= at - MAX_IDLE_MS) needless.push(attempt);
    }
    // it takes an idle one, or might have: one that stays unused for ever is held against it once
    idle.pop();
  }
  return { opened, needless };
}

/**
 * Of connections that were opened without need, those that came soon after something had failed, as those of a new client do
 * that is made for an error: each by arrival. A connection that a fault closes while it is idle has to be opened anew, too.
 */
export function afterFailures(needless: readonly Attempt[], attempts: readonly Attempt[]): Attempt[] {
  if (needless.length === 0) return [];
  const failedAt = endsOf(attempts.filter(hasFailed));
  let next = 0;
  return needless.filter(({ at }) => {
    while ((failedAt[next] ?? Number.POSITIVE_INFINITY) <= at) next++;
    return (failedAt[next - 1] ?? Number.NEGATIVE_INFINITY) >= at - MAX_IDLE_MS;
  });
}

/** When each request ended that left its connection idle, and each that took its connection along; in order. */
function endingsOf(attempts: readonly Attempt[]): Readonly<Record<'answeredAt' | 'cutAt', ArrayLike<number>>> {
  const answered = new Float64Array(attempts.length);
  const cut: number[] = [];
  let count = 0;
  for (const { ended, endedAt, status } of attempts) {
    if (endedAt === null) continue;
    // bytes that are no answer, as garbage, end a connection too
    if (ended === 'answered' && status !== null) answered[count++] = endedAt;
    else cut.push(endedAt);
  }
  return { answeredAt: ascending(answered.subarray(0, count)), cutAt: ascending(cut) };
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
  const ends = new Float64Array(attempts.length);
  let count = 0;
  for (const { endedAt } of attempts) if (endedAt !== null) ends[count++] = endedAt;
  return ascending(ends.subarray(0, count));
}
