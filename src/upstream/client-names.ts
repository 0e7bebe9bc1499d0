// What each seller is called: by its listed name, by a key that may show, else by digits of the key's hash.
import { createHash } from 'node:crypto';
import { ANONYMOUS, type ClientNamed, FLOOD, isFreeName, RESERVED_CLIENTS, SHOWN_KEY } from '../base/client-names.ts';
import { nearest } from '../base/nearest.ts';

/** Keys known by eight digits of their hash, about 8 MB; later ones are shown by 32, so that none is ever taken for another. */
export const MAX_SHORT_NAMES = 32_768;
const SHORT_DIGITS = 8;
const LONG_DIGITS = 32;

export interface KeyOwner {
  readonly name: string;
  /** Its key is in the list, or there is none. */
  readonly listed: boolean;
}

export class ClientNames {
  /** Name by hash of the key; unset: any key will do. */
  readonly #listed: ReadonlyMap<string, string> | undefined;
  readonly #sellers: ReadonlySet<string>;
  /** Who was first with eight digits: the digits after them. */
  readonly #short = new Map<string, string>();

  /** `keys` gives the seller's name by key. */
  constructor(keys?: ReadonlyMap<string, string>) {
    this.#listed = keys && new Map([...keys].map(([key, name]) => [sha256(key, 'utf8'), name]));
    this.#sellers = new Set(keys?.values());
  }

  get anyKeyWillDo(): boolean {
    return this.#listed === undefined;
  }

  /** Whose key this is; as a header has it, a character for each byte. */
  ownerOf(key: string): KeyOwner {
    const hash = sha256(key, 'latin1');
    const name = this.#listed?.get(hash);
    if (name !== undefined) return { name, listed: true };
    if (this.#listed) return { name: this.#shown(hash), listed: false };
    return { name: isFreeName(key) ? key : this.#shown(hash), listed: true };
  }

  /** What a client is called whom somebody names, by name or by key; a name wins over a key of the same spelling. */
  named(given: string): ClientNamed {
    if (this.#sellers.has(given) || given === ANONYMOUS || given === FLOOD || SHOWN_KEY.test(given))
      return { name: given };
    const hash = sha256(given, 'utf8');
    const listed = this.#listed?.get(hash);
    if (listed !== undefined) return { name: listed };
    if (this.#listed) return { mistake: this.#unlisted(given) };
    if (RESERVED_CLIENTS.includes(given))
      return { mistake: `no client is called so; one whose key is spelled so is ${this.#shown(hash)}` };
    const unsendable = whyUnsendable(given);
    return unsendable === undefined ? { name: isFreeName(given) ? given : this.#shown(hash) } : { mistake: unsendable };
  }

  #unlisted(given: string): string {
    const names = [...this.#sellers];
    const close = nearest(given, names);
    const known = close === undefined ? `known: ${names.slice(0, 20).join(', ')}` : `did you mean ${close}?`;
    return `is neither a seller nor a key of SHOWSTOPPER_KEYS; ${known}`;
  }

  #shown(hash: string): string {
    const digits = hash.slice(0, SHORT_DIGITS);
    const rest = hash.slice(SHORT_DIGITS, LONG_DIGITS);
    if (!this.#short.has(digits) && this.#short.size < MAX_SHORT_NAMES) this.#short.set(digits, rest);
    return this.#short.get(digits) === rest ? `key-${digits}` : `key-${digits}${rest}`;
  }
}

const sha256 = (text: string, encoding: 'utf8' | 'latin1'): string =>
  createHash('sha256').update(text, encoding).digest('hex');

/** Why no request can carry such a key. */
function whyUnsendable(key: string): string | undefined {
  if (/^bearer(\s|$)/i.test(key)) return 'must be the key alone, without Bearer';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no header holds
  if (/^\s|\s$|[\x00-\x1f\x7f]/.test(key))
    return 'cannot be sent as a key: it has control characters, or blanks around it';
  return undefined;
}
