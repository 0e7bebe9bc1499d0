// Where the places of a hall stand, and how good they are: most central and two thirds back is best.
import type { HallGeometry, SeatPosition } from './seat.ts';

/** The ideal row, as a share of the hall's depth from the screen. */
const IDEAL_DEPTH = 2 / 3;
/** A row's distance counts as so many seats' widths. */
const ROW_PITCH = 1.6;

export function measureHall(places: readonly SeatPosition[]): HallGeometry {
  const rows = [...new Set(places.map((place) => place.row))];
  const rowIndex = new Map(rows.map((row, index) => [row, index]));
  const numbers = new Map<string, { low: number; high: number }>();
  for (const { row, number } of places) {
    const span = numbers.get(row) ?? { low: number, high: number };
    numbers.set(row, { low: Math.min(span.low, number), high: Math.max(span.high, number) });
  }
  const middle = (row: string): number => {
    const span = numbers.get(row);
    return span ? (span.low + span.high) / 2 : 0;
  };
  const x = Float64Array.from(places, (place) => place.number - middle(place.row));
  const y = Float64Array.from(places, (place) => (rowIndex.get(place.row) ?? 0) * ROW_PITCH);
  const ideal = IDEAL_DEPTH * (rows.length - 1) * ROW_PITCH;
  return { x, y, distance: x.map((across, i) => across ** 2 + ((y[i] ?? 0) - ideal) ** 2) };
}
