// showstopper check: reads profiles and scenarios as the server would, and names every mistake with file and line.
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../../base/counted.ts';
import { MAX_DOCUMENT_BYTES, type PlacedMistake, showMistake } from '../../base/document.ts';
import { SHIPPED_FAULTS } from '../../base/package.ts';
import { readTextFile, UnreadableFile } from '../../base/text-file.ts';
import { faultsFolder } from '../../config/client-settings.ts';
import { doorNamesOf } from '../../config/known-doors.ts';
import { sellersOf } from '../../config/known-sellers.ts';
import type { CheckedRule, KnownNames } from '../../faults/check.ts';
import { faults } from '../../faults/registry.ts';
import { PROFILES, readFolder, SCENARIOS, type Section } from '../../shelf/folder.ts';
import { readProfile } from '../../shelf/profile.ts';
import { readScenario, type ScenarioNames } from '../../shelf/scenario.ts';
import { ClientNames } from '../../upstream/client-names.ts';
import { OF_THE_API } from '../../upstream/operations/known-operations.ts';
import { OPERATION_NAMES } from '../../upstream/operations/operations.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { print } from '../terminal.ts';

/** A text to be checked, or why there is none. */
interface Source {
  readonly section: Section;
  readonly file: string;
  readonly text?: string;
  readonly mistake?: PlacedMistake;
}

export function check(command: Command): void {
  command
    .argument(
      '[FILES...]',
      'documents, or folders with profiles/ and scenarios/; default the shipped ones and SHOWSTOPPER_FAULTS',
    )
    .option('--json', 'prints the mistakes as JSON')
    .addHelpText(
      'after',
      `\nKinds: ${faults.map(({ name }) => name).join(', ')}.\nOperations: ${OPERATION_NAMES.join(', ')}.`,
    )
    .action(async (files: string[], { json }: { json?: true }) => {
      const overlay = faultsFolder();
      const asked = files.length > 0 ? files : [SHIPPED_FAULTS, ...(overlay === undefined ? [] : [overlay])];
      const known = { ...OF_THE_API, doors: doorNamesOf(), clients: new ClientNames(sellersOf()) };
      const sources = (await Promise.all(asked.map(sourcesOf))).flat();
      const beside = asked.flatMap((path) => [join(path, '..'), join(path, '../..')]);
      const texts = await profileTexts(sources, [...beside, ...(overlay === undefined ? [] : [overlay])]);
      const names = { ...known, profiles: [...texts.keys()].sort(), rulesOf: rulesIn(texts, known) };
      const mistakes = sources.flatMap((source) => mistakesIn(source, names));
      if (json) print(JSON.stringify({ files: sources.length, mistakes }, null, 2));
      else if (mistakes.length === 0) print(`${sectionsWords(sources)} checked, no mistake`);
      if (mistakes.length > 0)
        throw new Failure(EXIT.badInput, json ? summary(mistakes) : mistakes.map(showMistake).join('\n'));
    });
}

const summary = (mistakes: readonly PlacedMistake[]): string => counted(mistakes.length, 'mistake');

/** `17 profiles and 8 scenarios`. */
function sectionsWords(sources: readonly Source[]): string {
  return [PROFILES, SCENARIOS]
    .map((section) => ({ section, count: sources.filter((source) => source.section === section).length }))
    .filter(({ section, count }) => count > 0 || section === PROFILES)
    .map(({ section, count }) => counted(count, section.noun))
    .join(' and ');
}

/** A scenario may name profiles that ship, those in folders beside it and in the user's, and those checked with it. */
async function profileTexts(
  sources: readonly Source[],
  overlays: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const folders = [...new Set([SHIPPED_FAULTS, ...overlays])];
  const found = (await Promise.all(folders.map((folder) => readFolder(folder, PROFILES)))).flatMap(
    ({ files }) => files,
  );
  const asked = sources.filter(({ section }) => section === PROFILES);
  return new Map([
    ...found.map(({ name, text }) => [name, text] as const),
    ...asked.map(({ file, text }) => [nameOf(file), text] as const),
  ]);
}

/** Reads a profile when a scenario first asks for it. */
function rulesIn(
  texts: ReadonlyMap<string, string | undefined>,
  known: KnownNames,
): (profile: string) => readonly CheckedRule[] | undefined {
  const rules = new Map<string, readonly CheckedRule[] | undefined>();
  return (profile) => {
    const text = texts.get(profile);
    if (rules.has(profile) || text === undefined) return rules.get(profile);
    const read = readProfile(text, profile, known);
    rules.set(profile, 'checked' in read ? read.checked : undefined);
    return rules.get(profile);
  };
}

const nameOf = (file: string): string => basename(file).replace(/\.ya?ml$/, '');

async function sourcesOf(path: string): Promise<readonly Source[]> {
  const section = basename(dirname(path)) === SCENARIOS.folder ? SCENARIOS : PROFILES;
  try {
    if (!(await stat(path)).isDirectory())
      return [sourceOf(path, await readTextFile(path, MAX_DOCUMENT_BYTES), section)];
    const found: Source[] = [];
    for (const part of [PROFILES, SCENARIOS]) {
      const { files, mistake } = await readFolder(path, part);
      found.push(...files.map((file) => ({ ...file, section: part })));
      if (mistake) found.push({ section: part, file: mistake.file, mistake });
    }
    if (found.length > 0) return found;
    return [broken(path, 'has no profiles in its folder profiles/, and no scenarios in scenarios/')];
  } catch (error) {
    if (error instanceof UnreadableFile) return [broken(path, error.message)];
    return [broken(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

/** A scenario outside of a folder scenarios/ is known by its cues. */
const sourceOf = (file: string, text: string, section: Section): Source => ({
  section: /^["']?cues["']?\s*:/m.test(text) ? SCENARIOS : section,
  file,
  text,
});

const broken = (file: string, message: string): Source => ({
  section: PROFILES,
  file,
  mistake: { file, line: 1, path: '', message },
});

function mistakesIn({ section, file, text, mistake }: Source, known: ScenarioNames): readonly PlacedMistake[] {
  if (text === undefined) return mistake ? [mistake] : [];
  const read = section === SCENARIOS ? readScenario(text, file, known) : readProfile(text, file, known);
  return 'mistakes' in read ? read.mistakes : [];
}
