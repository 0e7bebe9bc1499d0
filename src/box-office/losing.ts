// Losing a flow: a reservation or an order in hand that nobody knows any more, while its seats stay held until they lapse.
import type { Desk } from './desk.ts';

/** Which reservation, and whose; an order is lost with its reservation. */
export interface Flow {
  readonly client: string;
  readonly sessionId: string;
  readonly reservationId: string;
}

/** Forgets it for good, unless it is over or another's: what was sold stays known. */
export function lose(desk: Desk, { client, sessionId, reservationId }: Flow): Promise<void> {
  return desk.change(sessionId, (draft) => {
    const reservation = draft.reservations.get(reservationId);
    if (reservation?.client !== client || !draft.holds.has(reservationId)) return;
    draft.reservations.set(reservationId, { ...reservation, lost: true });
    const order = draft.orders.get(draft.orderOf.get(reservationId) ?? '');
    if (order) draft.orders.set(order.id, { ...order, lost: true });
  });
}
