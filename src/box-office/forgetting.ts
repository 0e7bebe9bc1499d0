// What a ledger forgets: the oldest reservations that ended, so that a long game does not fill the memory.
import type { Ledger } from './ledger.ts';
import type { Order } from './order.ts';

/** Ended reservations (and their orders) kept per session; older ones are as if they had never been. */
export const MAX_ENDED_PER_SESSION = 500;
/** Forgotten at a time, so that the search is paid rarely. */
const BATCH = 100;

/** Forgets the oldest ended ones when there are too many; gives the orders that went with them. */
export function forgetEnded(ledger: Ledger): readonly Order[] {
  const { reservations, orders, orderOf, holds, seats } = ledger;
  const forgotten: Order[] = [];
  if (reservations.size <= seats.length + MAX_ENDED_PER_SESSION + BATCH) return forgotten;
  let surplus = BATCH;
  for (const id of reservations.keys()) {
    if (surplus === 0) break;
    const order = orders.get(orderOf.get(id) ?? '');
    if (holds.has(id) || order?.status === 'completed') continue;
    reservations.delete(id);
    orderOf.delete(id);
    if (order && orders.delete(order.id)) forgotten.push(order);
    surplus--;
  }
  return forgotten;
}
