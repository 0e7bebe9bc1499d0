// Records of rehearsals in the data folder: a list tells of each what its beginning and end say, read once while its file stays as it is.
import { stat } from 'node:fs/promises';
import { pathOf, recordEnds, recordsIn } from './data-folder.ts';
import { readRecord } from './read-record.ts';
import { lineOf, type RehearsalLine, stateRead } from './state.ts';

interface Read {
  readonly size: number;
  readonly mtimeMs: number;
  /** Null: not even its beginning can be read. */
  readonly line: RehearsalLine | null;
}

export class Records {
  readonly #folder: string;
  /** Those of the last list, and no others. */
  #read: ReadonlyMap<string, Read> = new Map();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The newest first, as many as are listed; without those that `isKnown` from elsewhere. */
  async list(isKnown: (id: string) => boolean): Promise<RehearsalLine[]> {
    const read = new Map<string, Read>();
    for (const id of await recordsIn(this.#folder)) {
      const one = isKnown(id) ? undefined : await this.#one(id).catch(() => undefined); // it may have gone
      if (one) read.set(id, one);
    }
    this.#read = read;
    return [...read.values()].flatMap(({ line }) => line ?? []);
  }

  async #one(id: string): Promise<Read> {
    const path = pathOf(this.#folder, id);
    const { size, mtimeMs } = await stat(path);
    const before = this.#read.get(id);
    if (before?.size === size && before.mtimeMs === mtimeMs) return before;
    const read = await readRecord(recordEnds(this.#folder, id));
    const state = stateRead(read, path);
    return { size, mtimeMs, line: state ? lineOf(state) : null };
  }
}
