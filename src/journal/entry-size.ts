// How much memory an entry takes, estimated: what bounds of bytes are counted in.
import type { ArrivalEntry, JournalEntry } from './entry.ts';

/** Measured on V8 24: 300 for fields, numbers and the place in the ring, and 24 for each of up to five strings beside their letters. */
const EXCHANGE_BYTES = 440;
/** With the client's address. */
const CONNECTION_BYTES = 260;
/** With ids that the box office may forget before it. */
const EVENT_BYTES = 280;
const DRAW_BYTES = 120;

export function estimateBytes(entry: JournalEntry): number {
  if (entry.kind === 'event') return EVENT_BYTES;
  const drawn = drawsOf(entry) * DRAW_BYTES;
  if (entry.kind === 'connection') return CONNECTION_BYTES + drawn;
  return (
    EXCHANGE_BYTES +
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
