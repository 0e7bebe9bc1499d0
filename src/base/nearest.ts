// The known name that a mistyped one most likely meant.
import { closestMatch } from 'leven';

/** Names longer than this are not compared. */
const MAX_LENGTH = 64;
/** Known names beyond so many are not looked at. */
const MAX_COMPARED = 2000;

/** The known name with the fewest edits (Levenshtein's), if these are fewer than `tooMany`: by default, few for its length. */
export function nearest(
  name: string,
  known: Iterable<string>,
  tooMany = Math.max(2, Math.floor(name.length / 3)) + 1,
): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const compared = [...known].slice(0, MAX_COMPARED).filter((candidate) => candidate.length <= MAX_LENGTH);
  return closestMatch(name, compared, { maxDistance: tooMany - 1 });
}
