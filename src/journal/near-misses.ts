// What a failed verification shows: the entries that came nearest, or those that were too many.
import type { Criterion } from './criteria.ts';
import type { ArrivalEntry } from './entry.ts';

/** Entries shown of each sort. */
const SHOWN = 5;

/** An entry that came close, and the fields it failed. */
export interface NearMiss {
  readonly entry: ArrivalEntry;
  readonly missed: readonly string[];
}

export class Findings {
  /** The newest that match. */
  readonly matches: NearMiss[] = [];
  /** Those that failed the fewest fields, the newest first among equals. */
  readonly misses: NearMiss[] = [];
  count = 0;
  /** Exchanges and struck connections that do not match and have not ended, so that they may yet. */
  open = 0;
  readonly #criteria: readonly Criterion[];

  constructor(criteria: readonly Criterion[]) {
    this.#criteria = criteria;
  }

  /** Takes entries from the newest on. */
  add(entry: ArrivalEntry): void {
    const failed = this.#criteria.filter((criterion) => !criterion.fits(entry));
    const missed: string[] = failed.map(({ field }) => field);
    if (missed.length === 0) {
      this.count++;
      if (this.matches.length < SHOWN) this.matches.push({ entry, missed });
      return;
    }
    if (failed.every((criterion) => criterion.mayStill(entry))) this.open++;
    const worse = this.misses.findIndex((other) => other.missed.length > missed.length);
    if (worse >= 0) this.misses.splice(worse, 0, { entry, missed });
    else if (this.misses.length < SHOWN) this.misses.push({ entry, missed });
    if (this.misses.length > SHOWN) this.misses.pop();
  }
}
