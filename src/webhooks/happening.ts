// Which webhook each fact of the box office makes, and what it is about: every kind of fact is in the table, also those that make none.
import type { Fact, FactKind } from '../box-office/facts.ts';
import type { WebhookType } from '../faults/notice.ts';

/** A fact as webhooks tell it. */
export interface Happening {
  readonly type: WebhookType;
  /** Of what the type is about: the reservation, payment, order or session. */
  readonly id: string;
  readonly orderId?: string | undefined;
  readonly externalRef?: string | undefined;
  /** Epoch ms of box-office time. */
  readonly at: number;
  /** Null: every client hears of it. */
  readonly client: string | null;
  /** What belongs together: the order where there is one. */
  readonly subject: string;
}

type FactOf<Kind extends FactKind> = Extract<Fact, { readonly kind: Kind }>;
type Told = { readonly [Kind in FactKind]: ((fact: FactOf<Kind>) => Happening | undefined) | undefined };

const TOLD: Told = {
  reserved: undefined,
  extended: undefined,
  released: undefined,
  ordered: undefined,
  completing: undefined,
  lapsed: (fact) =>
    fact.orderId === undefined || fact.paid
      ? about('reservation.expired', fact.reservationId, fact)
      : about('order.expired', fact.orderId, fact),
  completed: (fact) => about('order.completed', fact.orderId, fact),
  canceled: (fact) => (fact.refunded ? undefined : about('order.canceled', fact.orderId, fact)), // else it is refunded
  captured: (fact) => about('payment.succeeded', fact.paymentId, fact),
  paid: (fact) => about('order.paid', fact.orderId, fact),
  payment_failed: (fact) => about('payment.failed', fact.paymentId, fact),
  payment_canceled: (fact) => about('payment.canceled', fact.paymentId, fact),
  refunded: (fact) => about('order.refunded', fact.orderId, fact),
  sold_out: (fact) => ({ ...about('session.sold_out', fact.sessionId, fact), client: null, subject: fact.sessionId }),
};

/** Undefined for a fact that makes no webhook. */
export function happeningOf(fact: Fact): Happening | undefined {
  const told = TOLD[fact.kind] as ((fact: Fact) => Happening | undefined) | undefined;
  return told?.(fact);
}

function about(type: WebhookType, id: string, fact: Fact): Happening {
  const { at, client, reservationId } = fact;
  const { orderId, externalRef } = fact as { readonly orderId?: string; readonly externalRef?: string };
  return { type, id, orderId, externalRef, at, client, subject: orderId ?? reservationId };
}

/** The thin body: who receives it asks for the rest. */
export function bodyOf({ type, id, orderId, externalRef, at }: Happening, world: string): string {
  const refs = { ...(orderId !== undefined && { orderId }), ...(externalRef !== undefined && { externalRef }) };
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: { id, ...refs, world } });
}
