// How much memory an entry takes, estimated: what bounds of bytes are counted in.
import { type About, isConditionalAlone } from './about.ts';
import type { ArrivalEntry, EventEntry, ExchangeEntry, JournalEntry } from './entry.ts';
import type { SentBody } from './sent-body.ts';

/** Measured on V8 24, packed: 80 for its cells, and 24 for each of up to three strings beside their letters. */
const PACKED_EXCHANGE_BYTES = 160;
/** One that is kept as it is since rules were drawn for it, or as it did not end in an answer soon. */
const EXCHANGE_BYTES = 500;
/** With the client's address. */
const CONNECTION_BYTES = 295;
/** With ids that the box office may forget before it. */
const EVENT_BYTES = 204;
const DRAW_BYTES = 120;
/** What was it about, and what holds that beside other things that few exchanges have. */
const ABOUT_BYTES = 190;
/** Of a string, beside its letters. */
const STRING_BYTES = 24;

/** Of one that has not ended, what it will be if all goes well. */
export function estimateBytes(entry: JournalEntry): number {
  if (entry.kind === 'event') return eventBytes(entry);
  const drawn = drawsOf(entry) * DRAW_BYTES;
  if (entry.kind === 'connection') return CONNECTION_BYTES + drawn;
  return (entry.ended === null ? PACKED_EXCHANGE_BYTES : EXCHANGE_BYTES) + lettersOf(entry) + drawn;
}

/** Of one that is packed. */
export function estimatePacked(entry: JournalEntry): number {
  return entry.kind === 'exchange' ? PACKED_EXCHANGE_BYTES + lettersOf(entry) : estimateBytes(entry);
}

/** What its strings take, and what it was about. */
function lettersOf({ url, requestId, idempotencyKey, traceparent, about }: ExchangeEntry): number {
  return (
    url.length +
    requestId.length +
    (idempotencyKey === null ? 0 : idempotencyKey.length) +
    (traceparent === null ? 0 : traceparent.length) +
    (about === null ? 0 : aboutBytes(about))
  );
}

/** A conditional read takes nothing more; sessions and codes are few, and shared by many. */
function aboutBytes(about: About): number {
  if (isConditionalAlone(about)) return 0;
  const { fingerprint, invocation, reservation, order, externalRef, customer, body } = about;
  return (
    ABOUT_BYTES +
    textBytes(fingerprint) +
    textBytes(invocation) +
    textBytes(reservation) +
    textBytes(order) +
    textBytes(externalRef) +
    textBytes(customer) +
    (body === undefined ? 0 : bodyBytes(body))
  );
}

/** Beside its texts. */
const BODY_BYTES = 60;
const bodyBytes = ({ type, hash, json }: SentBody): number =>
  BODY_BYTES + textBytes(type) + textBytes(hash) + textBytes(json);

const textBytes = (text: string | null): number => (text === null ? 0 : STRING_BYTES + text.length);

/** With the pseudonym of the seller's own name for an order. */
const eventBytes = ({ externalRef }: EventEntry): number => EVENT_BYTES + textBytes(externalRef);

/** Rules of which the entry tells what became of them. */
export const drawsOf = ({ hits, spared, inapplicable, limited }: ArrivalEntry): number =>
  hits.length + spared.length + inapplicable.length + limited.length;
