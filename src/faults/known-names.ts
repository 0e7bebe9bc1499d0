// What rules may name, where it is known: operations and doors of this server, and its clients.
import type { ClientNamed } from '../base/client-names.ts';
import type { Mistake } from '../base/mistake.ts';
import { type Effort, MAX_DOCUMENT_STEPS } from '../base/path-overlap.ts';
import { unknownName } from '../base/unknown-name.ts';
import type { Match } from './rule.ts';

/** An operation as requests for it look. */
export interface KnownOperation {
  readonly name: string;
  /** One of GET is reached by HEAD too. */
  readonly method: string;
  /** Template: `/v1/sessions/{id}`. */
  readonly path: string;
  /** It reads an Idempotency-Key. */
  readonly takesKey: boolean;
}

export interface KnownNames {
  /** Every name that an operation can have, also of requests for none. */
  readonly operations: readonly string[];
  readonly doors: readonly string[];
  /** Those of `operations` that have a method and a path; unset: nothing is known of them. */
  readonly api?: readonly KnownOperation[];
  /** Fields of the API's answers as dotted paths, lists seen through; unset: nothing is known of them. */
  readonly fields?: () => readonly string[];
  /** What may be spent on finding paths that exclude each other, for all that is checked with it. */
  readonly effort?: Effort;
  /** Unset: a client is called as it is given. */
  readonly clients?: { named(given: string): ClientNamed };
}

/** The same names, for one document: whatever it holds, comparing its paths is bounded. */
export const forOneDocument = <Names extends KnownNames>(known: Names): Names => ({
  ...known,
  effort: { left: MAX_DOCUMENT_STEPS },
});

/** Names in a part of a match that are not known, each as a mistake at its place in the match. */
export function unknownNames(
  part: 'operations' | 'events' | 'doors',
  used: readonly string[] | undefined,
  known: readonly string[],
): Mistake[] {
  return (used ?? []).flatMap((name, index) =>
    known.includes(name) ? [] : [{ path: `match.${part}[${index}]`, message: unknownName('name', name, known) }],
  );
}

export interface NamedMatch {
  readonly match: Match | undefined;
  /** What clients are called that were named by their keys; in no order that tells which key is whose. */
  readonly shownAs: readonly string[];
}

/** A match without a key in it: clients by what they are called; it must have no mistakes. */
export function withoutKeys(match: Match | undefined, { clients }: Pick<KnownNames, 'clients'>): NamedMatch {
  if (!match?.clients || !clients) return { match, shownAs: [] };
  const names = new Set<string>();
  const shownAs = new Set<string>();
  for (const given of match.clients) {
    const named = clients.named(given);
    if (!('name' in named)) continue;
    names.add(named.name);
    if (named.name !== given) shownAs.add(named.name);
  }
  return { match: { ...match, clients: [...names] }, shownAs: [...shownAs].sort() };
}
