// The best seats that are free: next to each other, most central, two thirds back; else as near together as there are.
import type { HallGeometry, HallLayout, SeatPosition } from '../season/seat.ts';

/** Nobody is put there who did not ask for it. */
export const KEPT_CATEGORY = 'wheelchair';

export interface Wanted {
  readonly count: number;
  readonly category?: string | undefined;
}

/** Free seats that may be given to who asks so, as indexes into the layout's places, ascending. */
export function fittingSeats(
  layout: HallLayout,
  isFree: (index: number) => boolean,
  { category }: Pick<Wanted, 'category'>,
): readonly number[] {
  const fits = (place: SeatPosition, index: number): boolean =>
    (category === undefined ? place.category !== KEPT_CATEGORY : place.category === category) && isFree(index);
  return layout.places.flatMap((place, index) => (fits(place, index) ? [index] : []));
}

/** Indexes into the layout's places, ascending; undefined when there are not so many free. */
export function bestSeats(
  layout: HallLayout,
  isFree: (index: number) => boolean,
  { count, category }: Wanted,
): readonly number[] | undefined {
  const free = fittingSeats(layout, isFree, { category });
  if (free.length < count) return undefined;
  return adjacent(layout, free, count) ?? nearest(layout.geometry, free, count);
}

/** The window of neighbours with the least distance in sum; numbers that follow each other are neighbours. */
function adjacent(
  { places, geometry: { distance } }: HallLayout,
  free: readonly number[],
  count: number,
): readonly number[] | undefined {
  let best: { start: number; sum: number } | undefined;
  let run = 0;
  let sum = 0;
  for (let i = 0; i < free.length; i++) {
    const index = free[i] as number;
    const joined = i > 0 && areNeighbours(places[free[i - 1] as number], places[index]);
    if (!joined) {
      run = 0;
      sum = 0;
    }
    run++;
    sum += distance[index] ?? 0;
    if (run > count) {
      sum -= distance[free[i - count] as number] ?? 0;
      run = count;
    }
    if (run === count && (!best || sum < best.sum - 1e-9)) best = { start: i - count + 1, sum };
  }
  return best && free.slice(best.start, best.start + count);
}

const areNeighbours = (left: SeatPosition | undefined, right: SeatPosition | undefined): boolean =>
  left !== undefined && right !== undefined && left.row === right.row && right.number === left.number + 1;

/** The best free seat and the ones nearest to it. */
function nearest({ x, y, distance }: HallGeometry, free: readonly number[], count: number): readonly number[] {
  const anchor = free.reduce((best, index) => ((distance[index] ?? 0) < (distance[best] ?? 0) ? index : best));
  const away = (index: number): number =>
    ((x[index] ?? 0) - (x[anchor] ?? 0)) ** 2 + ((y[index] ?? 0) - (y[anchor] ?? 0)) ** 2;
  return [...free]
    .sort((a, b) => away(a) - away(b) || (distance[a] ?? 0) - (distance[b] ?? 0) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
