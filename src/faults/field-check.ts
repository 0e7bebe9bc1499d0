// Fields of answers that a rule names: those that no answer has can never be struck.
import type { Mistake } from '../base/mistake.ts';
import { nearest } from '../base/nearest.ts';
import { isMeant } from './drift.ts';
import type { Fault } from './fault.ts';
import type { KnownNames } from './known-names.ts';

const MAX_SHOWN = 80;

/** Each at its place in the parameters, which must be good. */
export function fieldMistakes(fault: Fault, params: unknown, { fields }: KnownNames): Mistake[] {
  const named = fault.fieldsNamed?.(params) ?? [];
  if (!fields || named.length === 0) return [];
  const known = fields();
  return named.flatMap((field, index) =>
    known.some((path) => isMeant(path, [field])) ? [] : [{ path: `fields[${index}]`, message: saidOf(field, known) }],
  );
}

function saidOf(field: string, known: readonly string[]): string {
  const said = `no answer of the API has a field ${JSON.stringify(field.slice(0, MAX_SHOWN))}`;
  const close = nearest(field, endsOf(known, field.split('.').length));
  return close === undefined ? `${said}; its OpenAPI document shows all` : `${said}; did you mean ${close}?`;
}

/** The last so many names of each path. */
const endsOf = (paths: readonly string[], names: number): Set<string> =>
  new Set(paths.map((path) => path.split('.').slice(-names).join('.')));
