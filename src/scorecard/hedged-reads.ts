// Reads that name nobody and were given up because another one, sent beside it, was answered: told from time-outs by statistics.
import { ByName } from './by-name.ts';
import type { Attempt } from './evidence.ts';
import { addTo } from './groups.ts';
import { arrivalOf, placeOf } from './spans.ts';
import { shareEstimate } from './statistics.ts';

/** So soon after the answer the other one is given up; the shorter, where so many answers come that the longer says nothing. */
const AT_ONCE_MS = [50, 5];
/** Of one operation; fewer follow answers by chance. */
const MIN_LEFT = 5;
/** By so much of them more must follow an answer than would by chance. */
const MIN_EXCESS = 0.2;
/** Different things that are looked at; whoever reads more of them has enough of those. */
const MAX_READS = 10_000;
/** So many that were given up, of each of those, say it for the others. */
const MAX_COMPARED = 5000;

/** Of one thing: those that were given up by their ends, and those that were answered by arrival. */
interface Read {
  readonly left: Attempt[];
  readonly answered: Attempt[];
  /** The same by their ends. */
  answers: readonly Attempt[];
}

/**
 * Of reads that name nobody who knows which is the other's: many buyers read the same, so that an answer to one comes just
 * before another is given up for its time-out. So each is compared with its neighbours, which were answered: had those been
 * given up after the same time, so many of them would have followed an answer, too. Where many more of those that were really
 * given up do, the answers are why. `left` and `attempts` by arrival.
 */
export function hedgedReads(left: readonly Attempt[], attempts: readonly Attempt[]): Attempt[] {
  const byOperation = new Map<string, Read[]>();
  const reads = new ByName<Read>();
  for (const one of left) {
    let read = reads.get(one.fingerprint);
    if (!read) {
      if (reads.items.length === MAX_READS) continue;
      read = { left: [], answered: [], answers: [] };
      reads.set(one.fingerprint, read);
      addTo(byOperation, one.operation, read);
    }
    read.left.push(one);
  }
  if (byOperation.size === 0) return [];
  for (const attempt of attempts)
    if (attempt.ended === 'answered') reads.get(attempt.fingerprint)?.answered.push(attempt);
  for (const read of reads.items) {
    read.left.sort(byEnd);
    read.answers = [...read.answered].sort(byEnd);
  }
  return [...byOperation.values()].flatMap(hedgedAmong);
}

function hedgedAmong(reads: readonly Read[]): Attempt[] {
  const some = reads.map((read) => ({ ...read, left: read.left.slice(0, MAX_COMPARED) }));
  const soonMs = AT_ONCE_MS.find((ms) => isMoreThanChance(some, ms));
  return soonMs === undefined ? [] : reads.flatMap((read) => hedgedOf(read, soonMs));
}

function isMoreThanChance(reads: readonly Read[], soonMs: number): boolean {
  let [count, hedged, others, byChance] = [0, 0, 0, 0];
  for (const read of reads) {
    count += read.left.length;
    hedged += hedgedOf(read, soonMs).length;
    const neighbours = neighbourSpans(read, soonMs);
    others += neighbours.length;
    followersOf(neighbours, read.answers, () => byChance++);
  }
  if (Math.min(count, others) < MIN_LEFT) return false;
  const [share, chance] = [shareEstimate(hedged, count), shareEstimate(byChance, others)];
  return share.low > chance.high && share.figure - chance.figure >= MIN_EXCESS;
}

function hedgedOf({ left, answers }: Read, soonMs: number): Attempt[] {
  const hedged: Attempt[] = [];
  const spans = left.map((one) => soonBefore(endOf(one), soonMs, one));
  followersOf(spans, answers, (place) => hedged.push(left[place] as Attempt));
  return hedged;
}

/** Where an answer must lie for one that is given up then to have followed it; that came while it was open. */
interface Before {
  readonly from: number;
  readonly to: number;
}

const soonBefore = (to: number, soonMs: number, { at }: Attempt): Before => ({ from: Math.max(at, to - soonMs), to });

/**
 * Of the next one after each that was given up which was answered: as if it had been given up, after as long. In order; none of
 * them twice, since two that are given up may follow two answers. The last one before would be no match: where one buyer asks
 * for one after the other, what comes next after it is never answered.
 */
function neighbourSpans({ left, answered }: Read, soonMs: number): Before[] {
  const spans: Before[] = [];
  let next = 0;
  for (const one of left) {
    const place = placeOf(answered, one.at, arrivalOf);
    const near = answered[place];
    if (!near || place < next) continue;
    next = place + 1;
    const span = soonBefore(near.at + endOf(one) - one.at, soonMs, near);
    const isOwn = endOf(near) >= span.from && endOf(near) <= span.to; // which would say nothing
    if (!isOwn) spans.push(span);
  }
  return spans.sort((a, b) => a.to - b.to);
}

/**
 * Tells the places of those before whose end an answer came, each after another one; both in order. What was sent only as the
 * other ended is a retry.
 */
function followersOf(spans: readonly Before[], answers: readonly Attempt[], tell: (place: number) => void): void {
  let next = 0;
  spans.forEach(({ from, to }, place) => {
    for (; next < answers.length; next++) if (endOf(answers[next] as Attempt) >= from) break;
    const answer = answers[next];
    if (!answer || endOf(answer) > to || answer.at >= to) return;
    next++;
    tell(place);
  });
}

/** Of those that have ended. */
const endOf = ({ endedAt }: Attempt): number => endedAt as number;

const byEnd = (a: Attempt, b: Attempt): number => endOf(a) - endOf(b);
