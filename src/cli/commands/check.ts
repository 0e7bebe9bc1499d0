// showstopper check: reads profile files as the server would, and names every mistake with file and line.
import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { type PlacedMistake, showMistake } from '../../base/document.ts';
import { SHIPPED_FAULTS } from '../../base/package.ts';
import { faultsFolder } from '../../config/client-settings.ts';
import { doorNamesOf } from '../../config/known-doors.ts';
import type { KnownNames } from '../../faults/check.ts';
import { faults } from '../../faults/registry.ts';
import { readFolder } from '../../scenarios/folder.ts';
import { readProfile } from '../../scenarios/profile.ts';
import { OPERATION_NAMES } from '../../upstream/operations.ts';
import { UNMATCHED } from '../../upstream/reception.ts';
import { counted } from '../table.ts';
import { EXIT, Failure } from '../verdict.ts';

/** A text to be checked, or why there is none. */
interface Source {
  readonly file: string;
  readonly text?: string;
  readonly mistake?: PlacedMistake;
}

export function check(command: Command): void {
  command
    .argument('[FILES...]', 'profiles, or folders that hold profiles/; default the shipped ones and SHOWSTOPPER_FAULTS')
    .option('--json', 'prints the mistakes as JSON')
    .addHelpText(
      'after',
      `\nKinds: ${faults.map(({ name }) => name).join(', ')}.\nOperations: ${OPERATION_NAMES.join(', ')}.`,
    )
    .action(async (files: string[], { json }: { json?: true }) => {
      const overlay = faultsFolder();
      const asked = files.length > 0 ? files : [SHIPPED_FAULTS, ...(overlay === undefined ? [] : [overlay])];
      const known = { operations: [...OPERATION_NAMES, UNMATCHED], doors: doorNamesOf() };
      const sources = (await Promise.all(asked.map(sourcesOf))).flat();
      const mistakes = sources.flatMap((source) => mistakesIn(source, known));
      if (json) process.stdout.write(`${JSON.stringify({ files: sources.length, mistakes }, null, 2)}\n`);
      else if (mistakes.length === 0)
        process.stdout.write(`${counted(sources.length, 'profile')} checked, no mistake\n`);
      if (mistakes.length > 0)
        throw new Failure(EXIT.badInput, json ? summary(mistakes) : mistakes.map(showMistake).join('\n'));
    });
}

const summary = (mistakes: readonly PlacedMistake[]): string => counted(mistakes.length, 'mistake');

async function sourcesOf(path: string): Promise<readonly Source[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ file: path, text: await readFile(path, 'utf8') }];
    const found = await readFolder(path);
    if (found.length > 0) return found;
    return [broken(path, 'has no profiles in its folder profiles/')];
  } catch (error) {
    return [broken(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

const broken = (file: string, message: string): Source => ({ file, mistake: { file, line: 1, path: '', message } });

function mistakesIn({ file, text, mistake }: Source, known: KnownNames): readonly PlacedMistake[] {
  if (text === undefined) return mistake ? [mistake] : [];
  const read = readProfile(text, file, known);
  return 'mistakes' in read ? read.mistakes : [];
}
