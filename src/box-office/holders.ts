// Who holds or owns seats of a session, by what its ledger says of reservations and orders.
import { stands } from './orders.ts';
import { SEAT_CODE } from './season/seat.ts';
import type { Ledger } from './state/ledger.ts';

export interface Holder {
  /** Of SEAT_STATUSES: reserved or sold. */
  readonly code: number;
  readonly reservation: string;
  readonly order: string | undefined;
}

export function* holdersIn({ reservations, orders, orderOf }: Ledger): Iterable<Holder> {
  for (const { id, status } of reservations.values()) {
    const order = orders.get(orderOf.get(id) ?? '');
    if (order ? !stands(order) : status !== 'active') continue;
    const code = order?.status === 'completed' ? SEAT_CODE.sold : SEAT_CODE.reserved;
    yield { code, reservation: id, order: order?.id };
  }
}
