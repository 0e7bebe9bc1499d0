// What the record of a rehearsal is made of: a JSON object a line, each with its `type`. Times are epoch milliseconds.
import type { Action } from '../director/actions.ts';
import type { WebhookAttempt } from '../director/webhooks.ts';
import type { ConnectionEntry, EventEntry, ExchangeEntry, JournalEntry } from '../journal/entry.ts';
import { newConnection, newEvent, newExchange } from '../journal/new-entry.ts';
import type { Thresholds } from '../scorecard/thresholds.ts';
import type { Breach } from './abort-watch.ts';
import type { PhaseKind, Plan } from './plan.ts';
import type { RecordedReconciliation } from './reconciliation.ts';
import type { Sample } from './sampler.ts';

export const RECORD_FORMAT = 1;

export interface Header {
  readonly type: 'header';
  readonly format: typeof RECORD_FORMAT;
  readonly id: string;
  readonly version: string;
  readonly world: string;
  readonly at: number;
  /** Who began it, as they call themselves. */
  readonly by: string | null;
  readonly seed: number;
  readonly catalog: string;
  readonly timeScale: number;
  readonly plan: Plan;
  /** By which it is judged, whenever that is; a record of an earlier version does not say. */
  readonly thresholds?: Thresholds;
  /** What was in force before it, so that it can be played again. */
  readonly before: { readonly capacity: unknown; readonly crowd: unknown; readonly rules: readonly RecordedRule[] };
}

/** A rule in force, as far as it says whom it may strike. */
export interface RecordedRule {
  readonly id: string;
  readonly fault: string;
  readonly activation: string | null;
  /** None: anybody. */
  readonly clients: readonly string[];
  readonly share: number;
}

/** A profile or a scenario, as it was when it was armed; sellers by the names they are shown by, and no secrets. */
export interface RecordedText {
  readonly at: number;
  readonly name: string;
  readonly text: string;
}

/**
 * What had no room for lines: the record, `file` while its disk was slow or full, or `memory` where it has no file; or the
 * `journal`, which had pushed out what was still open when the rehearsal ended.
 */
export type NoRoom = 'file' | 'memory' | 'journal';

export const NOTE_KINDS = ['saw', 'thought', 'did'] as const;
export interface Note {
  readonly at: number;
  readonly author: string;
  readonly text: string;
  readonly kind: (typeof NOTE_KINDS)[number];
}

export interface PhaseBegun {
  readonly at: number;
  readonly name: string;
  readonly kind: PhaseKind;
}

export interface Aborted extends Breach {
  readonly at: number;
  /** When all was healed; null: not yet, or it could not be. */
  readonly healedAt: number | null;
}

export interface Finish {
  readonly at: number;
  readonly status: 'finished' | 'aborted';
  /** Before its last phase had ended. */
  readonly isCutShort: boolean;
  readonly by: string | null;
}

/** An invariant of the books that did not hold when the rehearsal ended. */
export interface RecordedBreach {
  readonly rule: string;
  readonly detail: string;
  readonly orders: readonly string[];
  /** Ids of the requests that were about it, as far as the journal had them. */
  readonly requests: readonly string[];
}

/** The books, looked at when the rehearsal had ended. */
export interface BooksAudited {
  readonly at: number;
  /** As many as are told. */
  readonly breaches: readonly RecordedBreach[];
  /** All that there were. */
  readonly count: number;
}

/** Those that are few. */
export type SmallLine =
  | Header
  | ({ readonly type: 'phase' } & PhaseBegun)
  | ({ readonly type: 'note' } & Note)
  | ({ readonly type: 'abort' } & Aborted)
  | ({ readonly type: 'finish' } & Finish)
  | ({ readonly type: 'sample' } & Sample)
  | {
      readonly type: 'rules';
      readonly at: number;
      readonly begun: readonly RecordedRule[];
      readonly ended: readonly string[];
    }
  | ({ readonly type: 'audit' } & BooksAudited)
  | ({ readonly type: 'reconciled' } & RecordedReconciliation)
  | ({ readonly type: 'profile' | 'scenario' } & RecordedText)
  | { readonly type: 'dropped'; readonly at: number; readonly count: number; readonly noRoom?: NoRoom }
  | { readonly type: 'trouble'; readonly at: number; readonly message: string }
  | { readonly type: 'heartbeat'; readonly at: number; readonly what: 'first' | 'lost' }
  | { readonly type: 'verdict'; readonly at: number; readonly result: unknown };

export type RecordLine =
  | SmallLine
  | ({ readonly type: 'action' } & Action)
  | ({ readonly type: 'delivery' } & WebhookAttempt)
  | { readonly type: 'exchange' | 'connection' | 'event' };

/**
 * An entry of the journal without what says nothing: nulls and empty lists. Field by field, since thousands of requests end
 * at once when all is healed; a third of the time that a copy without those fields takes.
 */
export function entryLine(entry: JournalEntry): string {
  let line = `{"type":"${entry.kind}"`;
  for (const [name, value] of Object.entries(entry))
    if (name !== 'kind' && saysSomething(value)) line += `,"${name}":${JSON.stringify(value)}`; // no name needs escaping
  return `${line}}`;
}

const saysSomething = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** The entry of such a line. */
export function entryOf({ type, ...fields }: Readonly<Record<string, unknown>>): JournalEntry {
  const empty = type === 'exchange' ? NO_EXCHANGE : type === 'event' ? NO_EVENT : NO_CONNECTION;
  return { ...empty, ...fields } as JournalEntry;
}

const ARRIVED = { at: 0, door: '', connection: 0, remote: '' };
const NO_EXCHANGE: ExchangeEntry = newExchange({
  ...{ ...ARRIVED, requestId: '', client: '', operation: '', method: '', url: '' },
  ...{ idempotencyKey: null, attempt: null, traceparent: null, about: null },
});
const NO_CONNECTION: ConnectionEntry = newConnection(ARRIVED);
const NO_EVENT: EventEntry = newEvent({
  ...{ at: 0, happened: 'reserved', boxOfficeAt: 0, session: '', client: '', reservation: '', order: null },
  ...{ externalRef: null, seats: 0, amount: null },
});
