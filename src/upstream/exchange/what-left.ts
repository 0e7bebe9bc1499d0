// What of an answer has left, written into the journal entry of its exchange.
import type { End, ExchangeEntry } from '../../journal/entry.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import type { HttpParts } from '../../wire/connection/http.ts';
import type { Passage } from '../../wire/connection/passage.ts';
import type { DepartureSettings } from './hold.ts';

/** Bytes of the body that goes out. */
export function lengthOf({ body }: Reply, { request }: HttpParts): number {
  return request.method === 'HEAD' ? 0 : Buffer.byteLength(body);
}

/** All of the answer is written, and not all is with the kernel. */
export function tellWritten(
  entry: ExchangeEntry,
  reply: Reply,
  parties: HttpParts,
  passage: Passage | undefined,
): void {
  const length = lengthOf(reply, parties);
  passage?.written(length);
  entry.bytesOut = Math.max(0, length - parties.connection.unsent);
}

/** What is cut off has sent less than was meant, and perhaps not even its status. `held`: bytes of body of one that is held back. */
export function tellCutOff(
  entry: ExchangeEntry,
  { response }: HttpParts,
  { held, passage }: { readonly held: number | undefined; readonly passage: Passage | undefined },
): void {
  if (entry.firstByteAt === null || response.writableFinished) return;
  const begun = response.socket !== null && (passage?.begun ?? true); // behind others in a pipeline nothing goes out
  const bytes = held ?? passage?.bodyOut ?? entry.bytesOut;
  if (begun) entry.bytesOut = bytes;
  else tellNothing(entry);
}

/**
 * One whose client had shut its side, and has taken no answer, ended then. What was sent to it since met an RST, unless
 * the connection is `lingering`: kept silent, as nothing more is to be said on it.
 */
export function closeEntry(
  { world, clock }: DepartureSettings,
  entry: ExchangeEntry,
  { ended, lingering }: { readonly ended: End; readonly lingering: boolean },
): void {
  const { finAt, firstByteAt } = entry;
  if (finAt === null || ended === 'answered') {
    world.journal.close(entry, ended, clock.now());
    return;
  }
  if (ended === 'client-left' && !lingering && firstByteAt !== null && firstByteAt >= finAt) tellNothing(entry);
  world.journal.close(entry, 'client-left', finAt);
}

function tellNothing(entry: ExchangeEntry): void {
  entry.status = null;
  entry.firstByteAt = null;
  entry.bytesOut = 0;
}
