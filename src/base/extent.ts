// How much a value from outside holds: whoever checks it has to look at all of it, at once.

/** Values in one document, each member and item counted, also those that an alias repeats: some microseconds each. */
export const MAX_VALUES = 8_000;
/** Values within values. */
export const MAX_DEPTH = 32;

/** What is said of a value that is deeper. */
export const TOO_DEEP = `has values within values, more than ${MAX_DEPTH} deep`;

/** What is too much about a value; undefined when nothing is. */
export function excessOf(value: unknown, maxValues = MAX_VALUES): string | undefined {
  let values = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return TOO_DEEP;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const inner of Object.values(one)) {
        if (++values > maxValues) return `has more than ${maxValues} values`;
        next.push(inner);
      }
    }
    level = next;
  }
  return undefined;
}
