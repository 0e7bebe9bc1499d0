// The ledger of one session: its seats, and who holds or owns them.
import type { Order } from '../order.ts';
import type { Reservation } from '../reservation.ts';
import { SEAT_STATUSES, type SeatStatus } from '../season/seat.ts';

/** Codes of SEAT_STATUSES as they stand in the typed arrays. */
export const SEAT_CODE = Object.freeze({ free: 0, reserved: 1, sold: 2, blocked: 3 }) satisfies Record<
  SeatStatus,
  number
>;

export interface Ledger {
  /** By index of the layout's places; values index SEAT_STATUSES. */
  readonly seats: Uint8Array;
  /** How many seats have each status, in the order of SEAT_STATUSES. */
  readonly counts: number[];
  readonly reservations: Map<string, Reservation>;
  readonly orders: Map<string, Order>;
  /** Reservation id to the id of its order. */
  readonly orderOf: Map<string, string>;
  /** Reservations that hold seats until a moment: active ones, and those of orders that wait for payment. */
  readonly holds: Map<string, number>;
  /** How many ids were minted, by sort and client. */
  readonly minted: Map<string, number>;
  /** Every barcode that lets somebody in. */
  readonly barcodes: Map<string, true>;
  /** No hold lapses before this moment. */
  nextExpiry: number;
}

export function emptyLedger(opening: Uint8Array): Ledger {
  return {
    seats: opening.slice(),
    counts: countSeats(opening),
    reservations: new Map(),
    orders: new Map(),
    orderOf: new Map(),
    holds: new Map(),
    minted: new Map(),
    barcodes: new Map(),
    nextExpiry: Number.POSITIVE_INFINITY,
  };
}

/** How many seats have each status, in the order of SEAT_STATUSES. */
export function countSeats(seats: Uint8Array): number[] {
  const counts = SEAT_STATUSES.map(() => 0);
  for (const code of seats) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
