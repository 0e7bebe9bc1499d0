// What in a match no request can fit, each at its place and with what is allowed.

import { methodMistake } from '../base/methods.ts';
import type { Mistake } from '../base/mistake.ts';
import { pathMistake } from '../base/path-form.ts';
import { type KnownNames, unknownNames } from './known-names.ts';
import { wastedParts, whyNever } from './match-overlap.ts';
import { WEBHOOK_TYPES } from './notice.ts';
import type { Match } from './rule.ts';

const EMPTY = 'is empty: give a part to match by, or leave it out to strike everything';
/** RFC 9110 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** Everything that is wrong with a match; names in it must be known. */
export function matchMistakes(match: Match | undefined, known: KnownNames): Mistake[] {
  if (match === undefined) return [];
  if (Object.values(match).every((part) => part === undefined)) return [{ path: 'match', message: EMPTY }];
  const { operations, events, clients, doors, methods, paths, headers } = match;
  const mistakes = [
    ...emptyParts(match),
    ...unknownNames('operations', operations, known.operations),
    ...unknownNames('events', events, WEBHOOK_TYPES),
    ...unknownNames('doors', doors, known.doors),
    ...each('clients', clients, (client) => clientMistake(client, known)),
    ...each('methods', methods, methodMistake),
    ...each('paths', paths, pathMistake),
    ...headerMistakes(headers ?? {}),
  ];
  if (mistakes.length > 0) return mistakes;
  const wasted = wastedParts(match, known);
  if (wasted.length > 0) return wasted;
  const never = whyNever([match], known);
  return never === undefined ? [] : [{ path: 'match', message: `no request can fit it: ${never}` }];
}

function emptyParts(match: Match): Mistake[] {
  return Object.entries(match)
    .filter(([, part]) => part !== undefined && Object.keys(part).length === 0)
    .map(([part]) => ({ path: `match.${part}`, message: `is empty: give at least one, or leave ${part} out` }));
}

const each = (
  part: keyof Match,
  values: readonly string[] | undefined,
  wrong: (value: string) => string | undefined,
): Mistake[] =>
  (values ?? []).flatMap((value, index) => {
    const message = wrong(value);
    return message === undefined ? [] : [{ path: `match.${part}[${index}]`, message }];
  });

function clientMistake(client: string, { clients }: KnownNames): string | undefined {
  const named = clients?.named(client);
  return named && 'mistake' in named ? named.mistake : undefined;
}

/** Values may be secrets, so none is shown. */
function headerMistakes(headers: Readonly<Record<string, string>>): Mistake[] {
  const seen = new Map<string, string>();
  return Object.entries(headers).flatMap(([name, value]) => {
    const path = `match.headers.${name.slice(0, 80)}`;
    const twin = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    const message =
      twin === undefined
        ? (nameMistake(name) ?? valueMistake(value))
        : `is ${twin} again: case of letters is of no account in names`;
    return message === undefined ? [] : [{ path, message }];
  });
}

const nameMistake = (name: string): string | undefined =>
  TOKEN.test(name) ? undefined : "is no name of a header; allowed: letters, digits and !#$%&'*+-.^_`|~";

function valueMistake(value: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no header holds
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) return 'has control characters, which no header can hold';
  return value === value.trim() ? undefined : 'has blanks around it, which are no part of a value on the wire';
}
