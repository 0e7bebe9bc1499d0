// The JSON of whole pages of sessions, kept as long as each session on them is the very same.
import type { BoxOffice, Page } from '../../box-office/box-office.ts';
import type { Session } from '../../box-office/season/session.ts';

/** Of pages kept over all worlds; one of 20 sessions is about 10 kB. */
const MAX_BYTES = 16_777_216;

/** Which page, and of what. */
export interface PageAsked {
  readonly boxOffice: BoxOffice;
  /** Known by identity: a query string that is remembered gives the same object again. */
  readonly query: object;
  /** Of the box office, before anything was read; NaN where sessions are not shown as they are. */
  readonly stamp: number;
}

interface KeptPage {
  readonly query: object;
  readonly page: Page<Session>;
  readonly json: Buffer;
  /** Of its box office, with which the page stands; NaN where it is not known to. */
  stamp: number;
  /** The pages of its box office, among which it is found. */
  readonly siblings: Map<object, KeptPage>;
}

/** Saves joining fragments, and flattening the joined string, whenever nothing on the page has changed. */
export class SessionPages {
  readonly #byBoxOffice = new WeakMap<BoxOffice, Map<object, KeptPage>>();
  /** The one that was written longest ago first. */
  readonly #all = new Set<KeptPage>();
  #bytes = 0;

  /** A page that is known to stand, as nothing in its box office has changed. */
  known({ boxOffice, query, stamp }: PageAsked): Buffer | undefined {
    const kept = this.#byBoxOffice.get(boxOffice)?.get(query);
    return kept?.stamp === stamp ? kept.json : undefined;
  }

  /** `page` is what it shows now, read after the stamp. */
  json({ boxOffice, query, stamp: before }: PageAsked, page: Page<Session>, write: () => string): Buffer {
    const siblings = this.#pagesOf(boxOffice);
    const stamp = boxOffice.stamp() === before ? before : Number.NaN; // time has gone on while it was read
    const kept = siblings.get(query);
    if (kept && isSame(kept.page, page)) {
      kept.stamp = stamp;
      return kept.json;
    }
    if (kept) this.#forget(kept);
    const json = unpooled(write());
    this.#keep({ query, page, json, stamp, siblings });
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
