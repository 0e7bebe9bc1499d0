// Losing a flow: a reservation or an order in hand that nobody knows any more, while its seats stay held until they lapse.
import type { BoxOfficeContext } from './context.ts';
import type { Terms } from './terms.ts';

/** Which reservation, and whose; an order is lost with its reservation. */
export interface Flow {
  readonly client: string;
  readonly sessionId: string;
  readonly reservationId: string;
}

/** Forgets it for good if so told, unless it is over or another's: what was sold stays known. */
export async function loseIfTold(
  desk: BoxOfficeContext,
  { client, sessionId, reservationId }: Flow,
  terms: Terms,
): Promise<void> {
  if (!terms.loseFlow) return;
  const lost = await desk.change(sessionId, (draft) => {
    const reservation = draft.reservations.get(reservationId);
    if (reservation?.client !== client || reservation.lost || !draft.holds.has(reservationId)) return false;
    draft.reservations.set(reservationId, { ...reservation, lost: true });
    const order = draft.orders.get(draft.orderOf.get(reservationId) ?? '');
    if (order) draft.orders.set(order.id, { ...order, lost: true });
    return true;
  });
  if (lost && !terms.dryRun) terms.used?.add('loseFlow');
}
