// How a rehearsal stands, or stood when its record ended: the same whether it runs, has ended, or is read from its file.
import type { RecordRead } from './gathered.ts';
import type { Result } from './judging.ts';
import { type Plan, planTroubles } from './plan.ts';
import type { Aborted, Note } from './record-line.ts';
import type { LogState } from './record-log.ts';
import type { CurrentPhase, Rehearsal, RunningStatus } from './rehearsal.ts';
import { silentWords } from './senders.ts';

/** `interrupted`: the server ended before the rehearsal did. */
export type RehearsalStatus = RunningStatus | 'interrupted';

export interface RehearsalState {
  readonly id: string;
  readonly world: string;
  readonly status: RehearsalStatus;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** It was ended before its last phase was over. */
  readonly isCutShort: boolean;
  readonly plan: Plan;
  /** Those that have begun. */
  readonly phases: readonly CurrentPhase[];
  readonly abort: Aborted | null;
  readonly notes: readonly Note[];
  /** Null before the first heartbeat. */
  readonly silentMs: number | null;
  /** Null until it has ended and is judged. */
  readonly result: Result | null;
  readonly record: LogState;
  readonly troubles: readonly string[];
}

/** What a list tells of one: nothing that is long. */
export interface RehearsalLine extends Pick<RehearsalState, 'id' | 'world' | 'status' | 'startedAt' | 'endedAt'> {
  readonly title: string;
  /** The one that it is in; null when it has ended. */
  readonly phase: string | null;
  /** Null: it is not judged. */
  readonly holds: boolean | null;
  readonly file: string | null;
}

export const lineOf = (state: RehearsalState): RehearsalLine => ({
  ...{ id: state.id, world: state.world, status: state.status, startedAt: state.startedAt, endedAt: state.endedAt },
  ...{ title: state.plan.title, phase: phaseOf(state) },
  ...{ holds: state.result?.holds ?? null, file: state.record.file },
});

/** The phase that it is in; null when it has ended. */
export const phaseOf = ({ endedAt, phases }: RehearsalState): string | null =>
  endedAt === null ? (phases.at(-1)?.name ?? null) : null;

const IN_MEMORY =
  'it is recorded in memory only: a crash loses it, and so does a restart; set SHOWSTOPPER_DATA_DIR to keep it';

export function stateOf(rehearsal: Rehearsal): RehearsalState {
  const { id, world, status, startedAt, finish, plan, phases, abort, notes, silentMs, result, record } = rehearsal;
  const { file, dropped, trouble } = record;
  return {
    ...{ id, world: world.name, status, startedAt, plan, phases, abort, notes, silentMs, result, record },
    ...{ endedAt: finish?.at ?? null, isCutShort: finish?.isCutShort ?? false },
    troubles: [
      ...planTroubles(plan),
      ...(file === null ? [IN_MEMORY] : []),
      ...(trouble === null ? [] : [trouble]),
      ...(dropped > 0 ? [`${dropped} lines were not recorded, since there was no room for them`] : []),
      ...(status === 'finished' ? silence(result) : []),
      ...rehearsal.troubles,
    ],
  };
}

const silence = (result: Result | null): string[] => (result?.silent ? [silentWords(result.silent)] : []);

/** Of a record that nobody writes any more; undefined where not even its beginning is there. */
export function stateRead(read: RecordRead, file: string): RehearsalState | undefined {
  const { header, finish, phases, abort, notes, troubles, dropped, lastAt } = read;
  if (!header) return undefined;
  return {
    ...{ id: header.id, world: header.world, startedAt: header.at, plan: header.plan, abort, notes },
    troubles: [
      ...planTroubles(header.plan),
      ...(finish?.status === 'finished' ? silence(read.result as Result | null) : []),
      ...troubles,
    ],
    status: finish?.status ?? 'interrupted',
    ...{ endedAt: finish?.at ?? lastAt, isCutShort: finish?.isCutShort ?? true, silentMs: null },
    phases: phases.map((phase, index) => ({ ...phase, endsAt: phases[index + 1]?.at ?? finish?.at ?? lastAt })),
    result: (read.result as Result | null) ?? null,
    record: { file, lines: 0, bytes: 0, dropped, trouble: null },
  };
}
