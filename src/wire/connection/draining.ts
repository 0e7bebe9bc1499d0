// Reads and drops what nobody wants: at full speed up to a bound, then only so much as shows that the client has left.
import type { Readable } from 'node:stream';
import type { Cancel, Clock } from '../../base/clock.ts';

/** What nobody wants is read up to here, so that its connection stays of use. */
export const MAX_DRAINED_BYTES = 8_388_608;
/** Beyond, only so much is read so often: who leaves is seen behind what the kernel holds of theirs, some six megabytes. */
const LOOK_BYTES = 1_048_576;
const LOOK_MS = 1000;

/** Counts from now on, until the stream closes; `beyond` is called once, when the bound is passed. Its reader may be another. */
export function drain(stream: Readable, clock: Clock, beyond: () => void = () => {}): void {
  let length = 0;
  let until = MAX_DRAINED_BYTES;
  let cancel: Cancel = () => {};
  const later = (): void => {
    stream.pause();
    cancel = clock.after(LOOK_MS, () => {
      until = length + LOOK_BYTES;
      stream.resume();
    });
  };
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= until) return;
    if (until === MAX_DRAINED_BYTES) beyond();
    until = Number.POSITIVE_INFINITY; // what is left of this reading is not put off again
    later();
  });
  stream.once('close', () => cancel());
}
