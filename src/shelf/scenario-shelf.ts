// The shelf of scenarios: shipped files and the user's laid over them, checked against the profiles there are.
import type { PlacedMistake } from '../base/document.ts';
import { nearest } from '../base/nearest.ts';
import { Refusal } from '../base/refusal.ts';
import type { Topic } from '../base/topic.ts';
import type { CheckedRule, KnownNames } from '../faults/check.ts';
import type { FileEntry, FileRead, FileText } from './file-entry.ts';
import { BadFiles, Files, openFiles, type Places } from './files.ts';
import { refuseMisplaced, SCENARIOS } from './folder.ts';
import { readScenario, type Scenario } from './scenario.ts';

/** A scenario that can be played. */
export interface ShelvedScenario extends FileText {
  readonly scenario: Scenario;
}

/** What the scenarios need of the shelf of profiles. */
interface Profiles {
  list(): readonly {
    readonly name: string;
    readonly profile?: { readonly checked: readonly CheckedRule[] } | undefined;
  }[];
  /** They are the shipped ones; then so may be whatever names them. */
  readonly untouched: boolean;
  readonly changed: Pick<Topic<unknown>, 'subscribe'>;
}

export interface ScenarioShelfOptions extends Places {
  readonly known: KnownNames;
  readonly profiles: Profiles;
}

export class BadScenarios extends BadFiles {
  override readonly name = 'BadScenarios';
}

/** Reads the folders and watches them; rejects with BadScenarios when any file is bad. */
export async function createScenarioShelf(options: ScenarioShelfOptions): Promise<ScenarioShelf> {
  if (options.overlay !== undefined) await refuseMisplaced(options.overlay);
  const shelf = new ScenarioShelf(options);
  await shelf.open();
  return shelf;
}

export class ScenarioShelf {
  readonly #files: Files<ShelvedScenario>;
  readonly #options: ScenarioShelfOptions;
  #forget: () => void = () => {};

  constructor(options: ScenarioShelfOptions) {
    this.#options = options;
    this.#files = new Files({
      ...options,
      section: SCENARIOS,
      reader: () => this.#reader(),
      mayWait: () => options.profiles.untouched,
    });
  }

  /** Throws BadScenarios, and stops to watch, when any file is bad. */
  async open(): Promise<void> {
    const { profiles, log } = this.#options;
    await openFiles(this.#files, (mistakes) => new BadScenarios(mistakes));
    // a profile that came or went may mend or spoil what names it
    this.#forget = profiles.changed.subscribe(() => {
      this.reload().catch((error: unknown) => log.warn({ err: error }, 'scenarios cannot be read again'));
    });
  }

  /** Every scenario by name, also those whose file is bad. */
  list(): FileEntry<ShelvedScenario>[] {
    return [...this.#files.entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Reads what nobody has asked for yet, so that going through the list keeps nobody waiting. */
  readAll(): Promise<void> {
    return this.#files.readAll();
  }

  /** A name is only ever looked up; it is never a path. */
  get(name: string): ShelvedScenario {
    const entry = this.#files.entries.get(name);
    if (entry?.item) return entry.item;
    if (entry)
      throw new Refusal('validation_failed', `the file of scenario ${JSON.stringify(name)} has mistakes`, {
        errors: entry.mistakes,
      });
    const known = this.list().map((one) => one.name);
    const close = nearest(name, known);
    const hint = `${close ? `; did you mean ${close}?` : ''}; all are listed by \`showstopper scenarios\``;
    throw new Refusal('unknown_scenario', `no scenario ${JSON.stringify(name.slice(0, 80))}${hint}`, {
      known,
      ...(close && { nearest: close }),
    });
  }

  /** A bad file leaves the last good one where it is. */
  reload(): Promise<void> {
    return this.#files.reload();
  }

  /** Every reading of the folders. */
  get changed(): Topic<void> {
    return this.#files.changed;
  }

  /** What is wrong with the files as they were last read. */
  get mistakes(): readonly PlacedMistake[] {
    return this.#files.mistakes;
  }

  close(): void {
    this.#forget();
    this.#files.close();
  }

  #reader(): (found: FileText) => FileRead<ShelvedScenario> {
    const shelved = this.#options.profiles.list();
    const profiles = shelved.map(({ name }) => name);
    const rulesOf = (profile: string) => shelved.find(({ name }) => name === profile)?.profile?.checked;
    return (found) => {
      const read = readScenario(found.text, found.file, { ...this.#options.known, profiles, rulesOf });
      return 'mistakes' in read ? read : { item: { ...found, scenario: read.scenario } };
    };
  }
}
