// Entries that have been found, up to a limit; the one after them says that there are more.
import { type Criterion, meets } from './criteria.ts';
import type { JournalEntry } from './entry.ts';
import { estimateBytes } from './entry-size.ts';

/** Estimated bytes of the entries in one page, so that writing it keeps nobody else waiting for long. */
export const MAX_PAGE_BYTES = 1_048_576;

export interface JournalPage<Entry extends JournalEntry = JournalEntry> {
  /** Newest first. */
  readonly data: readonly Entry[];
  /** `cursor` of the next, older page; null when there is none. */
  readonly nextCursor: string | null;
}

export class Page<Entry extends JournalEntry> implements JournalPage<Entry> {
  readonly data: Entry[] = [];
  nextCursor: string | null = null;
  readonly #criteria: readonly Pick<Criterion, 'fits'>[];
  readonly #limit: number;
  #bytes = 0;

  constructor(criteria: readonly Pick<Criterion, 'fits'>[], limit: number) {
    this.#criteria = criteria;
    this.#limit = limit;
  }

  /** False when there is room for no more. */
  take(entry: Entry): boolean {
    if (!meets(entry, this.#criteria)) return true;
    this.#bytes += estimateBytes(entry);
    if (this.data.length < this.#limit && (this.#bytes <= MAX_PAGE_BYTES || this.data.length === 0))
      return this.data.push(entry) > 0;
    this.nextCursor = String(this.data.at(-1)?.seq);
    return false;
  }
}
