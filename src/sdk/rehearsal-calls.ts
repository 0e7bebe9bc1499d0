// The calls of the typed client that are about rehearsals.
import type { AbortBody, NoteBody, RehearsalAnswer, RehearsalLine, ReportQuery } from '../admin/contract/rehearsal.ts';
import { type AdminAddress, type AdminRequest, callAdmin } from './admin-request.ts';

/** Judging may take as long. */
const JUDGED_MS = 300_000;

export interface RehearsalCalls {
  /** Begins one: its file as text, YAML or JSON, or as an object; `name` is what mistakes call the file. */
  startRehearsal(file: string | object, by?: string, name?: string): Promise<RehearsalAnswer>;
  /** The newest first. */
  rehearsals(): Promise<RehearsalLine[]>;
  /** Unset: the one that runs. */
  rehearsal(id?: string): Promise<RehearsalAnswer>;
  noteRehearsal(note: NoteBody, id?: string): Promise<RehearsalAnswer>;
  /** From the first one on, 30 s without another abort the rehearsal. */
  beatRehearsal(id?: string): Promise<RehearsalAnswer>;
  /** Resolves when it is judged. */
  finishRehearsal(id?: string): Promise<RehearsalAnswer>;
  /** Resolves when all is healed. */
  abortRehearsal(request?: AbortBody, id?: string): Promise<RehearsalAnswer>;
  /** Of one that has ended, as text in the form asked for; `against` is the id of an earlier one to compare it with. */
  rehearsalReport(id: string, form?: ReportForm, query?: ReportQuery): Promise<string>;
}

function queryOf(asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** What stands behind `report.` in the path. */
export type ReportForm = 'html' | 'md' | 'json' | 'junit.xml';

export function rehearsalCalls(world: AdminAddress): RehearsalCalls {
  const at = (id = 'current', verb = ''): string => `/v1/rehearsals/${encodeURIComponent(id)}${verb}`;
  const ask = (request: AdminRequest): Promise<RehearsalAnswer> =>
    callAdmin(world, request) as Promise<RehearsalAnswer>;
  const post = (path: string, body: object = {}): Promise<RehearsalAnswer> => ask({ method: 'POST', path, body });
  return {
    startRehearsal: (file, by, name) =>
      ask({
        ...{ method: 'POST', path: `/v1/rehearsals${queryOf({ by, file: name })}` },
        ...(typeof file === 'string' ? { yaml: file } : { body: file }),
      }),
    async rehearsals() {
      const { data } = (await callAdmin(world, { method: 'GET', path: '/v1/rehearsals' })) as { data: RehearsalLine[] };
      return data;
    },
    rehearsal: (id) => ask({ method: 'GET', path: at(id), timeoutMs: JUDGED_MS }),
    noteRehearsal: (note, id) => post(at(id, '/notes'), note),
    beatRehearsal: (id) => post(at(id, '/heartbeat')),
    finishRehearsal: (id) => ask({ method: 'POST', path: at(id, '/finish'), body: {}, timeoutMs: JUDGED_MS }),
    abortRehearsal: (request, id) => post(at(id, '/abort'), request),
    async rehearsalReport(id, form = 'md', { against } = {}) {
      const query = against === undefined ? '' : `?${new URLSearchParams({ against })}`;
      const path = `${at(id, `/report.${form}`)}${query}`;
      return (await callAdmin(world, { method: 'GET', path, asText: true, timeoutMs: JUDGED_MS })) as string;
    },
  };
}
