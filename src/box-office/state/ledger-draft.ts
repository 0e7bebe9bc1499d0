// Changing a ledger: a step writes to a draft, and what it wrote is laid on the ledger as one.
import type { Fact } from '../facts.ts';
import type { Order } from '../order.ts';
import type { Reservation } from '../reservation.ts';
import { SEAT_CODE } from '../season/seat.ts';
import type { Ledger, LedgerPatch } from './ledger.ts';
import { Overlay } from './overlay.ts';
import type { Draft } from './store.ts';

/** A claim that is given up outside of the session, once the end of what it was for is laid down. */
export type GivenUp =
  | { readonly of: 'film'; readonly customerRef: string; readonly claimId: string }
  | { readonly of: 'code'; readonly code: string; readonly claimId: string };

export class LedgerDraft implements Draft {
  readonly reservations: Overlay<Reservation>;
  readonly orders: Overlay<Order>;
  readonly orderOf: Overlay<string>;
  readonly holds: Overlay<number>;
  readonly minted: Overlay<number>;
  readonly barcodes: Overlay<true>;
  nextExpiry: number;
  /** What is told when this draft is laid down. */
  facts: Fact[] | undefined;
  givenUp: GivenUp[] | undefined;
  /** Orders that are no longer kept. */
  forgotten: readonly Order[] | undefined;
  readonly #ledger: Ledger;
  /** Code by index, of the seats that are otherwise than in the ledger. */
  #seats: Map<number, number> | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    this.reservations = new Overlay(ledger.reservations);
    this.orders = new Overlay(ledger.orders);
    this.orderOf = new Overlay(ledger.orderOf);
    this.holds = new Overlay(ledger.holds);
    this.minted = new Overlay(ledger.minted);
    this.barcodes = new Overlay(ledger.barcodes);
    this.nextExpiry = ledger.nextExpiry;
  }

  seat(index: number): number {
    return this.#seats?.get(index) ?? this.#ledger.seats[index] ?? SEAT_CODE.blocked;
  }

  setSeat(index: number, code: number): void {
    if (this.#ledger.seats[index] === code) this.#seats?.delete(index);
    else {
      this.#seats ??= new Map();
      this.#seats.set(index, code);
    }
  }

  /** Seats that have this code. */
  count(code: number): number {
    const { seats, counts } = this.#ledger;
    let count = counts[code] ?? 0;
    if (this.#seats)
      for (const [index, now] of this.#seats) count += Number(now === code) - Number(seats[index] === code);
    return count;
  }

  hold(reservationId: string, until: number): void {
    this.holds.set(reservationId, until);
    if (until < this.nextExpiry) this.nextExpiry = until;
  }

  /** Something is to become of an order at this moment, beside any hold of its seats. */
  due(orderId: string, at: number): void {
    this.hold(orderId, at);
  }

  /** Those that were reserved for it. */
  seatsOf({ reservationId }: Order): readonly string[] {
    return this.reservations.get(reservationId)?.seats ?? [];
  }

  tell(fact: Fact): void {
    if (this.facts) this.facts.push(fact);
    else this.facts = [fact];
  }

  giveUp(claim: GivenUp): void {
    if (this.givenUp) this.givenUp.push(claim);
    else this.givenUp = [claim];
  }

  patch(): LedgerPatch | undefined {
    const { nextExpiry } = this;
    const patch: LedgerPatch = {
      seats: this.#seats && this.#seats.size > 0 ? this.#seats : undefined,
      reservations: this.reservations.writes(),
      orders: this.orders.writes(),
      orderOf: this.orderOf.writes(),
      holds: this.holds.writes(),
      minted: this.minted.writes(),
      barcodes: this.barcodes.writes(),
      nextExpiry: nextExpiry === this.#ledger.nextExpiry ? undefined : Number.isFinite(nextExpiry) ? nextExpiry : null,
    };
    return isEmpty(patch) ? undefined : patch;
  }
}

function isEmpty({ seats, reservations, orders, orderOf, holds, minted, barcodes, nextExpiry }: LedgerPatch): boolean {
  const maps = seats ?? reservations ?? orders ?? orderOf ?? holds ?? minted ?? barcodes;
  return maps === undefined && nextExpiry === undefined;
}
