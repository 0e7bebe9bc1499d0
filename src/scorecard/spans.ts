// Stretches of time, and what lies within them.
import type { Attempt, Span } from './evidence.ts';

/** From its beginning on, and before its end. */
export const isWithin = (at: number, { from, to }: Span): boolean => at >= from && at < to;

export function isWithinAny(at: number, spans: readonly Span[]): boolean {
  for (const span of spans) if (isWithin(at, span)) return true;
  return false;
}

export const lengthOf = ({ from, to }: Span): number => to - from;

/** Those that arrived within it; of attempts by arrival. */
export function arrivedIn(attempts: readonly Attempt[], span: Span | undefined): Attempt[] {
  return span ? attempts.slice(placeOf(attempts, span.from, arrivalOf), placeOf(attempts, span.to, arrivalOf)) : [];
}

/** How many arrived within it; of attempts by arrival. */
export const countIn = (attempts: readonly Attempt[], { from, to }: Span): number =>
  placeOf(attempts, to, arrivalOf) - placeOf(attempts, from, arrivalOf);

/** Of the first of them whose time is then or later; they are in the order of those times. */
export function placeOf<Item>(items: ArrayLike<Item>, moment: number, timeOf: (item: Item) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(items[middle] as Item) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const arrivalOf = ({ at }: Attempt): number => at;

/** The longest of them; undefined of none. */
export const longestOf = (spans: readonly Span[]): Span | undefined =>
  spans.reduce<Span | undefined>(
    (longest, span) => (longest && lengthOf(longest) >= lengthOf(span) ? longest : span),
    undefined,
  );
