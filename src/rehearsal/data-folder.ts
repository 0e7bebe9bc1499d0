// The folder that records of rehearsals are in: a file each, named by us alone, and found again after a restart.
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../base/refusal.ts';
import { fileChunks } from '../base/text-file.ts';
import type { Sink } from './record-log.ts';

const EXTENSION = '.ndjson';
/** As we make them; a name that somebody asks for is looked up only if it has this form. */
export const REHEARSAL_ID = /^r-\d{8}-\d{6}-[0-9a-f]{8}$/;
/** Records listed, the newest first. */
export const MAX_LISTED = 200;

/** The record of one that is about to begin; throws a Refusal that names the folder when it cannot be made there. */
export async function createRecord(folder: string, id: string): Promise<Sink> {
  const path = join(folder, id + EXTENSION);
  try {
    return new FileSink(path, await open(path, 'wx', 0o600));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal('no_record', `nothing can be recorded in SHOWSTOPPER_DATA_DIR ${folder}: ${why}`);
  }
}

/** Ids of the records that are there, the newest first. */
export async function recordsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.filter((name) => name.endsWith(EXTENSION)).map((name) => name.slice(0, -EXTENSION.length));
  return ids
    .filter((id) => REHEARSAL_ID.test(id))
    .sort()
    .reverse()
    .slice(0, MAX_LISTED);
}

export const pathOf = (folder: string, id: string): string => join(folder, id + EXTENSION);

/** A record as it is now. */
export const recordChunks = (folder: string, id: string): AsyncIterable<Buffer> => fileChunks(pathOf(folder, id));

/** Of a long record, which is mostly entries: enough for its header, and enough for its end. */
const HEAD_BYTES = 262_144;
const TAIL_BYTES = 4_194_304;

/** A short record whole, and beginning and end of a long one: what a list tells of it. */
export async function* recordEnds(folder: string, id: string): AsyncGenerator<Buffer> {
  const path = pathOf(folder, id);
  const { size } = await stat(path);
  if (size <= HEAD_BYTES + TAIL_BYTES) return yield* fileChunks(path);
  yield* fileChunks(path, HEAD_BYTES);
  yield Buffer.from('\n'); // both are cut, and neither may spoil the other
  yield* fileChunks(path, size, size - TAIL_BYTES);
}

class FileSink implements Sink {
  readonly path: string;
  /** Unset: closed. */
  #file: FileHandle | undefined;

  constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  async write(bytes: Buffer, position: number): Promise<number> {
    this.#file ??= await open(this.path, 'r+');
    const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, position);
    return bytesWritten;
  }

  read(to: number): AsyncIterable<Buffer> {
    return fileChunks(this.path, to);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.datasync().catch(() => undefined); // it may be on a disk that is full
    await file?.close();
  }
}
