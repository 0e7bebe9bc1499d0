// The shelf of profiles: shipped files, the user's laid over them, and in memory what was put or deleted since.
import type { Cancel, Clock } from '../base/clock.ts';
import { type PlacedMistake, showMistake } from '../base/document.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { CheckedRule, KnownNames } from '../faults/check.ts';
import { type ProfileFile, readFolder, refuseMisplaced } from './folder.ts';
import { nearest } from './nearest.ts';
import { PROFILE_NAME, PROFILE_NAME_FORM, type Profile, readProfile } from './profile.ts';
import { watchFolders } from './watch.ts';

/** Profiles put in memory at once, and their text in all. */
export const MAX_PUT_PROFILES = 1000;
export const MAX_PUT_BYTES = 33_554_432;

export type Source = 'shipped' | 'folder' | 'memory';

/** A profile that can be activated. */
export interface ShelvedProfile {
  readonly name: string;
  readonly source: Source;
  /** Where it was read from; a name for mistakes when it was put. */
  readonly file: string;
  readonly text: string;
  readonly profile: Profile;
  readonly checked: readonly CheckedRule[];
}

/** One line of the shelf; without `profile` its file was never good. */
export interface ShelfEntry {
  readonly name: string;
  readonly source: Source;
  readonly profile?: ShelvedProfile;
  /** What is wrong with the newest file, while the last good one stays in its place. */
  readonly mistakes: readonly PlacedMistake[];
}

export interface ShelfOptions {
  /** The `faults` folder that comes with the program. */
  readonly shipped: string;
  /** The user's `faults` folder; of two profiles of one name, its own is taken. */
  readonly overlay?: string | undefined;
  readonly known: KnownNames;
  readonly clock: Clock;
  readonly log: ShelfLog;
}

/** What the shelf asks of a log. */
export interface ShelfLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** Thrown at the start, when there is no last good shelf to stay with. */
export class BadProfiles extends Error {
  override readonly name = 'BadProfiles';
  readonly mistakes: readonly PlacedMistake[];

  constructor(mistakes: readonly PlacedMistake[]) {
    super(mistakes.map(showMistake).join('\n'));
    this.mistakes = mistakes;
  }
}

/** What a reading of the folders found. */
export interface Reloaded {
  /** Profiles that can be activated. */
  readonly profiles: number;
  readonly mistakes: readonly PlacedMistake[];
}

/** Reads the folders and watches them; rejects with BadProfiles when any file is bad. */
export async function createShelf(options: ShelfOptions): Promise<Shelf> {
  if (options.overlay !== undefined) await refuseMisplaced(options.overlay);
  const shelf = new Shelf(options);
  await shelf.watch();
  const { mistakes } = await shelf.reload({ forgetDeleted: false });
  if (mistakes.length === 0) return shelf;
  shelf.close();
  throw new BadProfiles(mistakes);
}

