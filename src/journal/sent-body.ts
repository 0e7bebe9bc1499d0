// What a request carried, as a journal may keep it: ids, seats and counts in the clear, and a keyed hash for every other value.
import type { Pseudonym } from '../base/pseudonym.ts';

/** Of a body, where its world keeps them. */
export interface SentBody {
  /** Media type without parameters; null where there is none that could be read. */
  readonly type: string | null;
  /** Of all its bytes. */
  readonly hash: string;
  /** Of one that is JSON, the text of what may be shown; null for any other, and for what is too much. */
  readonly json: string | null;
  /** It is JSON, and too much of it to be kept. */
  readonly isTruncated: boolean;
}

/** Of JSON that is kept; what the API takes is always shorter. */
const MAX_KEPT_CHARS = 4096;
/** Values in one body, and how deep they may lie. */
const MAX_VALUES = 256;
const MAX_DEPTH = 12;
const MAX_TYPE_CHARS = 100;

/** Fields whose values name seats and ids, which are no secret here, by the field that they lie in; the body itself is ''. */
const SHOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', new Set(['seats', 'sessionId', 'reservationId'])],
  ['bestAvailable', new Set(['count', 'category'])],
  ['payment', new Set(['method'])],
]);
const SHOWN_TEXT = /^[A-Za-z0-9_.:-]{1,100}$/;
/** Any other could be a person's or a secret itself. */
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;
/** Begins a hash; nothing that is shown begins so. */
const HASH = '#';

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json$/;

export function sentBody(contentType: string | undefined, bytes: Buffer, pseudonym: Pseudonym): SentBody {
  const written = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const type = written.length <= MAX_TYPE_CHARS && MEDIA_TYPE.test(written) ? written : null;
  const value = type !== null && JSON_TYPE.test(type) ? parsed(bytes) : undefined;
  const shown = value === undefined ? undefined : shownJson(value, pseudonym);
  const json = shown === undefined ? null : JSON.stringify(shown);
  const isKept = json !== null && json.length <= MAX_KEPT_CHARS;
  return {
    type,
    hash: pseudonym('body\n', bytes),
    json: isKept ? json : null,
    isTruncated: value !== undefined && !isKept,
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/**
 * A value of JSON as it is kept, and as it is asked for: a hash is `#` and the pseudonym of the text, or of what else the
 * value is. Undefined for what is too much.
 */
export function shownJson(value: unknown, pseudonym: Pseudonym): unknown {
  let left = MAX_VALUES;
  const hashOf = (text: string): string => HASH + pseudonym(text);
  const walk = (part: unknown, shows: Shows, depth: number): unknown => {
    if (left-- <= 0 || depth > MAX_DEPTH) throw new TooMuch();
    if (Array.isArray(part)) return part.map((item) => walk(item, shows, depth + 1));
    if (typeof part === 'object' && part !== null)
      return Object.fromEntries(
        Object.entries(part).map(([name, inner]) => [
          FIELD_NAME.test(name) ? name : hashOf(name),
          walk(inner, shownIn(shows, name, depth), depth + 1),
        ]),
      );
    if (typeof part === 'string') return shows === 'value' && SHOWN_TEXT.test(part) ? part : hashOf(part);
    return shows === 'value' ? part : hashOf(`\0${JSON.stringify(part)}`);
  };
  try {
    return walk(value, SHOWN.get('') ?? 'nothing', 0);
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
}

class TooMuch extends Error {}

/** What may be shown of a part: its value, which may be a list of them, those of the fields named, or nothing. */
type Shows = 'value' | 'nothing' | ReadonlySet<string>;

function shownIn(around: Shows, name: string, depth: number): Shows {
  if (typeof around === 'string') return 'nothing';
  if (around.has(name)) return 'value';
  return depth === 0 ? (SHOWN.get(name) ?? 'nothing') : 'nothing';
}

/** Whether all that is wanted is there, as both are kept: of an object the named fields, of a list each item. */
export function hasPart(kept: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(kept) && kept.length === wanted.length && wanted.every((item, index) => hasPart(kept[index], item))
    );
  if (typeof wanted !== 'object' || wanted === null) return kept === wanted;
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return false;
  return Object.entries(wanted).every(
    ([name, part]) => Object.hasOwn(kept, name) && hasPart((kept as Readonly<Record<string, unknown>>)[name], part),
  );
}
