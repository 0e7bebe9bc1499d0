// Answers a verification: counts what matches among the entries kept, now or as they come, and judges the count.
import type { Clock } from '../base/clock.ts';
import { type Criterion, criteriaOf } from './criteria.ts';
import type { ArrivalEntry } from './entry.ts';
import { Matching } from './matching.ts';
import { Findings } from './near-misses.ts';
import type { Ring } from './ring.ts';
import { survey } from './survey.ts';
import { explain, type Judgement, judge, settleOf, type Verdict, type VerifyRequest } from './verify.ts';
import { type WaitingWatcher, type Watcher, waitForJudgement } from './wait.ts';

/** What a verification looks at. */
export interface Evidence {
  readonly ring: Ring<ArrivalEntry>;
  readonly clock: Clock;
  /** Told of every entry that comes, changes or goes. */
  readonly watchers: Set<WaitingWatcher>;
}

/** A count at one moment, and how it was judged with what was evicted by then. */
interface Judged {
  readonly count: number;
  readonly evicted: number;
  readonly judgement: Judgement;
}

export async function answerVerification(
  evidence: Evidence,
  request: VerifyRequest,
  signal?: AbortSignal,
): Promise<Verdict> {
  const { ring, clock } = evidence;
  const criteria = criteriaOf(request.match);
  const waited = request.within ? await judgedInTime(evidence, request, criteria, signal) : undefined;
  const found = new Findings(criteria);
  const see = (entry: ArrivalEntry): true => {
    found.add(entry);
    return true;
  };
  await survey(ring.newestFirst(), clock, see, signal);
  return verdictOf(waited ?? judgeCount(ring, request, found.count), found, request);
}

function verdictOf({ count, evicted, judgement }: Judged, found: Findings, { count: range }: VerifyRequest): Verdict {
  const { open } = found;
  if (judgement === 'ok') return { ok: true, count, open };
  const detail = explain(judgement, count, evicted, range);
  if (judgement === 'unsure') return { ok: false, code: 'evidence_evicted', count, open, detail, evicted };
  const nearest = judgement === 'too-many' ? found.matches : found.misses;
  return { ok: false, code: 'verification_failed', count, open, detail, nearest };
}

/** What is gone could have belonged to the asked period, at most. */
function judgeCount(ring: Ring<ArrivalEntry>, { match, count: range }: VerifyRequest, count: number): Judged {
  const evicted = ring.evictedSince(match.since ?? Number.NEGATIVE_INFINITY);
  return { count, evicted, judgement: judge(count, evicted, range) };
}

/** What it came to when the wait was over; by then nothing that comes later counts. */
async function judgedInTime(
  { ring, clock, watchers }: Evidence,
  request: VerifyRequest,
  criteria: readonly Criterion[],
  signal: AbortSignal | undefined,
): Promise<Judged> {
  const all = new Matching(criteria, ring.capacity);
  const passing = criteria.some((criterion) => criterion.passing);
  const fixed = passing ? new Matching([...criteria, HAS_ENDED], ring.capacity) : all;
  let judged = judgeCount(ring, request, 0);
  await waitForJudgement({
    clock,
    withinMs: request.within ?? 0,
    settleMs: settleOf(request),
    range: request.count,
    all,
    fixed,
    signal,
    judge: (count) => {
      judged = judgeCount(ring, request, count);
      return judged.judgement;
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    fill: (watcher) =>
      survey(ring.newestFirst(), clock, (entry) => watchers.has(watcher) && looked(watcher, entry), signal),
  });
  return judged;
}

/** What has ended never stops to match. */
const HAS_ENDED: Pick<Criterion, 'fits'> = { fits: (entry) => entry.kind !== 'event' && entry.ended !== null };

function looked(watcher: Watcher, entry: ArrivalEntry): true {
  watcher.look(entry);
  return true;
}
