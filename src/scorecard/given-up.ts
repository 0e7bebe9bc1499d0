// Which requests a client has given up for want of an answer, and has not left for another reason.
import { ByName } from './by-name.ts';
import { type Attempt, isNaming } from './evidence.ts';
import { hedgedReads } from './hedged-reads.ts';
import type { Name } from './names.ts';
import { placeOf } from './spans.ts';

/** What ends within so long ends at one time, as when a process is stopped. */
const AT_ONCE_MS = 50;
/** Fewer that end at one time may do so by chance. */
const MIN_SWEPT = 3;
/** Who waits equally long for all of them, by the coarsest timers that are in use, lets none wait longer than another by so much. */
const TIMERS_MS = 1000;
/** Nor so many times as long, where that is more than this. */
const TIMES = 2;
const LITTLE_MS = 100;

/** By arrival. */
export function givenUp(attempts: readonly Attempt[]): Attempt[] {
  const left = attempts.filter(({ ended, firstByteAt }) => ended === 'client-left' && firstByteAt === null);
  if (left.length === 0) return left;
  const others = new Set<Attempt>();
  addSwept(others, left, attempts);
  addTwins(others, left, attempts);
  const ofNobody = left.filter((attempt) => nameOf(attempt) === null && !others.has(attempt));
  for (const hedged of hedgedReads(ofNobody, attempts)) others.add(hedged);
  return left.filter((attempt) => !others.has(attempt));
}

/**
 * Those that all ended at one time though they had waited for times that are far apart, after which nothing was open any
 * more: their client was stopped, or has closed all that it had open.
 */
function addSwept(to: Set<Attempt>, left: readonly Attempt[], attempts: readonly Attempt[]): void {
  const byEnd = [...left].sort((a, b) => endOf(a) - endOf(b));
  let [next, lastEnd] = [0, 0];
  for (let first = 0; first < byEnd.length; ) {
    const since = endOf(byEnd[first] as Attempt);
    let behind = first + 1;
    while (behind < byEnd.length && endOf(byEnd[behind] as Attempt) - since <= AT_ONCE_MS) behind++;
    const run = byEnd.slice(first, behind);
    const until = endOf(run.at(-1) as Attempt);
    for (; (attempts[next]?.at ?? Number.POSITIVE_INFINITY) <= until; next++)
      lastEnd = Math.max(lastEnd, endOf(attempts[next] as Attempt));
    if (run.length >= MIN_SWEPT && lastEnd <= until && isFarApart(run)) for (const one of run) to.add(one);
    first = behind;
  }
}

function isFarApart(run: readonly Attempt[]): boolean {
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 0];
  for (const one of run) {
    const waited = endOf(one) - one.at;
    shortest = Math.min(shortest, waited);
    longest = Math.max(longest, waited);
  }
  const apart = longest - shortest;
  return apart > TIMERS_MS || (apart > LITTLE_MS && longest > shortest * TIMES);
}

/**
 * Those whose client had just been answered by another try of the same, which it had sent meanwhile; and of those that it gave
 * up together, all but the first, since it waited from then on.
 */
function addTwins(to: Set<Attempt>, left: readonly Attempt[], attempts: readonly Attempt[]): void {
  const byName = new ByName<Attempt[]>();
  for (const one of left) {
    const name = nameOf(one);
    if (name === null) continue;
    const known = byName.get(name);
    const before = known?.findLast(({ operation }) => operation === one.operation);
    if (before && endOf(before) > one.at && Math.abs(endOf(one) - endOf(before)) <= AT_ONCE_MS) to.add(one);
    if (known) known.push(one);
    else byName.set(name, [one]);
  }
  for (const twins of byName.items) twins.sort((a, b) => endOf(a) - endOf(b));
  for (const other of attempts) {
    const name = other.ended === 'answered' ? nameOf(other) : null;
    const twins = (name !== null && byName.get(name)) || [];
    for (let place = placeOf(twins, endOf(other), endOf); place < twins.length; place++) {
      const one = twins[place] as Attempt;
      if (endOf(one) - endOf(other) > AT_ONCE_MS) break;
      if (one.operation === other.operation && other.at < endOf(one)) to.add(one);
    }
  }
}

/** What all its tries have, and no other has: of what names nobody, only what the client says itself. */
const nameOf = (attempt: Attempt): Name | null =>
  attempt.idempotencyKey ?? attempt.invocation ?? (isNaming(attempt) ? attempt.fingerprint : null);

/** What is open has no end. */
const endOf = ({ endedAt }: Attempt): number => endedAt ?? Number.POSITIVE_INFINITY;
