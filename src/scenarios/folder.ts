// The files of one section of a faults folder as they are now: bounded, and never one outside of it.
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import type { PlacedMistake } from '../base/document.ts';
import { MAX_PROFILE_BYTES, PROFILE_NAME, PROFILE_NAME_FORM } from './profile.ts';
import { MAX_SCENARIO_BYTES } from './scenario.ts';

/** Files in one section; more are a mistake. */
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

/** `faults` is a folder with the section's folder in it; none there is none at all. Sorted by name. */
export async function readFolder(faults: string, section: Section): Promise<FoundFile[]> {
  const folder = join(faults, section.folder);
  const files = await documentFiles(folder);
  if (files.length > MAX_FOLDER_FILES)
    return [broken(folder, `has ${files.length} ${section.folder}, at most ${MAX_FOLDER_FILES} are allowed`)];
  const read: FoundFile[] = [];
  for (const file of files) {
    const found = await readOne(folder, file, section);
    const twin = read.find(({ name }) => name === found.name);
    read.push(twin ? broken(found.file, `has the same name as ${basename(twin.file)}`) : found);
  }
  return read;
}

/** Changes when a file comes, goes or is written; a container's bind mount may tell of it in no other way. */
export async function folderStamp(faults: string, section: Section): Promise<string> {
  const folder = join(faults, section.folder);
  const stamps: string[] = [];
  for (const file of (await documentFiles(folder)).slice(0, MAX_FOLDER_FILES + 1)) {
    const { mtimeMs, size, ino } = await stat(join(folder, file)).catch(() => ({ mtimeMs: 0, size: -1, ino: 0 }));
    stamps.push(`${file} ${mtimeMs} ${size} ${ino}`);
  }
  return stamps.join('\n');
}

/** Throws when the user's folder is not there, or has its documents where nobody looks for them. */
export async function refuseMisplaced(faults: string): Promise<void> {
  const entries = await readdir(faults).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${faults}: the folder of faults cannot be read: ${error.message}`);
  });
  const hasSections = SECTIONS.some(({ folder }) => entries.includes(folder));
  if (!hasSections && entries.some((entry) => ENDING.test(entry)))
    throw new Error(
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
  const name = entry.replace(ENDING, '');
  if (!PROFILE_NAME.test(name)) return broken(file, `the name of a ${noun} ${PROFILE_NAME_FORM}`);
  try {
    if ((await lstat(file)).isSymbolicLink() && !(await leadsInside(folder, file)))
      return broken(file, 'is a link that leaves its folder, which is not followed');
    const { size } = await stat(file);
    if (size > maxBytes) return broken(file, `is longer than ${maxBytes} bytes`);
    return { name, file, text: await readFile(file, 'utf8') };
  } catch (error) {
    return broken(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function leadsInside(folder: string, link: string): Promise<boolean> {
  const [home, target] = await Promise.all([realpath(folder), realpath(link)]);
  return target.startsWith(home + sep);
}

const broken = (file: string, message: string): FoundFile => ({
  name: basename(file).replace(ENDING, ''),
  file,
  mistake: { file, line: 1, path: '', message },
});
