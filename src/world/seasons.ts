// The seasons that worlds play: read or made once for each name and seed, and shared by all that play it.
import { BoundedMap } from '../base/bounded-map.ts';
import { MAX_DOCUMENT_BYTES, showMistake } from '../base/document.ts';
import { Refusal } from '../base/refusal.ts';
import { readTextFileSync } from '../base/text-file.ts';
import { SEASON_NAMES, seasonOf } from '../box-office/season/built-in.ts';
import { readCatalog } from '../box-office/season/catalog.ts';
import type { Season } from '../box-office/season/season.ts';

/** Seasons kept for worlds to come; those that are played live on with their worlds. */
const MAX_KEPT = 32;

export class Seasons {
  /** A shipped season or a catalogue file, of the process. */
  readonly catalog: string;
  readonly #kept = new BoundedMap<string, Season>(MAX_KEPT);

  constructor(catalog: string) {
    this.catalog = catalog;
  }

  /** Throws a Refusal `unknown_catalog` for what is neither shipped nor the catalogue of the process. */
  check(catalog: string): void {
    const allowed = new Set<string>([...SEASON_NAMES, this.catalog]);
    if (allowed.has(catalog)) return;
    throw new Refusal(
      'unknown_catalog',
      `there is no catalogue ${JSON.stringify(catalog)}; known: ${[...allowed].join(', ')}`,
    );
  }

  /** Throws a Refusal `invalid_catalog` when the catalogue cannot be read. */
  get(catalog: string, seed: number): Season {
    const key = `${seed} ${catalog}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const season = seasonFor(catalog, seed);
    this.#kept.set(key, season);
    return season;
  }

  /** The same, of a file as it is now; a shipped one is always the same. */
  readAnew(catalog: string, seed: number): Season {
    if (!SEASON_NAMES.some((name) => name === catalog)) this.#kept.delete(`${seed} ${catalog}`);
    return this.get(catalog, seed);
  }
}

function seasonFor(catalog: string, seed: number): Season {
  const builtIn = SEASON_NAMES.find((name) => name === catalog);
  if (builtIn) return seasonOf(builtIn, seed);
  let text: string;
  try {
    text = readTextFileSync(catalog, MAX_DOCUMENT_BYTES);
  } catch (error) {
    throw new Refusal(
      'invalid_catalog',
      `the catalogue ${catalog} ${(error as Error).message}; allowed: ${SEASON_NAMES.join(', ')}, or the path of a YAML file`,
    );
  }
  const read = readCatalog(text, catalog);
  if ('mistakes' in read) throw new Refusal('invalid_catalog', read.mistakes.map(showMistake).join('\n'));
  return read.season;
}
