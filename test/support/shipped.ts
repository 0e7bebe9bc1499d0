// The profiles and scenarios that come with the program, as text and in their checked form.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlacedMistake } from '../../src/base/document.ts';
import { type Profile, readProfile } from '../../src/shelf/profile.ts';
import { readScenario, type Scenario } from '../../src/shelf/scenario.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { UNMATCHED } from '../../src/upstream/operations/segments.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const KNOWN = { operations: [...OPERATION_NAMES, UNMATCHED], doors: ['main'] };

/** A shipped document. */
export interface Shipped {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

export const shippedProfiles = (): Shipped[] => shippedIn('faults/profiles');
export const shippedScenarios = (): Shipped[] => shippedIn('faults/scenarios');

const shippedIn = (folder: string): Shipped[] =>
  readdirSync(join(ROOT, folder))
    .sort()
    .map((file) => ({
      name: basename(file, '.yaml'),
      file: `${folder}/${file}`,
      text: readFileSync(join(ROOT, folder, file), 'utf8'),
    }));

/** A shipped profile in its checked form; a mistake is thrown with file and line. */
export function parseShipped({ text, file }: Shipped): Profile {
  const read = readProfile(text, file, KNOWN);
  if ('profile' in read) return read.profile;
  throw mistaken(file, read.mistakes);
}

/** The same of a scenario. */
export function parseScenario({ text, file }: Shipped): Scenario {
  const read = readScenario(text, file, { ...KNOWN, profiles: shippedProfiles().map(({ name }) => name) });
  if ('scenario' in read) return read.scenario;
  throw mistaken(file, read.mistakes);
}

const mistaken = (file: string, mistakes: readonly PlacedMistake[]): Error =>
  new Error(mistakes.map(({ line, path, message }) => `${file}:${line} ${path}: ${message}`).join('\n'));
