// Seats: the immutable layout of a hall, and the states a seat of a session goes through.

export const SEAT_STATUSES = ['free', 'reserved', 'sold', 'blocked'] as const;
export type SeatStatus = (typeof SEAT_STATUSES)[number];

/** Codes of SEAT_STATUSES as they stand in the typed arrays. */
export const SEAT_CODE = Object.freeze({ free: 0, reserved: 1, sold: 2, blocked: 3 }) satisfies Record<
  SeatStatus,
  number
>;

/** How many seats have each status, in the order of SEAT_STATUSES. */
export function countSeats(seats: Uint8Array): number[] {
  const counts = SEAT_STATUSES.map(() => 0);
  for (const code of seats) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** A place in a hall, for ever. Its id is row and number: `C-7`. */
export interface SeatPosition {
  readonly id: string;
  readonly row: string;
  readonly number: number;
  /** Price band: `standard`, `premium`, `wheelchair` … */
  readonly category: string;
  /** Never sold: house seats, seats behind a pillar. */
  readonly blocked: boolean;
}

/** Where the places of a layout stand, each by its index. */
export interface HallGeometry {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Squared distance from the ideal point, in seat widths. */
  readonly distance: Float64Array;
}

export interface HallLayout {
  /** Row by row, front to back, left to right. */
  readonly places: readonly SeatPosition[];
  /** Index into `places` by seat id. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** The code of each place before anybody came: free or blocked. */
  readonly opening: Uint8Array;
  /** How many places have each status before anybody came. */
  readonly openingCounts: readonly number[];
  readonly geometry: HallGeometry;
}

/** The seats of one session at one moment: `states[i]` indexes SEAT_STATUSES for `layout.places[i]`. */
export interface SeatMap {
  readonly sessionId: string;
  readonly version: number;
  readonly layout: HallLayout;
  readonly states: Uint8Array;
}
