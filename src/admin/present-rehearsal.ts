// Rehearsals as the admin API shows them: times in RFC 3339.
import { phaseOf, type RehearsalLine, type RehearsalState } from '../rehearsal/state.ts';
import type { RehearsalLine as PresentedLine, RehearsalAnswer } from './contract/rehearsal.ts';

const time = (epochMs: number): string => new Date(epochMs).toISOString();
const timeOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : time(epochMs));

export function presentRehearsal(state: RehearsalState): RehearsalAnswer {
  const { id, world, plan, status, startedAt, endedAt, isCutShort, abort, result, silentMs, record, troubles } = state;
  return structuredClone({
    ...{ id, world, title: plan.title, status, isCutShort, phase: phaseOf(state) },
    ...{ startedAt: time(startedAt), endedAt: timeOrNull(endedAt) },
    phases: state.phases.map(({ name, kind, at, endsAt }) => ({
      name,
      kind,
      at: time(at),
      endsAt: timeOrNull(endsAt),
    })),
    abort: abort && {
      ...{ condition: abort.condition, value: abort.value, limit: abort.limit },
      ...{ at: time(abort.at), healedAt: timeOrNull(abort.healedAt) },
    },
    notes: state.notes.map(({ at, author, text, kind }) => ({ at: time(at), author, text, kind })),
    silentMs: silentMs === null ? null : Math.round(silentMs),
    plan,
    result,
    record: { file: record.file, dropped: record.dropped, trouble: record.trouble },
    troubles,
  }) as RehearsalAnswer;
}

export const presentRehearsalLine = ({ world: _, startedAt, endedAt, ...line }: RehearsalLine): PresentedLine => ({
  ...line,
  ...{ startedAt: time(startedAt), endedAt: timeOrNull(endedAt) },
});
