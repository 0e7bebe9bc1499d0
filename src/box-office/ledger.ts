// The ledger of one session: its seats, and who holds or owns them; changed as one through a draft.
import { forgetEnded } from './forgetting.ts';
import type { Order } from './order.ts';
import { Overlay } from './overlay.ts';
import type { Reservation } from './reservation.ts';
import { SEAT_STATUSES, type SeatStatus } from './seat.ts';
import type { Aggregate, Draft } from './store.ts';

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

export type LedgerAggregate = Aggregate<Ledger, LedgerDraft>;

/** What is told after each commit. */
export interface LedgerWatch {
  touched(seatsChanged: boolean): void;
  forgot(orders: readonly Order[]): void;
}

export function ledgerAggregate(sessionId: string, opening: Uint8Array, watch: LedgerWatch): LedgerAggregate {
  return {
    kind: 'session',
    id: sessionId,
    begin: () => emptyLedger(opening),
    draft: (ledger) => new LedgerDraft(ledger, watch),
  };
}

function emptyLedger(opening: Uint8Array): Ledger {
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

export class LedgerDraft implements Draft {
  readonly reservations: Overlay<Reservation>;
  readonly orders: Overlay<Order>;
  readonly orderOf: Overlay<string>;
  readonly holds: Overlay<number>;
  readonly minted: Overlay<number>;
  readonly barcodes: Overlay<true>;
  nextExpiry: number;
  readonly #ledger: Ledger;
  readonly #watch: LedgerWatch;
  readonly #seats = new Map<number, number>();

  constructor(ledger: Ledger, watch: LedgerWatch) {
    this.#ledger = ledger;
    this.#watch = watch;
    this.reservations = new Overlay(ledger.reservations);
    this.orders = new Overlay(ledger.orders);
    this.orderOf = new Overlay(ledger.orderOf);
    this.holds = new Overlay(ledger.holds);
    this.minted = new Overlay(ledger.minted);
    this.barcodes = new Overlay(ledger.barcodes);
    this.nextExpiry = ledger.nextExpiry;
  }

  seat(index: number): number {
    return this.#seats.get(index) ?? this.#ledger.seats[index] ?? SEAT_CODE.blocked;
  }

  setSeat(index: number, code: number): void {
    this.#seats.set(index, code);
  }

  hold(reservationId: string, until: number): void {
    this.holds.set(reservationId, until);
    if (until < this.nextExpiry) this.nextExpiry = until;
  }

  commit(): void {
    const { seats, counts } = this.#ledger;
    let seatsChanged = false;
    for (const [index, code] of this.#seats) {
      const before = seats[index] ?? SEAT_CODE.blocked;
      if (before === code) continue;
      counts[before] = (counts[before] ?? 0) - 1;
      counts[code] = (counts[code] ?? 0) + 1;
      seats[index] = code;
      seatsChanged = true;
    }
    for (const writes of [this.reservations, this.orders, this.orderOf, this.holds, this.minted, this.barcodes])
      writes.commit();
    this.#ledger.nextExpiry = this.nextExpiry;
    this.#watch.touched(seatsChanged);
    const forgotten = forgetEnded(this.#ledger);
    if (forgotten.length > 0) this.#watch.forgot(forgotten);
  }
}
