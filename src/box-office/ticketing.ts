// Ticketing: an order's seats become sold, each with a barcode that lets its holder in.
import { barcodeOf } from './barcode.ts';
import { happenedTo } from './facts.ts';
import type { Settling } from './inventory/settling.ts';
import type { Order, Ticket } from './order.ts';
import { SEAT_CODE } from './season/seat.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';

export function ticket(draft: LedgerDraft, now: number, { plan, position, seed }: Settling, order: Order): Order {
  const seats = draft.seatsOf(order);
  const tickets = seats.map((seat): Ticket => {
    draft.setSeat(plan.layout.indexOf.get(seat) as number, SEAT_CODE.sold);
    const identity = { session: position, orderId: order.id, seat, seed };
    const barcode = barcodeOf(identity, (candidate) => draft.barcodes.has(candidate));
    draft.barcodes.set(barcode, true);
    return { seat, barcode };
  });
  const completed: Order = {
    ...order,
    status: 'completed',
    payment: { ...order.payment, status: 'succeeded' },
    tickets,
  };
  draft.holds.delete(order.reservationId);
  draft.orders.set(order.id, completed);
  const { amount, currency } = order;
  draft.tell({ kind: 'completed', ...happenedTo(order, seats, now), amount, currency });
  return completed;
}
