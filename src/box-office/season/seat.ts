// Seats: the immutable layout of a hall, and the states a seat of a session goes through.

export const SEAT_STATUSES = ['free', 'reserved', 'sold', 'blocked'] as const;
export type SeatStatus = (typeof SEAT_STATUSES)[number];

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

export interface HallLayout {
  /** Row by row, front to back, left to right. */
  readonly places: readonly SeatPosition[];
  /** Index into `places` by seat id. */
  readonly indexOf: ReadonlyMap<string, number>;
}

/** The seats of one session at one moment: `states[i]` indexes SEAT_STATUSES for `layout.places[i]`. */
export interface SeatMap {
  readonly sessionId: string;
  readonly version: number;
  readonly layout: HallLayout;
  readonly states: Uint8Array;
}
