// What stands in a store's books, for checks from outside.
import type { Order } from '../../src/box-office/order.ts';
import type { Ledger } from '../../src/box-office/state/ledger.ts';
import type { Store } from '../../src/box-office/state/store.ts';

const ledgersIn = (store: Store): Ledger[] => [...store.all('session')].map(([, ledger]) => ledger as Ledger);

export const ordersIn = (store: Store): Order[] => ledgersIn(store).flatMap(({ orders }) => [...orders.values()]);

/** Money that was captured more than once, which is a breach that faults make. */
export const hasSurplus = ({ payment }: Order): boolean =>
  payment.redirect?.money.some(({ surplus }) => surplus) ?? false;

/** Its money is still to come: what counts for it against limits stands. */
export const isPaidLate = ({ status, payment }: Order): boolean =>
  status === 'expired' && payment.status === 'processing';

/** Of orders whose money is still to come. */
export function seatsPaidLate(store: Store): number {
  let seats = 0;
  for (const { orders, reservations } of ledgersIn(store))
    for (const order of orders.values())
      if (isPaidLate(order)) seats += reservations.get(order.reservationId)?.seats.length ?? 0;
  return seats;
}
