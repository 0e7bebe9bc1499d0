// Changing a ledger: a step writes to a draft, and the draft is laid on the ledger as one.

import type { Order } from '../order.ts';
import type { Reservation } from '../reservation.ts';
import { forgetEnded } from './forgetting.ts';
import { emptyLedger, type Ledger, SEAT_CODE } from './ledger.ts';
import { Overlay } from './overlay.ts';
import type { Aggregate, Draft } from './store.ts';

export type LedgerAggregate = Aggregate<Ledger, LedgerDraft>;

/** What is told after each commit. */
export interface LedgerWatch {
  /** Ended reservations that it keeps. */
  readonly endedKept: number;
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
    const forgotten = forgetEnded(this.#ledger, this.#watch.endedKept);
    if (forgotten.length > 0) this.#watch.forgot(forgotten);
  }
}
