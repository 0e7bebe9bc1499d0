// The documents of one section, shipped and laid over: read together, kept at their last good text, read again on change.
import type { Cancel, Clock } from '../base/clock.ts';
import { type PlacedMistake, showMistake } from '../base/document.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import { type FoundFile, readFolder, type Section } from './folder.ts';
import { watchFolders } from './watch.ts';

export type FileSource = 'shipped' | 'folder';

/** One name of the section; without `item` its file was never good. */
export interface FileEntry<Item> {
  readonly name: string;
  readonly source: FileSource;
  readonly item?: Item;
  /** What is wrong with the newest file, while the last good one stays in its place. */
  readonly mistakes: readonly PlacedMistake[];
}

/** A file that could be read, before anybody knows what it says. */
export interface FileText {
  readonly name: string;
  readonly source: FileSource;
  readonly file: string;
  readonly text: string;
}

export type FileRead<Item> = { readonly item: Item } | { readonly mistakes: readonly PlacedMistake[] };

/** What the files ask of a log. */
export interface FilesLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** Where documents are read from, and by whose time. */
export interface Places {
  /** The `faults` folder that comes with the program. */
  readonly shipped: string;
  /** The user's `faults` folder; of two documents of one name, its own is taken. */
  readonly overlay?: string | undefined;
  readonly clock: Clock;
  readonly log: FilesLog;
}

interface FilesOptions<Item> extends Places {
  readonly section: Section;
  read(found: FileText): FileRead<Item>;
}

/** Thrown at the start, when there is no last good text to stay with. */
export abstract class BadFiles extends Error {
  readonly mistakes: readonly PlacedMistake[];

  constructor(mistakes: readonly PlacedMistake[]) {
    super(mistakes.map(showMistake).join('\n'));
    this.mistakes = mistakes;
  }
}

export class Files<Item> {
  /** Every reading of the folders. */
  readonly changed: Topic<void> = createTopic();
  readonly #options: FilesOptions<Item>;
  #entries: ReadonlyMap<string, FileEntry<Item>> = new Map();
  /** Of folders, not of one of their files. */
  #folderMistakes: readonly PlacedMistake[] = [];
  #reading: Promise<unknown> = Promise.resolve();
  #stop: Cancel = () => {};

  constructor(options: FilesOptions<Item>) {
    this.#options = options;
  }

  /** By name. */
  get entries(): ReadonlyMap<string, FileEntry<Item>> {
    return this.#entries;
  }

  /** What is wrong with the files as they were last read. */
  get mistakes(): readonly PlacedMistake[] {
    return [...this.#folderMistakes, ...[...this.#entries.values()].flatMap(({ mistakes }) => mistakes)];
  }

  /** Reads both folders and takes what is good in one step; `taken` then runs before anybody else is told. */
  reload(taken: () => void = () => {}): Promise<void> {
    const reading = this.#reading.then(async () => {
      await this.#read();
      taken();
      this.changed.publish();
    });
    this.#reading = reading.catch(() => undefined); // a reading that failed must not fail those after it
    return reading;
  }

  /** Reads again whenever a file changes, until `close`. */
  async watch(): Promise<void> {
    const { shipped, overlay, section, clock, log } = this.#options;
    this.#stop = await watchFolders({
      folders: overlay === undefined ? [shipped] : [shipped, overlay],
      section,
      clock,
      changed: async () => {
        await this.reload();
        const shown = this.mistakes.map(showMistake);
        const { folder } = section;
        if (shown.length > 0) log.warn({ mistakes: shown }, `${folder} have mistakes, their last good text stays`);
        else log.info({ [folder]: this.#entries.size }, `${folder} read again`);
      },
      failed: (error) => log.warn({ err: error }, `${section.folder} cannot be read again`),
    });
  }

  close(): void {
    this.#stop();
  }

  async #read(): Promise<void> {
    const { shipped, overlay, section } = this.#options;
    const entries = new Map<string, FileEntry<Item>>();
    const mistakes: PlacedMistake[] = [];
    const readOne = async (source: FileSource, faults: string): Promise<void> => {
      const { files, mistake, mayHold } = await readFolder(faults, section, (file) => {
        entries.set(file.name, this.#withLastGood(this.#entryOf(file, source)));
      });
      const found = new Set(files.map(({ name }) => name));
      for (const [name, entry] of this.#entries)
        if (entry.source === source && !found.has(name) && mayHold(name)) entries.set(name, entry);
      if (mistake) mistakes.push(mistake);
    };
    await readOne('shipped', shipped);
    if (overlay !== undefined) await readOne('folder', overlay);
    this.#entries = entries;
    this.#folderMistakes = mistakes;
  }

  #entryOf({ name, file, text, mistake }: FoundFile, source: FileSource): FileEntry<Item> {
    if (text === undefined) return { name, source, mistakes: mistake ? [mistake] : [] };
    return { name, source, mistakes: [], ...this.#options.read({ name, source, file, text }) };
  }

  #withLastGood(entry: FileEntry<Item>): FileEntry<Item> {
    const last = this.#entries.get(entry.name)?.item;
    return entry.item !== undefined || last === undefined ? entry : { ...entry, item: last };
  }
}

/** Starts to watch and reads for the first time; closed again, and thrown as `bad`, when any file has mistakes. */
export async function openFiles<Item>(
  files: Files<Item>,
  bad: (mistakes: readonly PlacedMistake[]) => BadFiles,
): Promise<void> {
  await files.watch();
  await files.reload();
  if (files.mistakes.length === 0) return;
  files.close();
  throw bad(files.mistakes);
}
