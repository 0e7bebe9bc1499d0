// Which texts of a faults folder are known to be without mistakes: nobody need read them before they are asked for.
import { join } from 'node:path';
import { digestOf } from '../base/digest.ts';
import { readTextFile } from '../base/text-file.ts';
import type { Section } from './folder.ts';

/** Beside the sections; written by `npm run fix`. */
export const KNOWN_GOOD_FILE = 'known-good.json';
const MAX_BYTES = 1_048_576;

/** Digests of texts by section and name. */
export type KnownGood = Readonly<Partial<Record<Section['folder'], Readonly<Record<string, string>>>>>;

/** None without the list, or where it is no list: then every text is read. */
export async function readKnownGood(faults: string): Promise<KnownGood> {
  try {
    return Object(JSON.parse(await readTextFile(join(faults, KNOWN_GOOD_FILE), MAX_BYTES))) as KnownGood;
  } catch {
    return {};
  }
}

/** Whether exactly this text is in the list. */
export const isKnownGood = (
  list: KnownGood,
  section: Section,
  { name, text }: Readonly<Record<'name' | 'text', string>>,
) => Object.hasOwn(Object(list[section.folder]), name) && list[section.folder]?.[name] === digestOf(text);
