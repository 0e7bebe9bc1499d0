// Reads a text file whose path somebody gave us: a regular file of bounded size, or a mistake; never a pipe or a device.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/** Opening must not wait for the other end of a pipe, nor make a terminal ours. */
const HOW = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
/** Files of /proc say that they are empty, so the size is only a hint. */
const CHUNK_BYTES = 65_536;

/** Its message completes `FILE …`: "is a pipe, and must be a regular file". */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  /** There is nothing at its path. */
  get isAbsent(): boolean {
    return this.cause instanceof Error && 'code' in this.cause && this.cause.code === 'ENOENT';
  }
}

/** The text, of a path that may be a symbolic link; throws an UnreadableFile. */
export function readTextFileSync(path: string, maxBytes: number): string {
  return explained(() => {
    refuseIrregular(statSync(path), maxBytes); // a device is not even opened: some do things when they are
    const file = openSync(path, HOW);
    try {
      refuseIrregular(fstatSync(file), maxBytes);
      return textOf(maxBytes, (into) => readSync(file, into));
    } finally {
      closeSync(file);
    }
  });
}

/** The same without keeping anybody waiting. */
export async function readTextFile(path: string, maxBytes: number): Promise<string> {
  let file: FileHandle | undefined;
  try {
    refuseIrregular(await stat(path), maxBytes);
    file = await open(path, HOW);
    refuseIrregular(await file.stat(), maxBytes);
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) return Buffer.concat(chunks).toString('utf8');
      length += bytesRead;
      if (length > maxBytes) throw tooLong(maxBytes);
      chunks.push(chunk.subarray(0, bytesRead));
    }
  } catch (error) {
    throw explain(error);
  } finally {
    await file?.close();
  }
}

/** Its bytes, one piece after the other, of a stretch of it; throws an UnreadableFile. */
export async function* fileChunks(path: string, to = Number.POSITIVE_INFINITY, from = 0): AsyncGenerator<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, HOW);
    refuseIrregular(await file.stat(), Number.POSITIVE_INFINITY);
    for (let position = from; position < to; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, Math.min(CHUNK_BYTES, to - position), position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  } catch (error) {
    throw explain(error);
  } finally {
    await file?.close();
  }
}

function textOf(maxBytes: number, read: (into: Buffer) => number): string {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const bytes = read(chunk);
    if (bytes === 0) return Buffer.concat(chunks).toString('utf8');
    length += bytes;
    if (length > maxBytes) throw tooLong(maxBytes);
    chunks.push(chunk.subarray(0, bytes));
  }
}

function refuseIrregular(stats: Stats, maxBytes: number): void {
  if (!stats.isFile()) throw new UnreadableFile(`is ${sortOf(stats)}, and must be a regular file`);
  if (stats.size > maxBytes) throw tooLong(maxBytes);
}

function sortOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

const tooLong = (maxBytes: number): UnreadableFile => new UnreadableFile(`is longer than ${maxBytes} bytes`);

function explained<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  return new UnreadableFile(`cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}