export class Shelf {
  /** Every reading of the folders. */
  readonly changed: Topic<Reloaded> = createTopic();
  readonly #options: ShelfOptions;
  #files: ReadonlyMap<string, ShelfEntry> = new Map();
  /** Null: deleted, whatever the folders hold. */
  readonly #laidOver = new Map<string, ShelvedProfile | null>();
  #reading: Promise<unknown> = Promise.resolve();
  #stop: Cancel = () => {};

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Every profile by name, also those whose file is bad. */
  list(): ShelfEntry[] {
    const entries = new Map(this.#files);
    for (const [name, put] of this.#laidOver) {
      if (put) entries.set(name, { name, source: 'memory', profile: put, mistakes: [] });
      else entries.delete(name);
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A name is only ever looked up; it is never a path. */
  get(name: string): ShelvedProfile {
    const entry = this.find(name);
    if (entry?.profile) return entry.profile;
    if (entry)
      throw new Refusal('validation_failed', `the file of profile ${JSON.stringify(name)} has mistakes`, {
        errors: entry.mistakes,
      });
    throw this.#unknown(name);
  }

  find(name: string): ShelfEntry | undefined {
    const put = this.#laidOver.get(name);
    if (put === null) return undefined;
    return put ? { name, source: 'memory', profile: put, mistakes: [] } : this.#files.get(name);
  }

  /** Lays a profile over whatever has its name, in memory only. True when the name is new. */
  put(name: string, text: string): { readonly profile: ShelvedProfile; readonly created: boolean } {
    const file = `profiles/${name}.yaml`;
    if (!PROFILE_NAME.test(name)) throw new Refusal('malformed', `the name of a profile ${PROFILE_NAME_FORM}`);
    const read = readProfile(text, file, this.#options.known);
    if ('mistakes' in read)
      throw new Refusal(
        read.wrongIn === 'form' ? 'malformed' : 'validation_failed',
        read.mistakes.map(showMistake).join('\n'),
        { errors: read.mistakes },
      );
    this.#refuseTooMuch(name, text);
    const created = this.find(name) === undefined;
    const profile: ShelvedProfile = { name, source: 'memory', file, text, ...read };
    this.#laidOver.set(name, profile);
    return { profile, created };
  }

  /** Takes a profile off the shelf, in memory only: one of a file is back after `reload` with `forgetDeleted`, or a restart. */
  delete(name: string): void {
    if (!this.find(name)) throw this.#unknown(name);
    if (this.#files.has(name)) this.#laidOver.set(name, null);
    else this.#laidOver.delete(name);
  }

  /** Reads both folders and takes what is good in one step; a bad file leaves the last good one where it is. */
  reload({ forgetDeleted }: { readonly forgetDeleted: boolean }): Promise<Reloaded> {
    const reading = this.#reading.then(async () => {
      const found = await this.#read();
      this.#files = new Map(found.map((entry) => [entry.name, this.#withLastGood(entry)]));
      if (forgetDeleted) for (const [name, put] of this.#laidOver) if (put === null) this.#laidOver.delete(name);
      const reloaded = { profiles: this.list().filter(({ profile }) => profile).length, mistakes: this.mistakes };
      this.changed.publish(reloaded);
      return reloaded;
    });
    this.#reading = reading.catch(() => undefined); // a reading that failed must not fail those after it
    return reading;
  }

  /** What is wrong with the files as they were last read. */
  get mistakes(): readonly PlacedMistake[] {
    return [...this.#files.values()].flatMap(({ mistakes }) => mistakes);
  }

  /** Reads again whenever a file changes, until `close`. */
  async watch(): Promise<void> {
    const { shipped, overlay, clock, log } = this.#options;
    this.#stop = await watchFolders({
      folders: overlay === undefined ? [shipped] : [shipped, overlay],
      clock,
      changed: async () => {
        const { profiles, mistakes } = await this.reload({ forgetDeleted: false });
        const shown = mistakes.map(showMistake);
        if (shown.length > 0) log.warn({ mistakes: shown }, 'profiles have mistakes, their last good text stays');
        else log.info({ profiles }, 'profiles read again');
      },
      failed: (error) => log.warn({ err: error }, 'profiles cannot be read again'),
    });
  }

  close(): void {
    this.#stop();
  }

  async #read(): Promise<ShelfEntry[]> {
    const { shipped, overlay } = this.#options;
    const entries = new Map<string, ShelfEntry>();
    for (const file of await readFolder(shipped)) entries.set(file.name, this.#entryOf(file, 'shipped'));
    for (const file of overlay === undefined ? [] : await readFolder(overlay))
      entries.set(file.name, this.#entryOf(file, 'folder'));
    return [...entries.values()];
  }

  #entryOf({ name, file, text, mistake }: ProfileFile, source: Source): ShelfEntry {
    if (text === undefined) return { name, source, mistakes: mistake ? [mistake] : [] };
    const read = readProfile(text, file, this.#options.known);
    if ('mistakes' in read) return { name, source, mistakes: read.mistakes };
    return { name, source, profile: { name, source, file, text, ...read }, mistakes: [] };
  }

  #withLastGood(entry: ShelfEntry): ShelfEntry {
    const last = this.#files.get(entry.name)?.profile;
    return entry.profile || !last ? entry : { ...entry, profile: last };
  }

  #refuseTooMuch(name: string, text: string): void {
    const others = [...this.#laidOver.values()].filter((put) => put !== null && put.name !== name);
    if (others.length >= MAX_PUT_PROFILES)
      throw new Refusal('validation_failed', `at most ${MAX_PUT_PROFILES} profiles can be put`);
    const bytes = others.reduce((sum, put) => sum + Buffer.byteLength(put?.text ?? ''), Buffer.byteLength(text));
    if (bytes > MAX_PUT_BYTES)
      throw new Refusal('validation_failed', `profiles put would take ${bytes} bytes, at most ${MAX_PUT_BYTES}`);
  }

  #unknown(name: string): Refusal {
    const known = this.list().map((entry) => entry.name);
    const close = nearest(name, known);
    return new Refusal(
      'unknown_profile',
      `no profile ${JSON.stringify(name.slice(0, 80))}${close ? `; did you mean ${close}?` : ''}`,
      { known, ...(close && { nearest: close }) },
    );
  }
}
