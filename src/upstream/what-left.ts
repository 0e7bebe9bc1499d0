// What of an answer has left, written into the journal entry of its exchange.
import type { ExchangeEntry } from '../journal/entry.ts';
import type { Parties } from '../wire/http.ts';
import type { Passage } from '../wire/passage.ts';
import type { Reply } from '../wire/reply.ts';

/** Bytes of the body that goes out. */
export function lengthOf({ body }: Reply, { request }: Parties): number {
  return request.method === 'HEAD' ? 0 : Buffer.byteLength(body);
}

/** All of the answer is written, and not all is with the kernel. */
export function tellWritten(entry: ExchangeEntry, reply: Reply, parties: Parties, passage: Passage | undefined): void {
  const length = lengthOf(reply, parties);
  passage?.written(length);
  entry.bytesOut = Math.max(0, length - parties.connection.unsent);
}

/** What is cut off has sent less than was meant, and perhaps not even its status. `held`: bytes of body of one that is held back. */
export function tellCutOff(
  entry: ExchangeEntry,
  { response }: Parties,
  { held, passage }: { readonly held: number | undefined; readonly passage: Passage | undefined },
): void {
  if (entry.firstByteAt === null || response.writableFinished) return;
  const begun = response.socket !== null && (passage?.begun ?? true); // behind others in a pipeline nothing goes out
  const bytes = held ?? passage?.bodyOut ?? entry.bytesOut;
  entry.bytesOut = begun ? bytes : 0;
  if (begun) return;
  entry.status = null;
  entry.firstByteAt = null;
}
