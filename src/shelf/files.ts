// The documents of one section, shipped and laid over: read together, kept at their last good text, read again on change.
import type { Cancel, Clock } from '../base/clock.ts';
import { type PlacedMistake, showMistake } from '../base/document.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import { nextTurn } from '../base/turn.ts';
import { type FileEntry, type FileRead, type FileSource, type FileText, UnreadEntry } from './file-entry.ts';
import { type FoundFile, readFolder, type Section } from './folder.ts';
import { isKnownGood, type KnownGood, readKnownGood } from './known-good.ts';
import { watchFolders } from './watch.ts';

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
  /** Asked at every reading of the folders how to read what they hold as things are then. */
  reader(): (found: FileText) => FileRead<Item>;
  /** Whether shipped documents whose text is known to be good may be read later; unset: they may. */
  mayWait?(): boolean;
}

/** What one reading of the folders goes by. */
interface Reading<Item> {
  readonly knownGood: KnownGood;
  readonly reader: (found: FileText) => FileRead<Item>;
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
  #untouched = false;
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

  /** They are exactly the shipped ones that are known to be good. */
  get untouched(): boolean {
    return this.#untouched;
  }

  /** Reads what nobody has asked for yet, each in a turn of its own. */
  async readAll(): Promise<void> {
    for (const entry of this.#entries.values())
      if (entry instanceof UnreadEntry && entry.isUnread) {
        void entry.item;
        await nextTurn();
      }
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
    const knownGood = this.#options.mayWait?.() === false ? {} : await readKnownGood(shipped);
    const reader = this.#options.reader();
    const readOne = async (source: FileSource, faults: string): Promise<void> => {
      const { files, mistake, mayHold } = await readFolder(faults, section, (file) => {
        entries.set(file.name, this.#withLastGood(this.#entryOf(file, source, { knownGood, reader })));
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
    const waiting = [...entries.values()].every((entry) => entry instanceof UnreadEntry);
    this.#untouched = waiting && entries.size === Object.keys(Object(knownGood[section.folder])).length;
  }

  #entryOf(found: FoundFile, source: FileSource, { knownGood, reader }: Reading<Item>): FileEntry<Item> {
    const { name, file, text, mistake } = found;
    if (text === undefined) return { name, source, usable: false, mistakes: mistake ? [mistake] : [] };
    const whole = { name, source, file, text };
    if (source === 'shipped' && isKnownGood(knownGood, this.#options.section, whole))
      return new UnreadEntry(whole, reader);
    const outcome = reader(whole);
    if ('item' in outcome) return { name, source, usable: true, mistakes: [], ...outcome };
    return { name, source, usable: false, badText: text, ...outcome };
  }

  #withLastGood(entry: FileEntry<Item>): FileEntry<Item> {
    if (entry.usable) return entry;
    const last = this.#entries.get(entry.name);
    return last?.usable ? { ...entry, usable: true, item: last.item } : entry;
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
