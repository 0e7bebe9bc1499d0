// Names that are no settings: what Kubernetes injects, and what was probably meant.

/** What Kubernetes sets for Services called `showstopper` or `showstopper-…`, and what their ports hold. */
const INJECTED = /_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?$/;
const INJECTED_ADDRESS = /^(tcp|udp|sctp):\/\//;

/** Whether Kubernetes set this variable for a Service of this name. */
export function isInjected(variable: string, value: string): boolean {
  return INJECTED.test(variable) || (variable.endsWith('_PORT') && INJECTED_ADDRESS.test(value));
}

/** The known name with the fewest edits to the given one. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(name, candidate);
    if (distance < fewest) [best, fewest] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, a row at a time (Wagner and Fischer 1974). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
