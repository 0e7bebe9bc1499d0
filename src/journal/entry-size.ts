// How much memory an entry takes, estimated: what bounds of bytes are counted in.
import type { ArrivalEntry, JournalEntry } from './entry.ts';

/** Measured on V8 24, packed: 80 for its cells, and 24 for each of up to three strings beside their letters. */
const PACKED_EXCHANGE_BYTES = 160;
/** One that is kept as it is since rules were drawn for it, or as it did not end in an answer soon. */
const EXCHANGE_BYTES = 500;
/** With the client's address. */
const CONNECTION_BYTES = 295;
/** With ids that the box office may forget before it. */
const EVENT_BYTES = 180;
const DRAW_BYTES = 120;

/** Of one that has not ended, what it will be if all goes well. */
export function estimateBytes(entry: JournalEntry): number {
  if (entry.kind === 'event') return EVENT_BYTES;
  const drawn = drawsOf(entry) * DRAW_BYTES;
  if (entry.kind === 'connection') return CONNECTION_BYTES + drawn;
  return (
    (entry.ended === null ? PACKED_EXCHANGE_BYTES : EXCHANGE_BYTES) +
    entry.url.length +
    entry.requestId.length +
    (entry.idempotencyKey === null ? 0 : entry.idempotencyKey.length) +
    (entry.traceparent === null ? 0 : entry.traceparent.length) +
    drawn
  );
}

/** Rules of which the entry tells what became of them. */
export const drawsOf = ({ hits, spared, inapplicable, limited }: ArrivalEntry): number =>
  hits.length + spared.length + inapplicable.length + limited.length;
