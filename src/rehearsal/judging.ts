// Judges a rehearsal by its record alone: scorecards of the whole and of phases that conditions name, and the hypothesis.
import type { Clock } from '../base/clock.ts';
import { Attempts, happenedOf } from '../scorecard/attempts.ts';
import type { Verdict } from '../scorecard/criterion.ts';
import type { LeftOut } from '../scorecard/evidence.ts';
import type { ClientScorecard } from '../scorecard/score.ts';
import { Scoring } from '../scorecard/scoring.ts';
import { type Thresholds, thresholdsRecorded } from '../scorecard/thresholds.ts';
import { worstOf } from '../scorecard/verdict.ts';
import type { RecordRead } from './gathered.ts';
import { type Judged, judgeHypothesis } from './hypothesis.ts';
import { readRecord } from './read-record.ts';
import { Senders, type Silent } from './senders.ts';

export interface Result {
  /** Every condition holds, the client that it is about sent requests, and the rehearsal was not aborted. */
  readonly holds: boolean;
  readonly hypothesis: readonly Judged[];
  /** The worst of the clients that it is about: a sale made twice, lost, or left unresolved. */
  readonly gate: Verdict;
  readonly scorecards: readonly ClientScorecard[];
  /** Nothing came of whom it is about; null: it sent requests. */
  readonly silent: Silent | null;
}

interface Means {
  readonly clock: Clock;
  /** For a record that does not say its own. */
  readonly thresholds: Thresholds;
}

/** A stretch of the record, epoch milliseconds, and a name for it; null: all. */
interface Stretch {
  readonly phase: string | null;
  readonly from: number;
  readonly to: number;
}

/** `chunks` gives the record from its beginning each time; `read` is what it comes to. Rejects with a Refusal where it is too much. */
export async function judgeRecord(
  chunks: () => AsyncIterable<Buffer>,
  read: RecordRead,
  means: Means,
): Promise<Result> {
  const conditions = read.header?.plan.hypothesis ?? [];
  const phases = [null, ...new Set(conditions.map(({ phase }) => phase).filter((phase) => phase !== null))];
  const senders = new Senders(read.header?.plan.client ?? null);
  const byPhase = new Map<string | null, readonly ClientScorecard[]>();
  for (const phase of phases) {
    const stretch = stretchOf(read, phase);
    byPhase.set(phase, stretch ? await scorecardsOf(chunks(), read, stretch, { ...means, senders }) : []);
  }
  const isAborted = read.finish?.status === 'aborted';
  const hypothesis = judgeHypothesis(conditions, (phase) => byPhase.get(phase) ?? [], { isAborted });
  const scorecards = byPhase.get(null) ?? [];
  const { silent } = senders;
  const holds = read.finish !== null && !isAborted && silent === null && hypothesis.every((one) => one.holds);
  const client = read.header?.plan.client ?? null;
  const meant = scorecards.filter((one) => client === null || one.client === client);
  return { holds, hypothesis, gate: worstOf(meant.map(({ gate }) => gate)), scorecards, silent };
}

const leftOutOf = (dropped: number, { file = 0, memory = 0, journal = 0 }: RecordRead['noRoom']): LeftOut => ({
  count: dropped - journal,
  from: file > memory ? 'file' : memory > 0 ? 'memory' : null,
});

/** Undefined where the phase never began. */
function stretchOf({ header, phases, finish, lastAt }: RecordRead, phase: string | null): Stretch | undefined {
  const end = finish?.at ?? lastAt;
  if (phase === null) return header ? { phase, from: header.at, to: end } : undefined;
  const index = phases.findIndex(({ name }) => name === phase);
  const begun = phases[index];
  return begun && { phase, from: begun.at, to: phases[index + 1]?.at ?? end };
}

async function scorecardsOf(
  chunks: AsyncIterable<Buffer>,
  { header, faults, deliveries, dropped, noRoom }: RecordRead,
  { phase, from: origin, to }: Stretch,
  { clock, senders, ...means }: Means & { readonly senders: Senders },
): Promise<ClientScorecard[]> {
  const within = ({ at }: { readonly at: number }): boolean => at >= origin && at <= to;
  const scoring = new Scoring(clock);
  const attempts = new Attempts(origin);
  const thresholds = header?.thresholds ? thresholdsRecorded(header.thresholds) : means.thresholds;
  try {
    await readRecord(chunks, {
      arrival: (entry) => {
        if (entry.kind !== 'exchange' || !within(entry)) return;
        if (phase === null) senders.take(entry.client);
        scoring.attempt(attempts.of(entry));
      },
      event: (entry) => {
        if (within(entry)) scoring.happening({ ...happenedOf(entry, origin), client: entry.client });
      },
    });
    return await scoring.finish(
      deliveries.filter(within).map((delivery) => ({ ...delivery, at: delivery.at - origin })),
      {
        ...{ to: to - origin, client: null, thresholds },
        ...{ evicted: noRoom.journal ?? 0, leftOut: leftOutOf(dropped, noRoom) },
        ...{ demand: header?.plan.demand ?? null, timeScale: header?.timeScale ?? 1 },
        faults: faults.map(({ from, to: until, clients }) => ({
          ...{ from: from - origin, to: (until ?? to) - origin, clients },
        })),
      },
    );
  } catch (error) {
    scoring.abandon();
    throw error;
  }
}
