// What a client is judged by: its attempts, what became of its tickets, its webhooks, and when faults were in force.
import type { End, Happening } from '../journal/entry.ts';
import type { Name } from './names.ts';

/** Milliseconds since the `origin` of the evidence, whole. */
type Moment = number;

/** One exchange as a judge sees it; no secret, and nothing of a person but hashes. What is named is told apart by texts, or by numbers for them. */
export interface Attempt<Named extends Name = Name> {
  readonly requestId: string;
  readonly at: Moment;
  /** Null while it is open. */
  readonly endedAt: Moment | null;
  readonly ended: End | null;
  /** Null where no byte of an answer went out. */
  readonly firstByteAt: Moment | null;
  /** Null where the box office did nothing. */
  readonly workedAt: Moment | null;
  /** Of the answer that went out; null where none did. */
  readonly status: number | null;
  readonly operation: string;
  readonly method: string;
  readonly connection: number;
  readonly idempotencyKey: Named | null;
  /** Which attempt the client says it is, counted from 1. */
  readonly declared: number | null;
  /** What the client says is one operation of its own: an invocation's id. */
  readonly invocation: Named | null;
  /** The trace id of `traceparent`. */
  readonly traceId: Named | null;
  /** Of method, path, query and body: the same for the same request. */
  readonly fingerprint: Named;
  /** The problem's code, of an answer that went out. */
  readonly code: string | null;
  /** What `Retry-After` of the answer that went out asked for, in milliseconds; a date from the answer's first byte on. */
  readonly retryAfterMs: number | null;
  /** The answer was of a type that this operation never has, as HTML where JSON is due. */
  readonly isWrongType: boolean;
  /** It was sent with `If-None-Match`. */
  readonly isConditional: boolean;
  /** Its answer was that of an earlier request with its key. */
  readonly isReplay: boolean;
  readonly session: string | null;
  readonly reservation: Named | null;
  readonly order: Named | null;
  /** Salted hashes. */
  readonly externalRef: Named | null;
  readonly customer: Named | null;
  /** Rules acted on it. */
  readonly isHit: boolean;
}

/** It is about one buyer, or about something that is one buyer's. */
export const isNaming = ({ order, reservation, externalRef, customer }: Attempt): boolean =>
  (order ?? reservation ?? externalRef ?? customer) !== null;

/** A read that names nobody is made alike by every buyer. */
export const isAnyones = (attempt: Attempt): boolean => attempt.method === 'GET' && !isNaming(attempt);

/** What happened in the box office to one of the client's reservations. */
export interface Happened<Named extends Name = Name> {
  readonly at: Moment;
  readonly happened: Happening;
  /** In box-office time, milliseconds since the epoch. */
  readonly boxOfficeAt: number;
  readonly session: string;
  readonly reservation: Named;
  readonly order: Named | null;
  readonly externalRef: Named | null;
  readonly seats: number;
}

/** One try to tell the client something by a webhook. */
export interface Delivery {
  readonly webhookId: string;
  readonly at: Moment;
  /** Until the receiver's answer; null where none came. */
  readonly tookMs: number | null;
  readonly status: number | null;
  /** Its signature was made wrong on purpose. */
  readonly isForged: boolean;
  /** What it was about. */
  readonly order: Name | null;
}

export interface Span {
  readonly from: Moment;
  readonly to: Moment;
}

/** Of one client and one stretch of time, each list by time. */
export interface Evidence {
  readonly client: string;
  /** The whole of what is looked at. */
  readonly whole: Span;
  /** When rules were in force that could strike this client, merged, in order; none, and there was no fault. */
  readonly faults: readonly Span[];
  /** Operations a second that the harness says were asked of the client all the time; undefined where nobody said so. */
  readonly demand: number | undefined;
  /** Real milliseconds to one of box-office time. */
  readonly timeScale: number;
  readonly attempts: readonly Attempt[];
  readonly happened: readonly Happened[];
  readonly deliveries: readonly Delivery[];
  /** Entries that had left the journal before they could be looked at, of whatever client. */
  readonly evicted: number;
  /** Unset: it does not come from a record. */
  readonly leftOut?: LeftOut | undefined;
}

/** Lines that a record had no room for, of whatever client. */
export interface LeftOut {
  readonly count: number;
  /** A record in a `file` waits for a disk that is slow or full, one in `memory` is bounded; null: nobody knows. */
  readonly from: 'file' | 'memory' | null;
}

/** From the first entry until a fault is first in force; undefined where that is no time at all. */
export function calmOf({ whole, faults }: Evidence): Span | undefined {
  const to = faults[0]?.from ?? whole.to;
  return to > whole.from ? { from: whole.from, to } : undefined;
}

/** From when no fault is in force any more; undefined where one still is, or none ever was. */
export function healedOf({ whole, faults }: Evidence): Span | undefined {
  const from = faults.at(-1)?.to;
  return from !== undefined && from < whole.to ? { from, to: whole.to } : undefined;
}
