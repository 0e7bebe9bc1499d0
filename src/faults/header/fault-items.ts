// Parses the header that asks for faults: a List of RFC 9651 whose items are tokens with parameters.
import { DisplayString, parseList, Token } from 'structured-headers';
import type { Mistake } from '../../base/mistake.ts';

/** As it is written in messages. */
export const FAULT_HEADER = 'Showstopper-Fault';
/** As node names it. */
export const FAULT_HEADER_KEY = FAULT_HEADER.toLowerCase();

export const FAULT_EXAMPLE = 'latency;fixed="200ms", error-status;status=503';

/** Of all its lines together, joined as HTTP joins them. */
export const MAX_HEADER_CHARS = 2048;
/** In one request. */
export const MAX_ITEMS = 8;
const MAX_SHOWN = 80;

type Value = string | number | boolean;

/** One item: the name of a kind, and its parameters by their keys as they are written. */
export interface FaultItem {
  readonly kind: string;
  readonly parameters: ReadonlyMap<string, Value>;
}

type Read = { readonly items: readonly FaultItem[] } | { readonly mistakes: readonly Mistake[] };

/** Where a mistake is: items are counted from 1, as people count. */
export const placeOf = (item: number, parameter = ''): string =>
  `${FAULT_HEADER}: item ${item + 1}${parameter && `, ${parameter}`}`;

export function readItems(text: string): Read {
  if (text.length > MAX_HEADER_CHARS)
    return wrong(`has ${text.length} characters, at most ${MAX_HEADER_CHARS} are allowed; arm a rule instead`);
  const list = parsed(text);
  if (typeof list === 'string') return wrong(list);
  if (list.length > MAX_ITEMS) return wrong(`has ${list.length} items, at most ${MAX_ITEMS} are allowed`);
  const mistakes: Mistake[] = [];
  const items: FaultItem[] = [];
  for (const [index, [bare, given]] of list.entries()) {
    if (!(bare instanceof Token)) {
      const message = `must be the name of a kind without quotes, as latency${shown(bare)}`;
      mistakes.push({ path: placeOf(index), message });
      continue;
    }
    const parameters = new Map<string, Value>();
    for (const [key, value] of given) {
      const plain = plainValue(value);
      if (plain !== undefined) parameters.set(key, plain);
      else mistakes.push({ path: placeOf(index, key), message: `must be ${VALUES}` });
    }
    items.push({ kind: bare.toString(), parameters });
  }
  return mistakes.length > 0 ? { mistakes } : { items };
}

const VALUES = 'a string in quotes, a word, a number or a boolean (?1, ?0)';

const wrong = (message: string): Read => ({ mistakes: [{ path: FAULT_HEADER, message }] });

/** Its members, or why it is no such list. */
function parsed(text: string): ReturnType<typeof parseList> | string {
  try {
    return parseList(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Parse error: /, '') : String(error);
    return `must be a list of RFC 9651, as ${FAULT_EXAMPLE}: ${why}${hintFor(text)}`;
  }
}

/** Both are written so in YAML, and are no values of such a list. */
function hintFor(text: string): string {
  if (/=\s*\d+(?:\.\d+)?(?:ms|s|m|h|d)\b/.test(text)) return '; a duration stands in quotes';
  return /;\s*[a-z]*[A-Z]/.test(text) ? '; keys are in lower case, as retry-after' : '';
}

/** Undefined for bytes and dates, which no kind takes. */
function plainValue(value: unknown): Value | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value instanceof Token || value instanceof DisplayString ? value.toString() : undefined;
}

function shown(bare: unknown): string {
  const plain = plainValue(bare);
  return plain === undefined
    ? ''
    : `, got ${JSON.stringify(typeof plain === 'string' ? plain.slice(0, MAX_SHOWN) : plain)}`;
}
