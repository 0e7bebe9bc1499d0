// Everything in the repository that is written from the code: schemas for editors, and tables in the README and docs.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlacedMistake } from '../../src/base/document.ts';
import { catalogJsonSchema } from '../../src/box-office/season/catalog-schema.ts';
import { lastedWords } from '../../src/cli/playback-words.ts';
import { settingsMarkdown } from '../../src/config.ts';
import { kindsMarkdown, markdownTable } from '../../src/faults/reference.ts';
import { faults } from '../../src/faults/registry.ts';
import { type Profile, readProfile } from '../../src/shelf/profile.ts';
import { profileJsonSchema } from '../../src/shelf/profile-schema.ts';
import { readScenario, type Scenario } from '../../src/shelf/scenario.ts';
import { scenarioJsonSchema } from '../../src/shelf/scenario-schema.ts';
import { showStoryTime } from '../../src/shelf/story-time.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { UNMATCHED } from '../../src/upstream/operations/segments.ts';
import { behindProxiesBlocks } from './behind-proxies.ts';

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

export interface Generated {
  /** From the project's root. */
  readonly path: string;
  readonly expected: string;
}

export function generatedFiles(): Generated[] {
  return [
    { path: 'faults/schema.json', expected: json(profileJsonSchema()) },
    { path: 'faults/scenario-schema.json', expected: json(scenarioJsonSchema()) },
    { path: 'faults/catalog-schema.json', expected: json(catalogJsonSchema()) },
    pageOf('README.md', readmeBlocks()),
    pageOf('docs/in-between.md', behindProxiesBlocks()),
  ];
}

const pageOf = (path: string, blocks: ReadonlyMap<string, string>): Generated => ({
  path,
  expected: withBlocks(readFileSync(join(ROOT, path), 'utf8'), blocks, path),
});

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Name of a block in the README to its text. */
function readmeBlocks(): ReadonlyMap<string, string> {
  return new Map([
    ['kinds', kindsMarkdown(faults)],
    ['profiles', profilesMarkdown()],
    ['scenarios', scenariosMarkdown()],
    ['settings', settingsMarkdown().trim()],
  ]);
}

function profilesMarkdown(): string {
  const rows = shippedProfiles().map((shipped) => {
    const { summary, rules } = parseShipped(shipped);
    const kinds = [...new Set(rules.map(({ fault }) => `\`${fault}\``))];
    return [`[\`${shipped.name}\`](${shipped.file})`, summary, kinds.join(', ')];
  });
  return markdownTable(['profile', 'what a seller will see', 'kinds'], rows);
}

function scenariosMarkdown(): string {
  const rows = shippedScenarios().map((shipped) => {
    const { summary, start, endsMs } = parseScenario(shipped);
    const lasts = start === null ? lastedWords(endsMs) : [0, endsMs].map((at) => showStoryTime(at, start)).join(' to ');
    return [`[\`${shipped.name}\`](${shipped.file})`, summary, lasts];
  });
  return markdownTable(['scenario', 'what happens', 'story time'], rows);
}

/** The text with each block between its marks replaced; a block without marks is an error. */
export function withBlocks(text: string, blocks: ReadonlyMap<string, string>, path: string): string {
  let result = text;
  for (const [name, block] of blocks) {
    const marks = new RegExp(`(<!-- ${name}:begin -->\\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
    if (!marks.test(result)) throw new Error(`${path} has no block <!-- ${name}:begin --> … <!-- ${name}:end -->`);
    result = result.replace(marks, (_, begin: string, end: string) => `${begin}\n${block}\n\n${end}`);
  }
  return result;
}

/** Paths whose text is not what the code says. */
export function staleFiles(): string[] {
  return generatedFiles()
    .filter(({ path, expected }) => readOrEmpty(join(ROOT, path)) !== expected)
    .map(({ path }) => path);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
