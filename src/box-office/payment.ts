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

export interface Payment {
  readonly method: (typeof PAYMENT_METHODS)[number];
  readonly status: (typeof PAYMENT_STATUSES)[number];
  /** The seller's own reference, told on completion. */
  readonly reference?: string;
  readonly redirectUrl?: string;
}
