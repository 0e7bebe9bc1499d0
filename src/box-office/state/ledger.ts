// The ledger of one session: its seats, and who holds or owns them.
import type { Order } from '../order.ts';
import type { Reservation } from '../reservation.ts';
import type { HallLayout } from '../season/seat.ts';
import { applyWrites, type Writes } from './overlay.ts';

export interface Ledger {
  /** By index of the layout's places; values index SEAT_STATUSES. */
  readonly seats: Uint8Array;
  /** How many seats have each status, in the order of SEAT_STATUSES. */
  readonly counts: number[];
  /** Orders whose money is to be given back. */
  refundsPending: number;
  readonly reservations: Map<string, Reservation>;
  readonly orders: Map<string, Order>;
  /** Reservation id to the id of its order. */
  readonly orderOf: Map<string, string>;
  /**
   * Until when reservations hold seats: active ones, and those of orders that wait for payment or completion; and, by
   * the id of an order, when something that was put off is to become of it.
   */
  readonly holds: Map<string, number>;
  /** How many ids were minted, by sort and client. */
  readonly minted: Map<string, number>;
  /** Every barcode that lets somebody in. */
  readonly barcodes: Map<string, true>;
  /** Nothing of `holds` is due before this moment. */
  nextExpiry: number;
}

/** What a step wrote on a ledger. */
export interface LedgerPatch {
  /** Code by index, of the seats that are otherwise now. */
  readonly seats: ReadonlyMap<number, number> | undefined;
  readonly reservations: Writes<Reservation> | undefined;
  readonly orders: Writes<Order> | undefined;
  readonly orderOf: Writes<string> | undefined;
  readonly holds: Writes<number> | undefined;
  readonly minted: Writes<number> | undefined;
  readonly barcodes: Writes<true> | undefined;
  /** Null: nothing is held any more. */
  readonly nextExpiry: number | null | undefined;
}

export function emptyLedger({ opening, openingCounts }: HallLayout): Ledger {
  return {
    seats: opening.slice(),
    counts: [...openingCounts],
    refundsPending: 0,
    reservations: new Map(),
    orders: new Map(),
    orderOf: new Map(),
    holds: new Map(),
    minted: new Map(),
    barcodes: new Map(),
    nextExpiry: Number.POSITIVE_INFINITY,
  };
}

export function applyToLedger(ledger: Ledger, patch: LedgerPatch): void {
  if (patch.seats) applySeats(ledger, patch.seats);
  applyWrites(ledger.reservations, patch.reservations);
  if (patch.orders) ledger.refundsPending += refundsIn(ledger.orders, patch.orders);
  applyWrites(ledger.orders, patch.orders);
  applyWrites(ledger.orderOf, patch.orderOf);
  applyWrites(ledger.holds, patch.holds);
  applyWrites(ledger.minted, patch.minted);
  applyWrites(ledger.barcodes, patch.barcodes);
  if (patch.nextExpiry !== undefined) ledger.nextExpiry = patch.nextExpiry ?? Number.POSITIVE_INFINITY;
}

/** How many more orders are to be refunded by what is written than before. */
function refundsIn(orders: ReadonlyMap<string, Order>, writes: Writes<Order>): number {
  let more = 0;
  for (const [id, order] of writes) more += Number(isOwed(order ?? undefined)) - Number(isOwed(orders.get(id)));
  return more;
}

const isOwed = (order: Order | undefined): boolean => order?.status === 'refund_pending';

function applySeats({ seats, counts }: Ledger, changed: ReadonlyMap<number, number>): void {
  for (const [index, code] of changed) {
    const before = seats[index] as number;
    counts[before] = (counts[before] ?? 0) - 1;
    counts[code] = (counts[code] ?? 0) + 1;
    seats[index] = code;
  }
}
