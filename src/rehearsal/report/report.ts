// What the report of a rehearsal says, whatever it is printed as: made from the record alone, the same each time.
import type { Verdict } from '../../scorecard/criterion.ts';
import type { ClientScorecard } from '../../scorecard/score.ts';
import { type Thresholds, thresholdsRecorded } from '../../scorecard/thresholds.ts';
import type { RecordRead } from '../gathered.ts';
import type { Judged } from '../hypothesis.ts';
import type { Result } from '../judging.ts';
import { planTroubles } from '../plan.ts';
import type { Aborted, BooksAudited, Header, Note, RecordedRule, RecordedText } from '../record-line.ts';
import type { Sample } from '../sampler.ts';
import type { Silent } from '../senders.ts';
import { type Fix, whatToFix } from './first-to-fix.ts';
import { writtenPlan } from './replay.ts';
import {
  type ReportedFault,
  type ReportedPhase,
  type ReportedReconciliation,
  reportedReconciliation,
} from './reported.ts';
import type { Sales } from './sales.ts';
import type { Seen, Sightings } from './sightings.ts';
import { type Moment, timelineOf } from './timeline.ts';

export const REPORT_FORMAT = 1;

/** All that it takes to play it again. */
export interface Replay {
  readonly version: string;
  readonly seed: number;
  readonly catalog: string;
  readonly timeScale: number;
  readonly capacity: unknown;
  readonly crowd: unknown;
  /** In force before it began. */
  readonly rules: readonly RecordedRule[];
  /** The file of the rehearsal, with sellers by the names they are shown by. */
  readonly file: string;
  /** What it is judged by; null: the record does not say. */
  readonly thresholds: Thresholds | null;
  /** As they were armed, by whomever, each text once. */
  readonly profiles: readonly RecordedText[];
  /** The scenario that was played; null: there is none, or the record does not say. */
  readonly scenario: RecordedText | null;
}

export interface Report {
  readonly format: typeof REPORT_FORMAT;
  readonly id: string;
  readonly title: string;
  readonly world: string;
  /** Null: every client that was seen. */
  readonly client: string | null;
  readonly by: string | null;
  /** `interrupted`: the server ended before it did. */
  readonly outcome: 'finished' | 'aborted' | 'interrupted';
  readonly isCutShort: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The hypothesis holds, and the gate does not fail. */
  readonly passed: boolean;
  readonly holds: boolean;
  readonly gate: Verdict;
  readonly hypothesis: readonly Judged[];
  readonly abort: Aborted | null;
  /** No request was seen of whom it is about; null: some were. */
  readonly silent: Silent | null;
  readonly phases: readonly ReportedPhase[];
  readonly faults: readonly ReportedFault[];
  readonly samples: readonly Sample[];
  readonly scorecards: readonly ClientScorecard[];
  /** The requests that are evidence, by id, as far as the record has them. */
  readonly requests: Readonly<Record<string, Seen>>;
  readonly sales: readonly Sales[];
  /** Of the books at its end; null: the record does not say. */
  readonly audit: BooksAudited | null;
  /** Of sellers' books with the ledger, in order, also those made after its end; none: nobody did. */
  readonly reconciliations: readonly ReportedReconciliation[];
  readonly notes: readonly Note[];
  readonly timeline: readonly Moment[];
  readonly firstToFix: readonly Fix[];
  readonly replay: Replay;
  readonly counts: { readonly requests: number; readonly happenings: number };
  /** What is missing, or may mislead. */
  readonly gaps: readonly string[];
}

export interface ReportParts {
  readonly read: RecordRead;
  readonly header: Header;
  readonly result: Result;
  readonly sightings: Sightings;
  readonly sales: readonly Sales[];
}

export function reportOf({ read, header, result, sightings, sales }: ReportParts): Report {
  const { finish, abort, notes, samples, exchanges: requests, events: happenings } = read;
  const endedAt = finish?.at ?? read.lastAt;
  const { holds, gate, hypothesis, scorecards, silent = null } = result;
  const faults = read.faults.map((fault) => ({ ...fault, to: fault.to ?? endedAt }));
  const phases = read.phases.map(({ name, kind, at }, index) => ({
    ...{ name, kind, from: at, to: read.phases[index + 1]?.at ?? endedAt },
  }));
  const clients = header.plan.client === null ? scorecards.map(({ client }) => client) : [header.plan.client];
  return {
    ...{ format: REPORT_FORMAT, id: header.id, title: header.plan.title, world: header.world, by: header.by },
    ...{ client: header.plan.client, startedAt: header.at, endedAt },
    ...{ outcome: finish?.status ?? 'interrupted', isCutShort: finish?.isCutShort ?? true },
    ...{
      passed: holds && gate !== 'fail',
      holds,
      gate,
      hypothesis,
      abort,
      silent,
      phases,
      faults,
      samples,
      scorecards,
    },
    ...{ requests: sightings.requests, sales, audit: read.audit, notes },
    reconciliations: read.reconciliations.map(reportedReconciliation),
    timeline: timelineOf({ phases, faults, abort, notes, scorecards, sightings, clients, endedAt }),
    firstToFix: whatToFix(scorecards, hypothesis, clients),
    replay: replayOf(header, read),
    counts: { requests, happenings },
    gaps: gapsOf(read, result),
  };
}

function replayOf({ version, seed, catalog, timeScale, before, plan, thresholds }: Header, read: RecordRead): Replay {
  return {
    ...{ version, seed, catalog, timeScale, ...before, file: writtenPlan(plan) },
    thresholds: thresholds ? thresholdsRecorded(thresholds) : null,
    ...{ profiles: read.profiles, scenario: read.scenarios[0] ?? null },
  };
}

function gapsOf({ header, troubles, finish, samples }: RecordRead, { scorecards }: Result): string[] {
  const unsure = scorecards.flatMap(({ client, criteria }) =>
    criteria.flatMap(({ name, verdict, unsure: why }) =>
      why === undefined || verdict === 'no-data' ? [] : [`${client}, ${name}: ${why}`],
    ),
  );
  return [
    ...troubles,
    ...(header ? planTroubles(header.plan) : []),
    ...(finish?.isCutShort && finish.status === 'finished' ? ['it was ended before its last phase was over'] : []),
    ...(samples.length === 0 ? ['there are no samples, and so no charts'] : []),
    ...(scorecards.length === 0 ? ['no client was seen'] : []),
    ...unsure,
  ];
}
