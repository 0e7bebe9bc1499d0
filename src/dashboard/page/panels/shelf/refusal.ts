// A refusal of the server, taken apart: what it says of which field, and what of the whole.
import { AdminError, detailOf } from '../../../../sdk/errors.ts';

export interface Wrong {
  /** What is wrong at this place, as `match.operations`; also with what is inside of it, where no field is. */
  at(path: string): string | null;
  /** What none of the fields shows, in the server's words. */
  readonly rest: readonly string[];
  /** Fields beside which something is said. */
  readonly marked: number;
}

interface Said {
  readonly path: string;
  readonly message: string;
}

export const NOTHING_WRONG: Wrong = { at: () => null, rest: [], marked: 0 };

/** `fields`: the places that are shown; `byCode`: the field that a refusal without places is about. */
export function wrongOf(
  error: unknown,
  fields: readonly string[],
  byCode: Readonly<Record<string, string>> = {},
): Wrong {
  if (!(error instanceof AdminError)) return { at: () => null, rest: [detailOf(error)], marked: 0 };
  const { errors = [], code } = error.problem;
  const about = byCode[code];
  const said = errors.length > 0 ? errors : [{ path: about ?? '', message: error.detail }];
  return wrongAmong(said, fields);
}

export function wrongAmong(said: readonly Said[], fields: readonly string[]): Wrong {
  const byField = new Map<string, string[]>();
  const rest: string[] = [];
  for (const { path, message } of said) {
    const field = closest(path, fields);
    if (field === undefined) rest.push(path === '' ? message : `${path}: ${message}`);
    else {
      const shown = path === field ? message : `${path.slice(field.length).replace(/^\./, '')}: ${message}`;
      byField.set(field, [...(byField.get(field) ?? []), shown]);
    }
  }
  return { at: (path) => byField.get(path)?.join('; ') ?? null, rest, marked: byField.size };
}

/** The longest of the places that the path is at, or inside of. */
function closest(path: string, fields: readonly string[]): string | undefined {
  const around = fields.filter(
    (field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
  );
  return around.sort((one, other) => other.length - one.length)[0];
}
