// What the lines of a record come to: all but the entries, which are handed on one by one.
import type { Action } from '../director/actions.ts';
import type { WebhookAttempt } from '../director/webhooks.ts';
import type { ArrivalEntry, EventEntry } from '../journal/entry.ts';
import type { RecordedReconciliation } from './reconciliation.ts';
import {
  type Aborted,
  type BooksAudited,
  entryOf,
  type Finish,
  type Header,
  type NoRoom,
  type Note,
  type PhaseBegun,
  RECORD_FORMAT,
  type RecordedRule,
  type RecordedText,
} from './record-line.ts';
import type { Sample } from './sampler.ts';

/** Of each list of one record; there may be more lines in it. */
const MAX_LISTED = 100_000;
const MAX_TROUBLES = 100;

/** When a rule was in force, epoch milliseconds. */
export interface RecordedFault extends RecordedRule {
  readonly from: number;
  /** Null: until the end of what is recorded. */
  readonly to: number | null;
}

export interface RecordRead {
  /** Null: not even its beginning can be read. */
  readonly header: Header | null;
  readonly phases: readonly PhaseBegun[];
  readonly faults: readonly RecordedFault[];
  readonly samples: readonly Sample[];
  readonly actions: readonly Action[];
  readonly notes: readonly Note[];
  readonly deliveries: readonly WebhookAttempt[];
  /** Also those that were made after its end. */
  readonly reconciliations: readonly RecordedReconciliation[];
  readonly abort: Aborted | null;
  /** Null: it was not come to. */
  readonly audit: BooksAudited | null;
  /** Null: the process ended before the rehearsal did. */
  readonly finish: Finish | null;
  /** As it was judged when it had ended. */
  readonly result: unknown;
  readonly exchanges: number;
  readonly events: number;
  /** Lines that there was no room for when they were to be recorded. */
  readonly dropped: number;
  /** The same by what had no room for them, as far as the record says. */
  readonly noRoom: Readonly<Partial<Record<NoRoom, number>>>;
  /** As they were armed, each text once. */
  readonly profiles: readonly RecordedText[];
  readonly scenarios: readonly RecordedText[];
  /** The last moment that anything is recorded of, epoch ms. */
  readonly lastAt: number;
  /** What is wrong with the record itself, in words. */
  readonly troubles: readonly string[];
}

/** Told of each entry, in the order in which they ended. */
export interface RecordVisitor {
  arrival?(entry: ArrivalEntry): void;
  event?(entry: EventEntry): void;
}

type Fields = Readonly<Record<string, unknown>>;

