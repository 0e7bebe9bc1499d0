// What the upstream answers with, as far as this shop reads it.

export interface Session {
  readonly id: string;
  readonly film: { readonly id: string; readonly title: string };
  readonly startsAt: string;
  readonly status: string;
  readonly available: number;
}

export interface SeatMap {
  readonly sessionId: string;
  readonly rows: readonly { readonly row: string; readonly seats: readonly { id: string; status: string }[] }[];
}

export interface Reservation {
  readonly id: string;
  readonly seats: readonly string[];
  readonly amount: number;
  readonly expiresAt: string;
}

export interface Order {
  readonly id: string;
  readonly externalRef: string;
  readonly status:
    | 'pending_payment'
    | 'paid'
    | 'completing'
    | 'completed'
    | 'expired'
    | 'canceled'
    | 'refund_pending'
    | 'refunded';
  readonly amount: number;
  readonly payment: { readonly method: 'seller' | 'redirect'; readonly redirectUrl?: string };
  readonly tickets?: readonly { readonly seat: string; readonly barcode: string }[];
}

export interface Discount {
  readonly valid: boolean;
  readonly amountOff?: number;
}

export interface Customer {
  readonly name: string;
  readonly phone: string;
}
