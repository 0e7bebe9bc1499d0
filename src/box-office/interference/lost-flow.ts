// Losing a flow: a reservation or an order in hand that nobody knows any more, while its seats stay held until they lapse.
import type { BoxOfficeContext } from '../context.ts';
import { sessionOf } from '../ids.ts';
import { knownOrder } from '../orders.ts';
import { orderIdOf } from '../paying/payment.ts';
import type { Term } from '../terms.ts';
import type { Verbs } from '../verbs.ts';

/** The verbs, each of which loses what it is asked about before it begins. */
export function losingVerbs(verbs: Verbs, context: BoxOfficeContext, used: Set<Term> | undefined): Verbs {
  const lose = async (client: string, reservationId: string): Promise<void> => {
    if (await forget(context, client, reservationId)) used?.add('loseFlow');
  };
  const loseOrder = async (client: string, id: string): Promise<void> => {
    const sessionId = knownSession(context, sessionOf('o', id));
    const order = sessionId === undefined ? undefined : context.inventory.ledger(sessionId)?.orders.get(id);
    if (order) await lose(client, order.reservationId);
  };
  const losePayment = async (id: string): Promise<void> => {
    const order = knownSession(context, sessionOf('p', id)) && knownOrder(context, orderIdOf(id));
    if (order) await lose(order.client, order.reservationId);
  };
  return {
    ...verbs,
    async reservation(client, id, terms) {
      await lose(client, id);
      return verbs.reservation(client, id, terms);
    },
    async extend(client, id, terms) {
      await lose(client, id);
      return verbs.extend(client, id, terms);
    },
    async release(client, id, terms) {
      await lose(client, id);
      return verbs.release(client, id, terms);
    },
    async createOrder(request, terms) {
      await lose(request.client, request.reservationId);
      return verbs.createOrder(request, terms);
    },
    async completeOrder(client, id, reference, terms) {
      await loseOrder(client, id);
      return verbs.completeOrder(client, id, reference, terms);
    },
    async order(client, id, terms) {
      await loseOrder(client, id);
      return verbs.order(client, id, terms);
    },
    async cancelOrder(client, id, terms) {
      await loseOrder(client, id);
      return verbs.cancelOrder(client, id, terms);
    },
    async payment(id, terms) {
      await losePayment(id);
      return verbs.payment(id, terms);
    },
    async payByCard(attempted, terms) {
      await losePayment(attempted.id);
      return verbs.payByCard(attempted, terms);
    },
    async answerChallenge(attempted, terms) {
      await losePayment(attempted.id);
      return verbs.answerChallenge(attempted, terms);
    },
  };
}

/** An order is lost with its reservation; what is over, sold, unknown or another's is not, and false is said. */
async function forget(context: BoxOfficeContext, client: string, reservationId: string): Promise<boolean> {
  const sessionId = knownSession(context, sessionOf('r', reservationId));
  if (sessionId === undefined) return false;
  return context.change(sessionId, (draft) => {
    const reservation = draft.reservations.get(reservationId);
    if (reservation?.client !== client || reservation.lost || !draft.holds.has(reservationId)) return false;
    draft.reservations.set(reservationId, { ...reservation, lost: true });
    const order = draft.orders.get(draft.orderOf.get(reservationId) ?? '');
    if (order) draft.orders.set(order.id, { ...order, lost: true });
    return true;
  });
}

/** The verb itself says what is wrong with an id. */
const knownSession = ({ season }: BoxOfficeContext, id: string | undefined): string | undefined =>
  id !== undefined && season.index.find(id) ? id : undefined;
