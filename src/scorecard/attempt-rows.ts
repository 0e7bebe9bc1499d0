// Attempts as rows: how each is written down, and what reads from its row whatever it is asked for.
import { ENDS, type End } from '../journal/entry.ts';
import type { Chunk } from './columns.ts';
import { type Attempt, isAnyones } from './evidence.ts';
import type { Name } from './names.ts';
import { RowWriter } from './row-writer.ts';
import { CLIENT, type Layout, type Rows } from './rows.ts';

/** Of the client whose it is. */
export type OwnedAttempt<Named extends Name = string> = Attempt<Named> & { readonly client: string };

/** Places of numbers; those of times are milliseconds since its arrival. */
const ENDED = 0;
const FIRST_BYTE = 1;
const WORKED = 2;
const STATUS = 3;
const CONNECTION = 4;
const DECLARED = 5;
const RETRY_AFTER = 6;
/** How it ended, and what is true of it. */
const MARKS = 7;

/** Places of texts that many attempts have, after the client's. */
const OPERATION = 1;
const METHOD = 2;
const CODE = 3;
const SESSION = 4;

/** Places of names. */
const KEY = 0;
const INVOCATION = 1;
const TRACE_ID = 2;
const RESERVATION = 3;
const ORDER = 4;
const EXTERNAL_REF = 5;
const CUSTOMER = 6;
const FINGERPRINT = 7;

export const ATTEMPT_LAYOUT: Layout = {
  numbers: MARKS + 1,
  common: SESSION + 1,
  names: FINGERPRINT + 1,
};

const WRONG_TYPE = 1;
const CONDITIONAL = 2;
const REPLAY = 4;
const HIT = 8;
/** Above those marks: 0 is open, and the others are ENDS in their order. */
const END_SHIFT = 4;
const END_MARKS = new Map<End | null, number>(ENDS.map((end, place) => [end, (place + 1) << END_SHIFT]));

export class AttemptWriter {
  readonly #rows = new RowWriter(ATTEMPT_LAYOUT);

  /** Gives rows where there are so many as are handed over. In the order of the places. */
  add(attempt: OwnedAttempt): Rows | undefined {
    const rows = this.#rows;
    rows.moment(attempt.at);
    rows.number(since(attempt, attempt.endedAt));
    rows.number(since(attempt, attempt.firstByteAt));
    rows.number(since(attempt, attempt.workedAt));
    rows.number(attempt.status);
    rows.number(attempt.connection);
    rows.number(attempt.declared);
    rows.number(attempt.retryAfterMs);
    rows.number(marksOf(attempt));
    rows.common(attempt.client);
    rows.common(attempt.operation);
    rows.common(attempt.method);
    rows.common(attempt.code);
    rows.common(attempt.session);
    rows.name(attempt.idempotencyKey);
    rows.name(attempt.invocation);
    rows.name(attempt.traceId);
    rows.name(attempt.reservation);
    rows.name(attempt.order);
    rows.name(attempt.externalRef);
    rows.name(attempt.customer);
    if (isAnyones(attempt)) rows.commonName(attempt.fingerprint);
    else rows.name(attempt.fingerprint);
    rows.own(attempt.requestId);
    return rows.end();
  }

  rest(): Rows {
    return this.#rows.rest();
  }
}

const since = ({ at }: Attempt, time: number | null): number | null => (time === null ? null : time - at);

const marksOf = ({ ended, isWrongType, isConditional, isReplay, isHit }: Attempt): number =>
  (END_MARKS.get(ended) ?? 0) |
  (isWrongType ? WRONG_TYPE : 0) |
  (isConditional ? CONDITIONAL : 0) |
  (isReplay ? REPLAY : 0) |
  (isHit ? HIT : 0);

/** One row of a client's: it takes no memory but for where that is. */
export class RowAttempt implements OwnedAttempt<number> {
  readonly #of: Chunk;
  readonly #row: number;

  constructor(of: Chunk, row: number) {
    this.#of = of;
    this.#row = row;
  }

  get at(): number {
    return this.#of.moment(this.#row);
  }
  get endedAt(): number | null {
    return this.#after(ENDED);
  }
  get firstByteAt(): number | null {
    return this.#after(FIRST_BYTE);
  }
  get workedAt(): number | null {
    return this.#after(WORKED);
  }
  get status(): number | null {
    return this.#of.number(this.#row, STATUS);
  }
  get connection(): number {
    return this.#of.number(this.#row, CONNECTION) as number;
  }
  get declared(): number | null {
    return this.#of.number(this.#row, DECLARED);
  }
  get retryAfterMs(): number | null {
    return this.#of.number(this.#row, RETRY_AFTER);
  }
  get ended(): End | null {
    return ENDS[(this.#marks >> END_SHIFT) - 1] ?? null;
  }
  get isWrongType(): boolean {
    return (this.#marks & WRONG_TYPE) !== 0;
  }
  get isConditional(): boolean {
    return (this.#marks & CONDITIONAL) !== 0;
  }
  get isReplay(): boolean {
    return (this.#marks & REPLAY) !== 0;
  }
  get isHit(): boolean {
    return (this.#marks & HIT) !== 0;
  }
  get client(): string {
    return this.#of.common(this.#row, CLIENT) as string;
  }
  get operation(): string {
    return this.#of.common(this.#row, OPERATION) as string;
  }
  get method(): string {
    return this.#of.common(this.#row, METHOD) as string;
  }
  get fingerprint(): number {
    return this.#of.name(this.#row, FINGERPRINT) as number;
  }
  get code(): string | null {
    return this.#of.common(this.#row, CODE);
  }
  get session(): string | null {
    return this.#of.common(this.#row, SESSION);
  }
  get customer(): number | null {
    return this.#of.name(this.#row, CUSTOMER);
  }
  get requestId(): string {
    return this.#of.own(this.#row);
  }
  get idempotencyKey(): number | null {
    return this.#of.name(this.#row, KEY);
  }
  get invocation(): number | null {
    return this.#of.name(this.#row, INVOCATION);
  }
  get traceId(): number | null {
    return this.#of.name(this.#row, TRACE_ID);
  }
  get reservation(): number | null {
    return this.#of.name(this.#row, RESERVATION);
  }
  get order(): number | null {
    return this.#of.name(this.#row, ORDER);
  }
  get externalRef(): number | null {
    return this.#of.name(this.#row, EXTERNAL_REF);
  }

  get #marks(): number {
    return this.#of.number(this.#row, MARKS) as number;
  }

  #after(place: number): number | null {
    const ms = this.#of.number(this.#row, place);
    return ms === null ? null : this.at + ms;
  }
}
