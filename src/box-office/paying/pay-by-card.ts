// A card on the payment page: taken, declined, or sent to its issuer's question.
import type { BoxOfficeContext } from '../context.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import type { PaymentTerms } from '../terms.ts';
import {
  type Attempted,
  type AttemptResult,
  again,
  attemptOn,
  checkOpen,
  settleAttempt,
  takenOutcome,
  wrongAttempt,
} from './attempt.ts';
import { isLate } from './late-payment.ts';
import { type AttemptOutcome, type CardBehaviour, PAYING_MS } from './payment.ts';
import type { RedirectOrder } from './redirect-order.ts';

/** Refuses with `not_found`, `validation_failed` (an attempt that is not the next), or `reservation_expired`. */
export async function payByCard(
  context: BoxOfficeContext,
  { card, ...attempted }: Attempted & { readonly card: CardBehaviour },
  terms: PaymentTerms,
): Promise<AttemptResult> {
  return attemptOn(context, attempted, {
    terms,
    pays: card === 'succeeds',
    step(draft, now, order) {
      const before = order.payment.redirect.attempts;
      const known = before[attempted.attempt - 1];
      if (known) return known.outcome === 'captured' ? again(draft, now, { order, known, terms }) : { order, known };
      if (attempted.attempt !== before.length + 1) throw wrongAttempt(attempted.attempt, before.length);
      if (isLate(order, attempted.sentAt) && card === 'succeeds') return undefined;
      checkOpen(order);
      const outcome = outcomeOf(card, terms);
      const given = giveTime(draft, now, order);
      return settleAttempt(draft, now, { order: given, attempts: [...before, { card, outcome }], terms });
    },
  });
}

function outcomeOf(card: CardBehaviour, terms: PaymentTerms): AttemptOutcome {
  if (card === 'succeeds') return takenOutcome(terms);
  if (card === 'challenge' || card === 'challenge_fails') return 'challenged';
  return card === 'hangs' ? 'hanging' : card;
}

/** From its first card on an order has time enough to be paid, once. */
function giveTime(draft: LedgerDraft, now: number, order: RedirectOrder): RedirectOrder {
  const { id: _, sessionId, client, reservationId } = order;
  const expiresAt = now + PAYING_MS;
  if (order.payment.redirect.attempts.length > 0 || expiresAt <= order.expiresAt) return order;
  draft.hold(reservationId, expiresAt);
  draft.tell({ kind: 'extended', at: now, sessionId, client, reservationId, seats: draft.seatsOf(order), expiresAt });
  return { ...order, expiresAt };
}
