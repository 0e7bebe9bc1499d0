// What happened, in order: phases, faults, the first signs of trouble, how each client took them, and what people noted.
import { mergedFor } from '../../scorecard/dossiers.ts';
import type { Span } from '../../scorecard/evidence.ts';
import type { ClientScorecard } from '../../scorecard/score.ts';
import { lengthOf, longestOf } from '../../scorecard/spans.ts';
import type { Aborted, Note } from '../record-line.ts';
import type { ReportedFault, ReportedPhase } from './reported.ts';
import type { Sightings } from './sightings.ts';

export type MomentKind =
  | 'phase'
  | 'fault-on'
  | 'fault-off'
  | 'time-out'
  | 'retries'
  | 'breaker'
  | 'probe'
  | 'recovered'
  | 'abort'
  | 'healed'
  | 'end'
  | 'note';

export interface Moment {
  readonly at: number;
  readonly kind: MomentKind;
  readonly says: string;
  /** Whose doing it is; null: nobody's in particular. */
  readonly who: string | null;
}

export interface TimelineParts {
  readonly phases: readonly ReportedPhase[];
  readonly faults: readonly ReportedFault[];
  readonly abort: Aborted | null;
  readonly notes: readonly Note[];
  readonly scorecards: readonly ClientScorecard[];
  readonly sightings: Sightings;
  /** Those that the rehearsal is about. */
  readonly clients: readonly string[];
  readonly endedAt: number;
}

/** Clients and faults that have moments of their own; of more, the list would be of no use. */
const MAX_CLIENTS = 10;
const MAX_FAULTS = 200;

export function timelineOf(parts: TimelineParts): Moment[] {
  const { phases, faults, abort, notes, clients, endedAt } = parts;
  const moments: Moment[] = [
    ...phases.map(({ from, name, kind }) => {
      return {
        at: from,
        kind: 'phase' as const,
        who: null,
        says: name === kind ? `${name} begins` : `${name} begins (${kind})`,
      };
    }),
    ...faults.slice(0, MAX_FAULTS).flatMap((fault) => momentsOfFault(fault, endedAt)),
    ...clients.slice(0, MAX_CLIENTS).flatMap((client) => momentsOfClient(client, parts)),
    ...(abort ? momentsOfAbort(abort) : []),
    ...notes.map(({ at, author, text, kind }) => ({
      at,
      kind: 'note' as const,
      who: author,
      says: `${kind}: ${text}`,
    })),
    { at: endedAt, kind: 'end', who: null, says: 'the record ends' },
  ];
  return moments.sort((a, b) => a.at - b.at); // of one moment: as above
}

export const nameOfFault = ({ fault, activation, id }: ReportedFault): string =>
  activation === null ? `${fault} (${id})` : `${fault} (${activation})`;

function momentsOfFault(fault: ReportedFault, endedAt: number): Moment[] {
  const { from, to, clients, share } = fault;
  const whom = clients.length === 0 ? 'anybody' : clients.join(', ');
  const how = share === 1 ? '' : `, ${Math.round(share * 1000) / 10} % of requests`;
  const name = nameOfFault(fault);
  return [
    { at: from, kind: 'fault-on', who: null, says: `${name} is in force for ${whom}${how}` },
    ...(to < endedAt ? [{ at: to, kind: 'fault-off' as const, who: null, says: `${name} has ended` }] : []),
  ];
}

function momentsOfAbort({ at, condition, value, limit, healedAt }: Aborted): Moment[] {
  const aborted = {
    at,
    kind: 'abort' as const,
    who: null,
    says: `aborted by ${condition}: ${value} (limit: ${limit})`,
  };
  return healedAt === null ? [aborted] : [aborted, { at: healedAt, kind: 'healed', who: null, says: 'all is healed' }];
}

function momentsOfClient(client: string, { scorecards, sightings, faults, endedAt }: TimelineParts): Moment[] {
  const { timeOutAt, retryBurstAt } = sightings.firsts(client);
  const criteria = scorecards.find((one) => one.client === client)?.criteria ?? [];
  const row = (name: string) => criteria.find((one) => one.name === name);
  const spans = mergedFor(client, faults, { from: 0, to: endedAt });
  const probe = sightings.requests[row('half-open-probes')?.evidence[0] ?? ''];
  const recovery = row('recovery');
  const isRecovered = recovery && recovery.figure !== null && recovery.more?.censored == null;
  return [
    ...momentAt(timeOutAt, 'time-out', client, 'gives up on a request for the first time'),
    ...momentAt(retryBurstAt, 'retries', client, 'mostly repeats what has failed, from this second on'),
    ...momentAt(
      after(longestOf(spans)?.from, row('breaker-opening')?.figure),
      'breaker',
      client,
      'stops asking: its breaker is open',
    ),
    ...momentAt(probe?.at, 'probe', client, `probes with ${probe?.operation}`),
    ...(isRecovered
      ? momentAt(after(healedIn(spans, endedAt), recovery.figure), 'recovered', client, 'works as before the fault')
      : []),
  ];
}

/** The end of the last fault; undefined where it lasts to the end. */
function healedIn(spans: readonly Span[], endedAt: number): number | undefined {
  const last = spans.filter((span) => lengthOf(span) > 0).at(-1);
  return last && last.to < endedAt ? last.to : undefined;
}

const after = (from: number | undefined, seconds: number | null | undefined): number | null =>
  from === undefined || seconds == null ? null : from + seconds * 1000;

const momentAt = (at: number | null | undefined, kind: MomentKind, client: string, says: string): Moment[] =>
  at == null ? [] : [{ at, kind, who: client, says }];
