// What the journal keeps, and no secret: a union by `kind`, in which each kind has only what is true of it. Times are epoch ms.
import type { RuleDraw } from '../base/chance.ts';
import type { About } from './about.ts';

/** Who ended an exchange or a connection, and how. */
export const ENDS = ['answered', 'client-left', 'reset', 'closed', 'dropped'] as const;
/** `answered`: whole answer sent · `client-left`: the client closed first · `reset`/`closed`: a fault cut it · `dropped`: let go by heal. */
export type End = (typeof ENDS)[number];

/** What came over a door, ends once, and may be struck by rules until then. */
interface Arrived {
  /** Counts up by one per exchange and struck connection, given by the journal. */
  seq: number;
  readonly at: number;
  readonly door: string;
  /** Id of the connection. */
  readonly connection: number;
  readonly remote: string;
  endedAt: number | null;
  ended: End | null;
  /** Rules that acted: bytes, times or state differ from what the rules before them alone would have given. */
  hits: readonly RuleDraw[];
  /** Rules that matched, and by their share let it pass. */
  spared: readonly RuleDraw[];
  /** Rules that were drawn to act, and there was nothing to act on. */
  inapplicable: readonly RuleDraw[];
  /** Rules that would have acted, and no unit of their limit was left. */
  limited: readonly RuleDraw[];
}

/** One request and what became of it; it exists from the arrival of its head on (`at`), and is filled in as things happen. */
export interface ExchangeEntry extends Arrived {
  readonly kind: 'exchange';
  readonly requestId: string;
  readonly client: string;
  /** `unmatched` when there is no such operation. */
  readonly operation: string;
  readonly method: string;
  /** Path and query; values of secret parameters are `[redacted]`. */
  readonly url: string;
  readonly idempotencyKey: string | null;
  /** As declared by `X-Attempt` or `amz-sdk-request`. */
  readonly attempt: number | null;
  readonly traceparent: string | null;
  bytesIn: number;
  bytesOut: number;
  /** Of the answer sent or being sent; null when none was. */
  status: number | null;
  /** When the box office's work was done; null when it was not. */
  workedAt: number | null;
  firstByteAt: number | null;
  /** When the client shut its sending half before its answer: until it takes one, it counts as one that has left. */
  finAt: number | null;
  /** Null where nothing is to be said, as of most reads. */
  about: About | null;
}

/** A connection that rules have a say in before it asks for anything, or beside what it asks for; it was accepted `at`. */
export interface ConnectionEntry extends Arrived {
  readonly kind: 'connection';
}

/** What is listed and counted unless another kind is asked for. */
export type ArrivalEntry = ExchangeEntry | ConnectionEntry;

/** What a box office may say that happened. */
export const HAPPENINGS = [
  'reserved',
  'extended',
  'released',
  'lapsed',
  'ordered',
  'completed',
  'canceled',
  'sold_out',
  'completing',
  'captured',
  'paid',
  'payment_failed',
  'payment_canceled',
  'refunded',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What the box office said that happened, however it came about; listed when it is asked for, and not counted by verifications. */
export interface EventEntry {
  readonly kind: 'event';
  /** Counts up by one per event, given by the journal. */
  seq: number;
  /** When it was told. */
  readonly at: number;
  readonly happened: Happening;
  /** The moment in box-office time. */
  readonly boxOfficeAt: number;
  readonly session: string;
  /** Whose reservation it is. */
  readonly client: string;
  readonly reservation: string;
  /** Null where there is no order. */
  readonly order: string | null;
  /** Pseudonym of the seller's own name for the order; null where there is no order. */
  readonly externalRef: string | null;
  /** How many the reservation has. */
  readonly seats: number;
  /** In minor units; null where no money is told of. */
  readonly amount: number | null;
}

export const ENTRY_KINDS = ['exchange', 'connection', 'event'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
export type JournalEntry = ArrivalEntry | EventEntry;

/** Entries of one kind; of none, those that are listed when none is asked for. */
export type EntryOf<Kind extends EntryKind | undefined> = Kind extends EntryKind
  ? Extract<JournalEntry, { readonly kind: Kind }>
  : ArrivalEntry;
