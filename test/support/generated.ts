// Everything in the repository that is written from the code: schemas for editors, and tables in the pages for people.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogJsonSchema } from '../../src/box-office/season/catalog-schema.ts';
import { rehearsalJsonSchema, thresholdsJsonSchema } from '../../src/rehearsal/rehearsal-json-schema.ts';
import { KNOWN_GOOD_FILE } from '../../src/shelf/known-good.ts';
import { profileJsonSchema } from '../../src/shelf/profile-schema.ts';
import { scenarioJsonSchema } from '../../src/shelf/scenario-schema.ts';
import { OF_THE_API } from '../../src/upstream/operations/known-operations.ts';
import { behindProxiesBlocks } from './behind-proxies.ts';
import { knownGood } from './known-good.ts';
import { type Page, pages } from './pages.ts';
import { referenceTables } from './reference-tables.ts';
import { roomsTables } from './rooms-table.ts';
import { servedTables } from './served-tables.ts';
import { ROOT } from './shipped.ts';

export interface Generated {
  /** From the project's root. */
  readonly path: string;
  readonly expected: string;
}

export async function generatedFiles(): Promise<Generated[]> {
  const tables = new Map([...referenceTables(), ...behindProxiesBlocks(), ...roomsTables(), ...(await servedTables())]);
  return [
    { path: 'faults/schema.json', expected: json(profileJsonSchema(OF_THE_API.operations)) },
    { path: 'faults/scenario-schema.json', expected: json(scenarioJsonSchema()) },
    { path: 'faults/rehearsal-schema.json', expected: json(rehearsalJsonSchema(OF_THE_API.operations)) },
    { path: 'faults/thresholds-schema.json', expected: json(thresholdsJsonSchema()) },
    { path: 'faults/catalog-schema.json', expected: json(catalogJsonSchema()) },
    { path: join('faults', KNOWN_GOOD_FILE), expected: json(knownGood()) },
    ...withTables(pages(), tables),
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const BLOCK = /(<!-- ([a-z-]+):begin -->\n)[\s\S]*?(<!-- \2:end -->)/g;

/** The pages with each block between its marks replaced; a table without a block, or a block without a table, is an error. */
export function withTables(all: readonly Page[], tables: ReadonlyMap<string, string>): Generated[] {
  const missing = new Set(tables.keys());
  const written = all.map(({ path, text }) => {
    const expected = text.replace(BLOCK, (_, begin: string, name: string, end: string) => {
      const table = tables.get(name);
      if (table === undefined) throw new Error(`${path}: nothing is generated for the block ${name}`);
      missing.delete(name);
      return `${begin}\n${table}\n\n${end}`;
    });
    return { path, expected };
  });
  if (missing.size > 0) throw new Error(`no page has a block <!-- NAME:begin --> for: ${[...missing].join(', ')}`);
  return written;
}

/** Those whose text is not what the code says. */
export async function staleFiles(): Promise<Generated[]> {
  return (await generatedFiles()).filter(({ path, expected }) => readOrEmpty(join(ROOT, path)) !== expected);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
