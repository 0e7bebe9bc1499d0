// Claims once more what was given up for an order when it expired, before its late money is taken.
import { claim, unclaim } from '../claims.ts';
import type { BoxOfficeContext } from '../context.ts';
import type { Order } from '../order.ts';
import { codeTally, filmTally } from '../state/tally.ts';
import type { ClaimedAgain } from './late-payment.ts';

/** Undefined where a limit or a quota has been used up meanwhile, with nothing claimed. */
export async function claimAgain(context: BoxOfficeContext, order: Order): Promise<ClaimedAgain | undefined> {
  const { sessionId, discount } = order;
  const { plan, rules } = context.inventory.settling(sessionId);
  const reservation = context.inventory.ledger(sessionId)?.reservations.get(order.reservationId);
  if (rules.latePayment !== 'reacquire' || !reservation) return undefined;
  const tally = filmTally(plan.film.id, reservation.customerRef);
  const film = context.nextClaimId();
  const bound = context.season.ticketsPerFilmAndCustomer;
  if (!(await claim(context, tally, { claimId: film, sessionId, count: reservation.seats.length, bound })))
    return undefined;
  if (discount?.claimId === undefined) return { film, giveBack: () => unclaim(context, tally, film) };
  const uses = codeTally(discount.code);
  const code = context.nextClaimId();
  const quota = context.season.discounts.get(discount.code)?.quota ?? Number.POSITIVE_INFINITY;
  if (await claim(context, uses, { claimId: code, sessionId, count: 1, bound: quota }))
    return {
      film,
      code,
      giveBack() {
        unclaim(context, tally, film);
        unclaim(context, uses, code);
      },
    };
  unclaim(context, tally, film);
  return undefined;
}