export class Gathered {
  readonly #visitor: RecordVisitor;
  readonly #lists: Lists = {
    phase: [],
    sample: [],
    action: [],
    note: [],
    delivery: [],
    reconciled: [],
    profile: [],
    scenario: [],
  };
  readonly #inForce = new Map<string, RecordedFault>();
  readonly #ended: RecordedFault[] = [];
  readonly #troubles: string[] = [];
  #header: Header | null = null;
  #abort: Aborted | null = null;
  #audit: BooksAudited | null = null;
  #finish: Finish | null = null;
  #result: unknown = null;
  readonly #noRoom: Partial<Record<NoRoom, number>> = {};
  #counts = { exchanges: 0, events: 0, dropped: 0, lastAt: 0 };

  constructor(visitor: RecordVisitor) {
    this.#visitor = visitor;
  }

  /** False for what is no line of a record. */
  take(line: object): boolean {
    const { type, ...fields } = line as Fields;
    if (typeof fields.at !== 'number') return false;
    this.#counts.lastAt = Math.max(this.#counts.lastAt, Number(fields.endedAt ?? fields.at));
    if (type === 'exchange' || type === 'connection' || type === 'event') return this.#entry(line as Fields);
    if (type === 'rules') return this.#rules(fields as never);
    if (typeof type === 'string' && Object.hasOwn(this.#lists, type))
      return this.#list(this.#lists[type as keyof Lists] as unknown[], fields);
    return this.#single(String(type), fields as never);
  }

  all(troubles: readonly string[]): RecordRead {
    const { phase: phases, sample: samples, action: actions, note: notes } = this.#lists;
    const { delivery: deliveries, reconciled: reconciliations, profile: profiles, scenario: scenarios } = this.#lists;
    return {
      ...{ header: this.#header, phases, samples, actions, notes, deliveries, reconciliations, ...this.#counts },
      ...{ profiles, scenarios, noRoom: this.#noRoom },
      ...{ abort: this.#abort, audit: this.#audit, finish: this.#finish, result: this.#result },
      faults: [...this.#ended, ...this.#inForce.values()].sort((a, b) => a.from - b.from),
      troubles: [
        ...(this.#header ? [] : ['its beginning is missing']),
        ...troubles,
        ...this.#troubles,
        ...this.#missing(),
        ...(this.#finish ? [] : ['it has no end: the server ended before the rehearsal did']),
      ],
    };
  }

  #entry(line: Fields): boolean {
    const entry = entryOf(line);
    if (entry.kind === 'event') {
      this.#counts.events++;
      this.#visitor.event?.(entry);
      return true;
    }
    if (entry.kind === 'exchange') this.#counts.exchanges++;
    this.#visitor.arrival?.(entry);
    return true;
  }

  #single(type: string, fields: Fields & { readonly at: number }): boolean {
    switch (type) {
      case 'header':
        return this.#begin(fields as unknown as Header);
      case 'abort':
        this.#abort = fields as unknown as Aborted;
        return true;
      case 'audit':
        this.#audit = fields as unknown as BooksAudited;
        return true;
      case 'finish':
        this.#finish = fields as unknown as Finish;
        return true;
      case 'verdict':
        this.#result = fields.result;
        return true;
      case 'dropped':
        this.#drop(Number(fields.count), fields.noRoom as NoRoom | undefined);
        return true;
      case 'trouble':
        if (this.#troubles.length < MAX_TROUBLES) this.#troubles.push(String(fields.message));
        return true;
      default:
        return type === 'heartbeat';
    }
  }

  #missing(): string[] {
    const { journal = 0 } = this.#noRoom;
    const dropped = this.#counts.dropped - journal;
    return [
      ...(dropped > 0 ? [`${dropped} lines were left out, since there was no room for them`] : []),
      ...(journal > 0 ? [`${journal} requests that were open at its end had left the journal, and are missing`] : []),
    ];
  }

  #drop(count: number, noRoom: NoRoom | undefined): void {
    this.#counts.dropped += count;
    if (noRoom !== undefined) this.#noRoom[noRoom] = (this.#noRoom[noRoom] ?? 0) + count;
  }

  #begin(header: Header): boolean {
    if (header.format !== RECORD_FORMAT) {
      this.#troubles.push(`it is of format ${String(header.format)}, and this version reads ${RECORD_FORMAT}`);
      return false;
    }
    this.#header ??= header;
    return this.#rules({ at: header.at, begun: header.before.rules, ended: [] });
  }

  #rules({ at, begun, ended }: { at: number; begun: readonly RecordedRule[]; ended: readonly string[] }): boolean {
    for (const id of ended) {
      const fault = this.#inForce.get(id);
      this.#inForce.delete(id);
      if (fault) this.#list(this.#ended, { ...fault, to: at });
    }
    for (const rule of begun) this.#inForce.set(rule.id, { ...rule, from: at, to: null });
    return true;
  }

  #list<Item>(list: Item[], item: Item): boolean {
    if (list.length < MAX_LISTED) list.push(item);
    return true;
  }
}

/** By the type of their lines. */
interface Lists {
  readonly phase: PhaseBegun[];
  readonly sample: Sample[];
  readonly action: Action[];
  readonly note: Note[];
  readonly delivery: WebhookAttempt[];
  readonly reconciled: RecordedReconciliation[];
  readonly profile: RecordedText[];
  readonly scenario: RecordedText[];
}
