// How the end of an exchange is written into its journal entry, and what of its answer has gone out by then.
import { forgetAnswer } from '../../journal/about.ts';
import type { End, ExchangeEntry } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import type { HttpParts } from '../../wire/connection/http.ts';
import type { Passage } from '../../wire/connection/passage.ts';

/** Bytes of body that are known to have gone out so far. */
interface SentSoFar {
  /** Of an answer that rules shape. */
  readonly sent: number | undefined;
  /** Made where a fault stands between the answer and the socket. */
  readonly passage: Passage | undefined;
}

/** An answer that is cut off has sent less than was meant, and perhaps not even its status. */
export function noteCutOff(entry: ExchangeEntry, { response }: HttpParts, { sent, passage }: SentSoFar): void {
  if (entry.firstByteAt === null || response.writableFinished) return;
  const begun = response.socket !== null && (passage?.begun ?? true); // behind others in a pipeline nothing goes out
  const bytes = sent ?? passage?.bodyOut ?? entry.bytesOut;
  if (!begun) noteNothingSent(entry);
  else {
    entry.bytesOut = bytes;
    if (entry.about) entry.about.code = null; // half of a problem document says nothing
  }
}

interface HowItEnded {
  readonly ended: End;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Its connection is kept silent, as nothing more is to be said on it. */
  readonly lingering: boolean;
}

/**
 * One whose client had shut its side, and has taken no answer, ended then. What was sent to it since met an RST, unless
 * its connection lingers.
 */
export function closeEntry(journal: Journal, entry: ExchangeEntry, { ended, at, lingering }: HowItEnded): void {
  const { finAt, firstByteAt } = entry;
  if (finAt === null || ended === 'answered') {
    journal.close(entry, ended, at);
    return;
  }
  if (ended === 'client-left' && !lingering && firstByteAt !== null && firstByteAt >= finAt) noteNothingSent(entry);
  journal.close(entry, 'client-left', finAt);
}

function noteNothingSent(entry: ExchangeEntry): void {
  entry.status = null;
  entry.firstByteAt = null;
  entry.bytesOut = 0;
  forgetAnswer(entry);
}
