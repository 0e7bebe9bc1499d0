// Domain values as the public JSON shows them: no field more, no field less, times in RFC 3339.
import type { Order } from '../../box-office/order.ts';
import type { Reservation } from '../../box-office/reservation.ts';
import type { Session } from '../../box-office/season/session.ts';
import type { OrderShape, ReservationShape, SessionShape } from './schemas.ts';

const time = (epochMs: number): string => new Date(epochMs).toISOString();

export function presentSession({ plan, startsAt, onSaleAt, presaleAt, status, available }: Session): SessionShape {
  return {
    id: plan.id,
    film: { id: plan.film.id, title: plan.film.title },
    venue: { id: plan.venue.id, name: plan.venue.name },
    hall: { id: plan.hall.id, name: plan.hall.name },
    startsAt: time(startsAt),
    onSaleAt: time(onSaleAt),
    ...(presaleAt !== undefined && { presaleAt: time(presaleAt) }),
    status,
    prices: plan.prices.map(({ category, amount, currency }) => ({ category, amount, currency })),
    available,
  };
}

export function presentReservation(reservation: Reservation): ReservationShape {
  const { id, sessionId, seats, amount, currency, status, createdAt, expiresAt } = reservation;
  return {
    id,
    sessionId,
    seats: [...seats],
    amount,
    currency,
    status,
    createdAt: time(createdAt),
    expiresAt: time(expiresAt),
  };
}

/** Without the customer: a seller knows its own, and nobody else may. */
export function presentOrder(order: Order): OrderShape {
  const { id, externalRef, reservationId, status, amount, currency, discount, payment, tickets } = order;
  return {
    id,
    externalRef,
    reservationId,
    status,
    amount,
    currency,
    ...(discount && { discount: { code: discount.code, amountOff: discount.amountOff } }),
    payment: presentPayment(payment),
    ...(tickets && { tickets: tickets.map(({ seat, barcode }) => ({ seat, barcode })) }),
    createdAt: time(order.createdAt),
    expiresAt: time(order.expiresAt),
  };
}

function presentPayment({ id, method, status, reference, redirect }: Order['payment']): OrderShape['payment'] {
  return {
    id,
    method,
    status,
    ...(reference !== undefined && { reference }),
    ...(redirect && { redirectUrl: redirect.url }),
  };
}
