// Attempts on their way to the thread that judges them: numbers side by side, and texts that are sent once.
import type { End } from '../journal/entry.ts';
import { ENDS } from '../journal/entry.ts';
import type { Attempt } from './evidence.ts';

/** Of the client whose it is. */
export type OwnedAttempt = Attempt & { readonly client: string };

/** What is handed over at once; its numbers are transferred, and gone here. */
export interface Batch {
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Those that no batch before had, by the order of their numbers. */
  readonly texts: readonly string[];
}

/** Attempts in one batch: some two milliseconds of work. */
export const BATCH = 1024;
/** Texts that are looked up, so that they are sent once; then another such number of them is. */
const MAX_LOOKED_UP = 16_384;

/** Nothing, in the place of a number that is never negative. */
const NONE = -1;
const FLAGS = ['isWrongType', 'isConditional', 'isReplay', 'isHit'] as const;

/** In the order of their places. */
const NUMBERS = [
  'at',
  'endedAt',
  'firstByteAt',
  'workedAt',
  'status',
  'connection',
  'declared',
  'retryAfterMs',
] as const;
/** Many attempts have them in common. */
const COMMON = ['client', 'operation', 'method', 'fingerprint', 'code', 'session', 'customer'] as const;
/** Few have. */
const OWN = ['requestId', 'idempotencyKey', 'invocation', 'traceId', 'reservation', 'order', 'externalRef'] as const;
const PLACES = 2 + NUMBERS.length + COMMON.length + OWN.length;

export class BatchWriter {
  #numbers = new Float64Array(BATCH * PLACES);
  #filled = 0;
  #texts: string[] = [];
  #textCount = 0;
  readonly #known = new Map<string, number>();

  /** Gives a batch when one is full. */
  add(attempt: OwnedAttempt): Batch | undefined {
    const numbers = this.#numbers;
    let at = this.#filled++ * PLACES;
    numbers[at++] = attempt.ended === null ? NONE : ENDS.indexOf(attempt.ended);
    numbers[at++] = flagsOf(attempt);
    for (const name of NUMBERS) numbers[at++] = attempt[name] ?? NONE;
    for (const name of COMMON) numbers[at++] = this.#common(attempt[name]);
    for (const name of OWN) numbers[at++] = this.#own(attempt[name]);
    return this.#filled === BATCH ? this.rest() : undefined;
  }

  /** What is left. */
  rest(): Batch {
    const batch = { numbers: this.#numbers.slice(0, this.#filled * PLACES), texts: this.#texts };
    this.#filled = 0;
    this.#texts = [];
    return batch;
  }

  #own(text: string | null): number {
    if (text === null) return NONE;
    this.#texts.push(text);
    return this.#textCount++;
  }

  #common(text: string | null): number {
    if (text === null) return NONE;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size === MAX_LOOKED_UP) this.#known.clear();
    const number = this.#own(text);
    this.#known.set(text, number);
    return number;
  }
}

const flagsOf = (attempt: Attempt): number =>
  FLAGS.reduce((flags, name, bit) => flags | (attempt[name] ? 1 << bit : 0), 0);

/** As an integer, where it is one of 32 bits: those lie in their object, and others beside it. */
const whole = (value: number): number => ((value | 0) === value ? value | 0 : value);

export class BatchReader {
  readonly #texts: string[] = [];

  /** In the order in which they were written. */
  *read({ numbers, texts }: Batch): Generator<OwnedAttempt> {
    for (const text of texts) this.#texts.push(text);
    for (let at = 0; at < numbers.length; at += PLACES) yield this.#attempt(numbers, at);
  }

  #attempt(numbers: Float64Array, first: number): OwnedAttempt {
    let at = first + 2;
    const next = (): number => whole(numbers[at++] as number);
    const number = (): number | null => {
      const value = next();
      return value === NONE ? null : value;
    };
    const text = (): string | null => {
      const value = next();
      return value === NONE ? null : (this.#texts[value] as string);
    };
    const flags = numbers[first + 1] as number;
    const ended = numbers[first] as number;
    // in the order of NUMBERS, COMMON and OWN
    const [arrivedAt, endedAt, firstByteAt, workedAt] = [next(), number(), number(), number()];
    const [status, connection, declared, retryAfterMs] = [number(), next(), number(), number()];
    const [client, operation, method, fingerprint] = [text(), text(), text(), text()] as [
      string,
      string,
      string,
      string,
    ];
    const [code, session, customer, requestId] = [text(), text(), text(), text() as string];
    const [idempotencyKey, invocation, traceId] = [text(), text(), text()];
    const [reservation, order, externalRef] = [text(), text(), text()];
    return {
      requestId,
      client,
      at: arrivedAt,
      endedAt,
      ended: ended === NONE ? null : (ENDS[ended] as End),
      firstByteAt,
      workedAt,
      status,
      operation,
      method,
      connection,
      idempotencyKey,
      declared,
      invocation,
      traceId,
      fingerprint,
      code,
      retryAfterMs,
      isWrongType: (flags & 1) !== 0,
      isConditional: (flags & 2) !== 0,
      isReplay: (flags & 4) !== 0,
      isHit: (flags & 8) !== 0,
      session,
      reservation,
      order,
      externalRef,
      customer,
    };
  }
}
