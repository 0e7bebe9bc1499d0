// A webhook that is about to be sent, as rules see it and may change it.

/** What a webhook can tell of, in the order of a purchase. */
export const WEBHOOK_TYPES = [
  'reservation.expired',
  'payment.succeeded',
  'payment.failed',
  'payment.canceled',
  'order.paid',
  'order.completed',
  'order.expired',
  'order.canceled',
  'order.refunded',
  'session.sold_out',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** One webhook to one endpoint. */
export interface Notice {
  /** Its `webhook-id`. */
  readonly id: string;
  readonly type: WebhookType;
  /** The seller it is sent to. */
  readonly client: string;
  /** Whatever belongs together: the order it is about, else the reservation or session. */
  readonly subject: string;
  /** Of its endpoint. */
  readonly endpoint: string;
  /** It is sent so much later. */
  readonly delayMs: number;
  /** `bad`: no key of the client made it. */
  readonly signature: 'good' | 'bad';
  /** It waits until another of the same client, or about the same subject, has passed it. */
  readonly heldBack?: HeldBack | undefined;
}

export interface HeldBack {
  readonly by: 'client' | 'order';
  /** It waits no longer, whether one has passed it or not. */
  readonly withinMs: number;
}
