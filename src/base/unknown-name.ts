// What is said of a name that is not known: the one it was probably meant to be, and where all of them are listed.
import { nearest } from './nearest.ts';

const MAX_SHOWN = 80;

/** `what` is the noun; `listedBy` says where all are listed, unset: they are named here. */
export function unknownName(what: string, name: string, known: readonly string[], listedBy?: string): string {
  const close = nearest(name, known);
  const said = `unknown ${what} ${JSON.stringify(name.slice(0, MAX_SHOWN))}`;
  if (close !== undefined) return `${said}; did you mean ${close}?`;
  return listedBy === undefined
    ? `${said}; known: ${known.join(', ')}`
    : `${said}; ${listedBy} lists all ${known.length}`;
}
