// The JSON of whole pages of sessions, kept as long as each session on them is the very same.
import type { BoxOffice, Page } from '../../box-office/box-office.ts';
import type { Session } from '../../box-office/season/session.ts';

/** Of pages kept over all worlds; one of 20 sessions is about 10 kB. */
const MAX_BYTES = 16_777_216;

interface KeptPage {
  readonly query: object;
  readonly page: Page<Session>;
  readonly json: Buffer;
  /** The pages of its box office, among which it is found. */
  readonly siblings: Map<object, KeptPage>;
}

/** Saves joining fragments, and flattening the joined string, whenever nothing on the page has changed. */
export class SessionPages {
  readonly #byBoxOffice = new WeakMap<BoxOffice, Map<object, KeptPage>>();
  /** The one that was written longest ago first. */
  readonly #all = new Set<KeptPage>();
  #bytes = 0;

  /** `query` is known by identity: a query string that is remembered gives the same object again. */
  json(boxOffice: BoxOffice, query: object, page: Page<Session>, write: () => string): Buffer {
    const siblings = this.#pagesOf(boxOffice);
    const kept = siblings.get(query);
    if (kept && isSame(kept.page, page)) return kept.json;
    if (kept) this.#forget(kept);
    const json = unpooled(write());
    this.#keep({ query, page, json, siblings });
    return json;
  }

  #pagesOf(boxOffice: BoxOffice): Map<object, KeptPage> {
    let pages = this.#byBoxOffice.get(boxOffice);
    if (!pages) {
      pages = new Map();
      this.#byBoxOffice.set(boxOffice, pages);
    }
    return pages;
  }

  #keep(kept: KeptPage): void {
    this.#all.add(kept);
    kept.siblings.set(kept.query, kept);
    this.#bytes += kept.json.length;
    for (const oldest of this.#all) {
      if (this.#bytes <= MAX_BYTES) break;
      this.#forget(oldest);
    }
  }

  #forget(kept: KeptPage): void {
    this.#all.delete(kept);
    kept.siblings.delete(kept.query);
    this.#bytes -= kept.json.length;
  }
}

/** Of its own memory: a small buffer is a part of a large one as a rule, and would keep the whole of that. */
function unpooled(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** Sessions are values of one box office that are replaced when they change, so that identity says enough. */
function isSame(one: Page<Session>, other: Page<Session>): boolean {
  if (one.next !== other.next || one.items.length !== other.items.length) return false;
  for (let i = 0; i < one.items.length; i++) if (one.items[i] !== other.items[i]) return false;
  return true;
}
