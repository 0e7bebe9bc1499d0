// The files of one section of a faults folder as they are now: bounded, and never one outside of it.
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import type { PlacedMistake } from '../base/document.ts';
import { readTextFile, UnreadableFile } from '../base/text-file.ts';
import { MAX_PROFILE_BYTES, PROFILE_NAME, PROFILE_NAME_FORM } from './profile.ts';
import { MAX_SCENARIO_BYTES } from './scenario.ts';

/** Files in one section; those beyond, by name, are not read, which is a mistake. */
export const MAX_FOLDER_FILES = 1000;

/** A part of a faults folder that holds one sort of document. */
export interface Section {
  /** Below the faults folder; also what its documents are called together. */
  readonly folder: 'profiles' | 'scenarios';
  /** What one of its documents is called. */
  readonly noun: 'profile' | 'scenario';
  readonly maxBytes: number;
}

export const PROFILES: Section = { folder: 'profiles', noun: 'profile', maxBytes: MAX_PROFILE_BYTES };
export const SCENARIOS: Section = { folder: 'scenarios', noun: 'scenario', maxBytes: MAX_SCENARIO_BYTES };
const SECTIONS = [PROFILES, SCENARIOS];

const ENDING = /\.ya?ml$/;

/** A file's text, or why it cannot be had. */
export interface FoundFile {
  readonly name: string;
  readonly file: string;
  readonly text?: string;
  readonly mistake?: PlacedMistake;
}

/** What a section's folder holds. */
export interface FoundFolder {
  /** Sorted by name. */
  readonly files: readonly FoundFile[];
  /** Why it was not read, or not in whole. */
  readonly mistake?: PlacedMistake;
  /** Whether there may be a document of this name that was not read. */
  mayHold(name: string): boolean;
}

/**
 * `faults` is a folder with the section's folder in it; none there is none at all. Each file is also handed to `take` as
 * it is read, so that whoever parses a thousand of them keeps nobody waiting.
 */
export async function readFolder(
  faults: string,
  section: Section,
  take: (file: FoundFile) => void = () => {},
): Promise<FoundFolder> {
  const folder = join(faults, section.folder);
  let names: string[];
  try {
    names = await documentFiles(folder);
  } catch (error) {
    const mistake = mistakeIn(folder, `cannot be read: ${(error as Error).message}`);
    return { files: [], mistake, mayHold: () => true };
  }
  const files: FoundFile[] = [];
  const read = new Map<string, string>();
  for (const entry of names.slice(0, MAX_FOLDER_FILES)) {
    const found = await readOne(folder, entry, section);
    const twin = read.get(found.name);
    read.set(found.name, twin ?? entry);
    const file = twin === undefined ? found : broken(found.file, `has the same name as ${twin}`);
    files.push(file);
    take(file);
  }
  const beyond = new Set(names.slice(MAX_FOLDER_FILES).map(nameOf));
  if (beyond.size === 0) return { files, mayHold: () => false };
  const words = `has ${names.length} ${section.folder}, and at most ${MAX_FOLDER_FILES} are read, by name: ${names[MAX_FOLDER_FILES]} and all behind it are not`;
  return { files, mistake: mistakeIn(folder, words), mayHold: (name) => beyond.has(name) };
}

/** Changes when a file comes, goes or is written; a container's bind mount may tell of it in no other way. */
export async function folderStamp(faults: string, section: Section): Promise<string> {
  const folder = join(faults, section.folder);
  const stamps: string[] = [];
  const names = await documentFiles(folder).catch(({ message }: Error) => [message]);
  for (const file of names.slice(0, MAX_FOLDER_FILES + 1)) {
    const { mtimeMs, size, ino } = await stat(join(folder, file)).catch(() => ({ mtimeMs: 0, size: -1, ino: 0 }));
    stamps.push(`${file} ${mtimeMs} ${size} ${ino}`);
  }
  return stamps.join('\n');
}

/** The user's folder cannot be used at all. */
export class BadFaultsFolder extends Error {
  override readonly name = 'BadFaultsFolder';
}

/** Throws a BadFaultsFolder when the user's folder is not there, or has its documents where nobody looks for them. */
export async function refuseMisplaced(faults: string): Promise<void> {
  const entries = await readdir(faults).catch((error: NodeJS.ErrnoException) => {
    throw new BadFaultsFolder(`${faults}: the folder of faults cannot be read: ${error.message}`);
  });
  const hasSections = SECTIONS.some(({ folder }) => entries.includes(folder));
  if (!hasSections && entries.some((entry) => ENDING.test(entry)))
    throw new BadFaultsFolder(
      `${faults}: profiles belong into ${join(faults, PROFILES.folder)}, scenarios into ${join(faults, SCENARIOS.folder)}`,
    );
}

async function documentFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => ENDING.test(entry) && !entry.startsWith('.')).sort();
}

async function readOne(folder: string, entry: string, { noun, maxBytes }: Section): Promise<FoundFile> {
  const file = join(folder, entry);
  const name = nameOf(entry);
  if (!PROFILE_NAME.test(name)) return broken(file, `the name of a ${noun} ${PROFILE_NAME_FORM}`);
  try {
    if ((await lstat(file)).isSymbolicLink() && !(await leadsInside(folder, file)))
      return broken(file, 'is a link that leaves its folder, which is not followed');
    return { name, file, text: await readTextFile(file, maxBytes) };
  } catch (error) {
    if (error instanceof UnreadableFile) return broken(file, error.message);
    return broken(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function leadsInside(folder: string, link: string): Promise<boolean> {
  const [home, target] = await Promise.all([realpath(folder), realpath(link)]);
  return target.startsWith(home + sep);
}

const nameOf = (entry: string): string => entry.replace(ENDING, '');

const mistakeIn = (file: string, message: string): PlacedMistake => ({ file, line: 1, path: '', message });

const broken = (file: string, message: string): FoundFile => ({
  name: nameOf(basename(file)),
  file,
  mistake: mistakeIn(file, message),
});
