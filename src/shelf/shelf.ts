// The shelf of profiles: shipped files, the user's laid over them, and in memory what was put or deleted since.
import { type PlacedMistake, showMistake } from '../base/document.ts';
import { nearest } from '../base/nearest.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import { YamlApart } from '../base/yaml-apart.ts';
import type { CheckedRule, KnownNames } from '../faults/check.ts';
import type { FileEntry, FileRead, FileText } from './file-entry.ts';
import { BadFiles, Files, openFiles, type Places } from './files.ts';
import { PROFILES, refuseMisplaced } from './folder.ts';
import { MAX_PROFILE_BYTES, PROFILE_NAME, PROFILE_NAME_FORM, type Profile, readProfile } from './profile.ts';

/** Profiles put in memory at once, and their text in all. */
export const MAX_PUT_PROFILES = 1000;
export const MAX_PUT_BYTES = 8_388_608;

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
  /** There is a profile. Unlike `profile`, it may be asked at no cost: one may be read when it is first asked for. */
  readonly usable: boolean;
  readonly profile?: ShelvedProfile | undefined;
  /** What is wrong with the newest file, while the last good one stays in its place. */
  readonly mistakes: readonly PlacedMistake[];
  /** The newest file, when it could be read and has mistakes. */
  readonly badText?: string | undefined;
}

export interface ShelfOptions extends Places {
  readonly known: KnownNames;
}

/** Thrown at the start, when there is no last good shelf to stay with. */
export class BadProfiles extends BadFiles {
  override readonly name = 'BadProfiles';
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
  await shelf.open();
  return shelf;
}

export class Shelf {
  /** Every reading of the folders. */
  readonly changed: Topic<Reloaded> = createTopic();
  readonly #options: ShelfOptions;
  readonly #files: Files<ShelvedProfile>;
  readonly #apart: YamlApart;
  /** Null: deleted, whatever the folders hold. */
  readonly #laidOver = new Map<string, ShelvedProfile | null>();

  constructor(options: ShelfOptions) {
    this.#options = options;
    this.#apart = new YamlApart(options.clock);
    this.#files = new Files({ ...options, section: PROFILES, reader: () => (found) => this.#read(found) });
    this.#files.changed.subscribe(() => this.changed.publish(this.#reloaded()));
  }

  /** Reads the folders and watches them; throws BadProfiles, and stops to watch, when any file is bad. */
  open(): Promise<void> {
    return openFiles(this.#files, (mistakes) => new BadProfiles(mistakes));
  }

  /** Only shipped files, all of them, and each as it is known to be good. */
  get untouched(): boolean {
    return this.#laidOver.size === 0 && this.#files.untouched;
  }

  /** Reads what nobody has asked for yet, so that going through the list keeps nobody waiting. */
  readAll(): Promise<void> {
    return this.#files.readAll();
  }

  /** Every profile by name, also those whose file is bad. */
  list(): ShelfEntry[] {
    const entries = new Map([...this.#files.entries.values()].map((entry) => [entry.name, onShelf(entry)]));
    for (const [name, put] of this.#laidOver) {
      if (put) entries.set(name, { name, source: 'memory', usable: true, profile: put, mistakes: [] });
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
    if (put) return { name, source: 'memory', usable: true, profile: put, mistakes: [] };
    const entry = this.#files.entries.get(name);
    return entry && onShelf(entry);
  }

  /** Lays a profile over whatever has its name, in memory only. True when the name is new. */
  async put(name: string, text: string): Promise<{ readonly profile: ShelvedProfile; readonly created: boolean }> {
    const file = `profiles/${name}.yaml`;
    if (!PROFILE_NAME.test(name)) throw new Refusal('malformed', `the name of a profile ${PROFILE_NAME_FORM}`);
    const tooLong = Buffer.byteLength(text) > MAX_PROFILE_BYTES; // refused unparsed
    const parsed = tooLong ? undefined : await this.#apart.parse(text);
    const read = readProfile(text, file, this.#options.known, parsed);
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
    if (this.#files.entries.has(name)) this.#laidOver.set(name, null);
    else this.#laidOver.delete(name);
  }

  /** Reads both folders and takes what is good in one step; a bad file leaves the last good one where it is. */
  async reload({ forgetDeleted }: { readonly forgetDeleted: boolean }): Promise<Reloaded> {
    await this.#files.reload(() => {
      if (forgetDeleted) for (const [name, put] of this.#laidOver) if (put === null) this.#laidOver.delete(name);
    });
    return this.#reloaded();
  }

  /** What is wrong with the files as they were last read. */
  get mistakes(): readonly PlacedMistake[] {
    return this.#files.mistakes;
  }

  close(): void {
    this.#files.close();
  }

  #reloaded(): Reloaded {
    return { profiles: this.list().filter(({ usable }) => usable).length, mistakes: this.mistakes };
  }

  #read({ name, source, file, text }: FileText): FileRead<ShelvedProfile> {
    const read = readProfile(text, file, this.#options.known);
    return 'mistakes' in read ? read : { item: { name, source, file, text, ...read } };
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
      `no profile ${JSON.stringify(name.slice(0, 80))}${close ? `; did you mean ${close}?` : ''}; all are listed by \`showstopper profiles\``,
      { known, ...(close && { nearest: close }) },
    );
  }
}

const onShelf = (entry: FileEntry<ShelvedProfile>): ShelfEntry => ({
  name: entry.name,
  source: entry.source,
  usable: entry.usable,
  mistakes: entry.mistakes,
  badText: entry.badText,
  get profile() {
    return entry.item;
  },
});
