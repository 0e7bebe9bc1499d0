// A thread that reads one belief, and hands over its rows in pieces, each when it is asked for.
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadBelief } from './belief-row.ts';
import { type BeliefType, readBelief } from './read-belief.ts';

/** Taking them over keeps the other side busy for about a millisecond. */
const ROWS_A_PIECE = 500;

const { length, type } = workerData as { readonly length: number; readonly type: BeliefType };
const bytes = new Uint8Array(length);
let received = 0;
parentPort?.on('message', receive);

function receive(chunk: Uint8Array): void {
  bytes.set(chunk, received);
  received += chunk.length;
  if (received < length) return;
  parentPort?.off('message', receive);
  answer(readBelief(bytes, type));
}

function answer(read: ReadBelief): void {
  if ('errors' in read) {
    parentPort?.postMessage(read);
    return;
  }
  const { client, rows } = read;
  let next = 0;
  parentPort?.on('message', () => {
    parentPort?.postMessage(rows.slice(next, next + ROWS_A_PIECE));
    next += ROWS_A_PIECE;
  });
  parentPort?.postMessage({ client, rows: rows.length });
}
