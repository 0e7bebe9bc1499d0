// The JSON of whole pages of sessions, kept as long as each session on them is the very same.
import type { Page } from '../../box-office/box-office.ts';
import type { Session } from '../../box-office/season/session.ts';

/** Pages kept over all worlds; one of 20 sessions is about 10 kB. */
const MAX_PAGES = 128;

interface KeptPage {
  readonly page: Page<Session>;
  readonly json: Buffer;
}

/** Saves joining fragments, and flattening the joined string, whenever nothing on the page has changed. */
export class SessionPages {
  readonly #pages = new Map<object, KeptPage>();

  /** `query` is known by identity: a query string that is remembered gives the same object again. */
  json(query: object, page: Page<Session>, write: () => string): Buffer {
    const kept = this.#pages.get(query);
    if (kept && isSame(kept.page, page)) return kept.json;
    const json = Buffer.from(write());
    if (!kept && this.#pages.size >= MAX_PAGES) this.#forgetOldest();
    this.#pages.set(query, { page, json });
    return json;
  }

  #forgetOldest(): void {
    const [oldest] = this.#pages.keys();
    if (oldest) this.#pages.delete(oldest);
  }
}

/** Sessions are values of one box office that are replaced when they change, so that identity says enough. */
function isSame(one: Page<Session>, other: Page<Session>): boolean {
  if (one.next !== other.next || one.items.length !== other.items.length) return false;
  for (let i = 0; i < one.items.length; i++) if (one.items[i] !== other.items[i]) return false;
  return true;
}
