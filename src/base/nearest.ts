// The known name that a mistyped one most likely meant.

/** Names longer than this are not compared. */
const MAX_LENGTH = 64;
/** Known names beyond so many are not looked at. */
const MAX_COMPARED = 2000;

/** The known name with the fewest edits, if these are fewer than `tooMany`: by default, few for its length. */
export function nearest(
  name: string,
  known: Iterable<string>,
  tooMany = Math.max(2, Math.floor(name.length / 3)) + 1,
): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let fewest = tooMany;
  let compared = 0;
  for (const candidate of known) {
    if (++compared > MAX_COMPARED) break;
    if (candidate.length > MAX_LENGTH || Math.abs(candidate.length - name.length) >= fewest) continue; // it takes as many edits
    const count = edits(name, candidate);
    if (count < fewest) [best, fewest] = [candidate, count];
  }
  return best;
}

/** Levenshtein's distance, a row at a time (Wagner and Fischer 1974). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
