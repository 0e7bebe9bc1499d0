// A payment: the seller takes the money itself (`seller`), or sends its customer to the upstream's page (`redirect`).

export const PAYMENT_METHODS = ['seller', 'redirect'] as const;
export const PAYMENT_STATUSES = [
  'created',
  'requires_action',
  'processing',
  'succeeded',
  'failed',
  'canceled',
  'refunded',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** What a card does, whoever's it is; the box office never sees more of one. */
export const CARD_BEHAVIOURS = [
  'succeeds',
  'declined',
  'insufficient_funds',
  'challenge',
  'challenge_fails',
  'hangs',
] as const;
export type CardBehaviour = (typeof CARD_BEHAVIOURS)[number];

/** What became of one submitted card. */
export type AttemptOutcome =
  | 'captured'
  /** The customer is to answer its issuer first. */
  | 'challenged'
  /** The money is on its way; nobody can say yet. */
  | 'pending'
  /** The issuer does not answer. */
  | 'hanging'
  | 'declined'
  | 'insufficient_funds'
  /** The customer refused at its issuer. */
  | 'refused'
  | 'authentication_failed';

export interface Attempt {
  readonly card: CardBehaviour;
  readonly outcome: AttemptOutcome;
}

/** A row of what was taken and given back; redirect payments alone have any, since a seller's own money is only declared. */
export interface MoneyRow {
  readonly kind: 'capture' | 'refund';
  /** Epoch ms of box-office time. */
  readonly at: number;
  /** Minor units of the order's currency. */
  readonly amount: number;
  /** Captured again, for nothing. */
  readonly surplus?: true;
}

/** What only a payment by redirect has. */
export interface Redirect {
  /** The payment page; it is the capability, so nobody but the seller and its customer may see it. */
  readonly url: string;
  /** The seller's page that the customer is sent back to. */
  readonly returnUrl: string;
  /** The first is number 1. */
  readonly attempts: readonly Attempt[];
  readonly money: readonly MoneyRow[];
  /** A fault has the money come so long after the order has expired, in box-office milliseconds. */
  readonly lateMs?: number;
}

export interface Payment {
  readonly id: string;
  readonly method: (typeof PAYMENT_METHODS)[number];
  readonly status: PaymentStatus;
  /** The seller's own reference, told on completion. */
  readonly reference?: string;
  readonly redirect?: Redirect;
}

/** There is one payment an order, and each's id tells the other's. */
export const paymentIdOf = (orderId: string): string => `p${orderId.slice(1)}`;
export const orderIdOf = (paymentId: string): string => `o${paymentId.slice(1)}`;

/** The least time an order has from its first card on, and after its seats were taken again: box-office milliseconds. */
export const PAYING_MS = 300_000;

/** Cards that came to nothing, after which the payment has failed. */
export const MAX_FAILURES = 3;

const FAILURES: ReadonlySet<AttemptOutcome> = new Set<AttemptOutcome>([
  'declined',
  'insufficient_funds',
  'refused',
  'authentication_failed',
]);

export const isFailure = (outcome: AttemptOutcome): boolean => FAILURES.has(outcome);

export const failuresOf = ({ attempts }: Redirect): number =>
  attempts.filter(({ outcome }) => isFailure(outcome)).length;
