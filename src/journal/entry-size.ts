// How much memory an entry takes, estimated: what bounds of bytes are counted in.
import type { JournalEntry } from './entry.ts';

/** Measured on V8 24 for an ordinary exchange with its own strings: 460; a little more keeps the promise. */
const EXCHANGE_BYTES = 500;
/** Of a struck connection, with its own address. */
const CONNECTION_BYTES = 260;
const DRAW_BYTES = 120;

export function estimateBytes(entry: JournalEntry): number {
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
export const drawsOf = ({ hits, spared, inapplicable, limited }: JournalEntry): number =>
  hits.length + spared.length + inapplicable.length + limited.length;
