// A reservation: seats held for a customer until it is ordered, released, or lapses.
import type { Money } from './money.ts';

export const RESERVATION_STATUSES = ['active', 'consumed', 'expired', 'released'] as const;
export type ReservationStatus = (typeof RESERVATION_STATUSES)[number];

/** Times are epoch milliseconds of box-office time. */
export interface Reservation extends Money {
  readonly id: string;
  readonly sessionId: string;
  /** The seller that holds it; nobody else sees it. */
  readonly client: string;
  readonly customerRef: string;
  readonly seats: readonly string[];
  readonly status: ReservationStatus;
  readonly extended: boolean;
  readonly createdAt: number;
  /** As told; under a fault the seats may be let go sooner. */
  readonly expiresAt: number;
  /** What its seats count by against the customer's limit; shown to nobody. */
  readonly claimId: string;
  /** Forgotten by a fault: its seats are held, and nobody finds it. */
  readonly lost?: true;
}

export interface ReserveRequest {
  readonly client: string;
  readonly sessionId: string;
  readonly customerRef: string;
  readonly accessCode?: string;
  /** Either these seats, all or none, … */
  readonly seats?: readonly string[];
  /** … or so many seats next to each other where there are, else as near as there are. */
  readonly bestAvailable?: { readonly count: number; readonly category?: string };
}
