// Reads what a seller believes without stopping everything else: a long one in a thread of its own, bounded in time and memory.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../base/clock.ts';
import type { Mistake } from '../../base/mistake.ts';
import { moduleFile } from '../../base/package.ts';
import { nextTurn } from '../../base/turn.ts';
import type { Believed } from '../../director/auditing.ts';
import type { TypedData } from '../route.ts';
import { type BeliefType, readBelief } from './read-belief.ts';

/** Shorter ones are read where they are, in some milliseconds; a thread takes a hundred to begin. */
const MAX_INLINE_BYTES = 16_384;
/** One that takes longer is refused. */
const MAX_READ_MS = 20_000;
/** Handed over before others get their turn. */
const BYTES_A_TURN = 1_048_576;
/** Heap of the thread. */
const MAX_HEAP_MB = 512;

export interface Reading {
  readonly client: string | undefined;
  readonly count: number;
  /** Pieces of the rows; to be gone through once. */
  readonly rows: AsyncIterable<readonly Believed[]>;
  /** For rows that nobody will go through to their end; harmless after that. */
  discard(): void;
}
export type BeliefData = TypedData & { readonly type: BeliefType };
export type ReadApart = Reading | { readonly errors: readonly Mistake[] };

export async function readApart({ chunks, length, type }: BeliefData, clock: Clock): Promise<ReadApart> {
  if (length > MAX_INLINE_BYTES) return readInThread({ chunks, length, type }, clock);
  const read = readBelief(Buffer.concat(chunks), type);
  if ('errors' in read) return read;
  return { client: read.client, count: read.rows.length, rows: inOnePiece(read.rows), discard() {} };
}

async function* inOnePiece(rows: readonly Believed[]): AsyncGenerator<readonly Believed[]> {
  yield rows;
}

async function readInThread({ chunks, length, type }: BeliefData, clock: Clock): Promise<ReadApart> {
  const worker = new Worker(moduleFile('admin/belief/worker'), {
    workerData: { length, type },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const abort = new AbortController();
  const cancel = clock.after(MAX_READ_MS, () => abort.abort(new Error(`takes longer than ${MAX_READ_MS / 1000}s`)));
  worker.on('error', (error) => abort.abort(error));
  worker.once('exit', () => abort.abort(new Error('it is too much for the reader')));
  const end = (): void => {
    cancel();
    void worker.terminate();
  };
  try {
    const answer = once(worker, 'message', { signal: abort.signal });
    answer.catch(() => {}); // it may come before it is waited for
    await sendTo(worker, chunks);
    const [begun] = await answer;
    if ('errors' in begun) {
      end();
      return begun;
    }
    cancel();
    const rows = piecesFrom(worker, begun.rows, abort.signal);
    return { client: begun.client, count: begun.rows, rows, discard: end };
  } catch (error) {
    end();
    const reason = abort.signal.aborted ? abort.signal.reason : error;
    return { errors: [{ path: '', message: `cannot be read: ${reason instanceof Error ? reason.message : reason}` }] };
  }
}

async function sendTo(worker: Worker, chunks: readonly Buffer[]): Promise<void> {
  let sent = 0;
  for (const chunk of chunks) {
    const copy = new Uint8Array(chunk); // alone: what is sent goes with all of its memory, and others may have a part in it
    worker.postMessage(copy, [copy.buffer]);
    sent += copy.length;
    if (sent < BYTES_A_TURN) continue;
    sent = 0;
    await nextTurn();
  }
}

async function* piecesFrom(worker: Worker, count: number, signal: AbortSignal): AsyncGenerator<readonly Believed[]> {
  for (let taken = 0; taken < count; ) {
    const next = once(worker, 'message', { signal });
    worker.postMessage('next');
    const [rows] = await next;
    taken += rows.length;
    yield rows;
  }
}
