// The profile files of one folder as they are now: bounded, and never one outside of it.
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import type { PlacedMistake } from '../base/document.ts';
import { MAX_PROFILE_BYTES, PROFILE_NAME, PROFILE_NAME_FORM } from './profile.ts';

/** Profile files in one folder; more are a mistake. */
export const MAX_FOLDER_FILES = 1000;

const ENDING = /\.ya?ml$/;

/** A file's text, or why it cannot be had. */
export interface ProfileFile {
  readonly name: string;
  readonly file: string;
  readonly text?: string;
  readonly mistake?: PlacedMistake;
}

/** `faults` is a folder with `profiles/` in it; none there is none at all. Sorted by name. */
export async function readFolder(faults: string): Promise<ProfileFile[]> {
  const folder = join(faults, 'profiles');
  const files = await profileFiles(folder);
  if (files.length > MAX_FOLDER_FILES)
    return [broken(folder, `has ${files.length} profiles, at most ${MAX_FOLDER_FILES} are allowed`)];
  const read: ProfileFile[] = [];
  for (const file of files) {
    const found = await readOne(folder, file);
    const twin = read.find(({ name }) => name === found.name);
    read.push(twin ? broken(found.file, `has the same name as ${basename(twin.file)}`) : found);
  }
  return read;
}

/** Changes when a file comes, goes or is written; a container's bind mount may tell of it in no other way. */
export async function folderStamp(faults: string): Promise<string> {
  const folder = join(faults, 'profiles');
  const stamps: string[] = [];
  for (const file of (await profileFiles(folder)).slice(0, MAX_FOLDER_FILES + 1)) {
    const { mtimeMs, size, ino } = await stat(join(folder, file)).catch(() => ({ mtimeMs: 0, size: -1, ino: 0 }));
    stamps.push(`${file} ${mtimeMs} ${size} ${ino}`);
  }
  return stamps.join('\n');
}

/** Throws when the user's folder is not there, or has its profiles where nobody looks for them. */
export async function refuseMisplaced(faults: string): Promise<void> {
  const entries = await readdir(faults).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${faults}: the folder of faults cannot be read: ${error.message}`);
  });
  if (!entries.includes('profiles') && entries.some((entry) => ENDING.test(entry)))
    throw new Error(`${faults}: profiles belong into ${join(faults, 'profiles')}`);
}

async function profileFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => ENDING.test(entry) && !entry.startsWith('.')).sort();
}

async function readOne(folder: string, entry: string): Promise<ProfileFile> {
  const file = join(folder, entry);
  const name = entry.replace(ENDING, '');
  if (!PROFILE_NAME.test(name)) return broken(file, `the name of a profile ${PROFILE_NAME_FORM}`);
  try {
    if ((await lstat(file)).isSymbolicLink() && !(await leadsInside(folder, file)))
      return broken(file, 'is a link that leaves its folder, which is not followed');
    const { size } = await stat(file);
    if (size > MAX_PROFILE_BYTES) return broken(file, `is longer than ${MAX_PROFILE_BYTES} bytes`);
    return { name, file, text: await readFile(file, 'utf8') };
  } catch (error) {
    return broken(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function leadsInside(folder: string, link: string): Promise<boolean> {
  const [home, target] = await Promise.all([realpath(folder), realpath(link)]);
  return target.startsWith(home + sep);
}

const broken = (file: string, message: string): ProfileFile => ({
  name: basename(file).replace(ENDING, ''),
  file,
  mistake: { file, line: 1, path: '', message },
});
