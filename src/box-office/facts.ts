// What happened in a box office, told on its topic once it is laid down: once each, whoever concluded it.
// A dry run tells nothing, and neither does a step that is run again or refused. That a fault made a flow forgotten is
// no fact, since nothing became of its seats; that they lapse later is one, marked `lost`: no seller could ask for it.

interface Happened {
  /** Epoch ms of box-office time; of a lapse the moment it was due, however late it was concluded. */
  readonly at: number;
  readonly sessionId: string;
  /** The seller whose reservation it is. */
  readonly client: string;
  readonly reservationId: string;
  readonly seats: readonly string[];
}

interface HappenedToOrder extends Happened {
  readonly orderId: string;
  /** The seller's own name for the order. */
  readonly externalRef: string;
}

export type Fact =
  /** Seats are held until `expiresAt`, as it was told. */
  | (Happened & { readonly kind: 'reserved'; readonly expiresAt: number })
  | (Happened & { readonly kind: 'extended'; readonly expiresAt: number })
  | (Happened & { readonly kind: 'released' })
  /** A reservation was not ordered in time, or its order not completed: with an order's id, the order expired. */
  | (Happened & {
      readonly kind: 'lapsed';
      readonly orderId?: string;
      readonly externalRef?: string;
      readonly lost?: true;
    })
  | (HappenedToOrder & { readonly kind: 'ordered'; readonly amount: number; readonly currency: string })
  | (HappenedToOrder & { readonly kind: 'completed'; readonly amount: number; readonly currency: string })
  /** `refunded`: it was completed before. */
  | (HappenedToOrder & { readonly kind: 'canceled'; readonly refunded: boolean })
  /** Told of the reservation that took the last seats; seats that come free again make it possible once more. */
  | (Happened & { readonly kind: 'sold_out' });

export type FactKind = Fact['kind'];
