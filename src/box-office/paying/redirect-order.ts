// An order by redirect, with all that only such an order has.
import type { BoxOfficeContext } from '../context.ts';
import { sessionOf } from '../ids.ts';
import type { Order } from '../order.ts';
import { knownOrder } from '../orders.ts';
import { refuse } from '../refusals.ts';
import { type Attempt, orderIdOf, type Redirect } from './payment.ts';

/** An order by redirect with its payment. */
export type RedirectOrder = Order & { readonly payment: { readonly redirect: Redirect } };

/** Whosever it is, since its page's URL is the capability. */
export function readPayment(context: BoxOfficeContext, id: string): RedirectOrder {
  return redirectOrder(id, knownOrder(context, orderIdOf(sessionOf('p', id) === undefined ? noPayment(id) : id)));
}

/** Whosever it is; a lost one is not found. */
export function redirectOrder(id: string, order: Order | undefined): RedirectOrder {
  const redirect = order?.payment.redirect;
  return order && redirect && !order.lost ? { ...order, payment: { ...order.payment, redirect } } : noPayment(id);
}

export function noPayment(id: string): never {
  throw refuse('not_found', `There is no payment "${id.slice(0, 80)}".`);
}

export const withStatus = (order: Order, status: Order['payment']['status']): Order => ({
  ...order,
  payment: { ...order.payment, status },
});

export function withAttempts(order: RedirectOrder, attempts: readonly Attempt[]): RedirectOrder {
  return { ...order, payment: { ...order.payment, redirect: { ...order.payment.redirect, attempts } } };
}
