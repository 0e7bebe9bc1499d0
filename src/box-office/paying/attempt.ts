// One attempt to pay: done once, whoever repeats it, and what it makes of payment and order.
import type { BoxOfficeContext } from '../context.ts';
import { happenedToPayment } from '../facts.ts';
import { sessionOf } from '../ids.ts';
import type { Order } from '../order.ts';
import { knownOrder, orderGone } from '../orders.ts';
import { refuse } from '../refusals.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import type { PaymentTerms, Term } from '../terms.ts';
import { claimAgain } from './claim-again.ts';
import { captureLate, isLate } from './late-payment.ts';
import { becomePaid, capture } from './money.ts';
import { type Attempt, type AttemptOutcome, failuresOf, isFailure, MAX_FAILURES, orderIdOf } from './payment.ts';
import { noPayment, type RedirectOrder, redirectOrder, withAttempts, withStatus } from './redirect-order.ts';

/** An attempt to pay, as its customer made it. */
export interface Attempted {
  /** Of the payment. */
  readonly id: string;
  /** The first is number 1. */
  readonly attempt: number;
  /** Epoch ms of box-office time: what was sent before the order expired is paid, however late that is heard of. */
  readonly sentAt: number;
}

/** What became of an attempt, now or when it was made first. */
export interface AttemptResult {
  readonly order: Order;
  readonly outcome: AttemptOutcome;
}

/** An attempt that is known, and what its order is. */
export interface Settled {
  readonly order: Order;
  readonly known: Attempt;
  readonly used?: Term;
}

interface Attempting {
  readonly terms: PaymentTerms;
  /** Whether it takes money at once. */
  readonly pays: boolean;
  /** Undefined: the order has expired since it was sent, and the money comes late. */
  step(draft: LedgerDraft, now: number, order: RedirectOrder): Settled | undefined;
}

/** Runs one attempt on its order, and captures late where it is heard of too late. */
export async function attemptOn(
  context: BoxOfficeContext,
  { id, attempt, sentAt }: Attempted,
  { terms, pays, step }: Attempting,
): Promise<AttemptResult> {
  const sessionId = sessionOf('p', id) ?? noPayment(id);
  const orderId = orderIdOf(id);
  const seen = knownOrder(context, orderId);
  const claims = pays && seen && isLate(seen, sentAt) ? await claimAgain(context, seen) : undefined;
  let isLaidDown = false;
  try {
    const { late, used, ...result } = await context.change(sessionId, (draft, now) => {
      const order = redirectOrder(id, draft.orders.get(orderId));
      const settled = step(draft, now, order);
      if (settled) return { order: settled.order, outcome: settled.known.outcome, used: settled.used };
      const attempts = replacedAttempt(order, attempt);
      const told = withAttempts(order, attempts);
      const late = captureLate(draft, now, { order: told, settling: context.inventory.settling(sessionId), claims });
      return { order: late, outcome: 'captured' as const, late };
    });
    isLaidDown = late?.status === 'paid';
    if (used) terms.used?.add(used);
    return result;
  } finally {
    if (!isLaidDown) claims?.giveBack();
  }
}

/** What a card's attempt, or its issuer's answer, makes of payment and order. */
export function settleAttempt(
  draft: LedgerDraft,
  now: number,
  { order, attempts, terms }: { order: RedirectOrder; attempts: readonly Attempt[]; terms: PaymentTerms },
): Settled {
  const known = attempts.at(-1) as Attempt;
  const told = withAttempts(order, attempts);
  if (known.outcome === 'captured') return { order: becomePaid(draft, now, capture(draft, now, told)), known };
  const settled = isFailure(known.outcome) ? failed(draft, now, told) : waiting(told, known.outcome, terms);
  draft.orders.set(settled.id, settled);
  return { order: settled, known, ...(known.outcome === 'pending' && { used: 'latePaymentMs' as const }) };
}

function failed(draft: LedgerDraft, now: number, order: RedirectOrder): Order {
  if (failuresOf(order.payment.redirect) < MAX_FAILURES) return withStatus(order, 'requires_action');
  draft.tell({ kind: 'payment_failed', ...happenedToPayment(order, draft.seatsOf(order), now) });
  return withStatus(order, 'failed');
}

function waiting(order: RedirectOrder, outcome: AttemptOutcome, { latePaymentMs }: PaymentTerms): Order {
  if (outcome === 'challenged') return withStatus(order, 'requires_action');
  const { redirect } = order.payment;
  const late = outcome === 'pending' && latePaymentMs !== undefined && { lateMs: latePaymentMs };
  return withStatus({ ...order, payment: { ...order.payment, redirect: { ...redirect, ...late } } }, 'processing');
}

/** The same attempt once more: nothing, unless a fault takes the money again. */
export function again(
  draft: LedgerDraft,
  now: number,
  { order, known, terms }: Settled & { terms: PaymentTerms },
): Settled {
  if (!terms.doubleCharge || order.payment.status !== 'succeeded') return { order, known };
  const charged = capture(draft, now, order, { surplus: true });
  draft.orders.set(charged.id, charged);
  return { order: charged, known, used: 'doubleCharge' };
}

/** What takes the money: a card at once, or its issuer's yes. */
export const takenOutcome = ({ latePaymentMs }: PaymentTerms): AttemptOutcome =>
  latePaymentMs === undefined ? 'captured' : 'pending';

/** Nobody pays for an order that is over, nor twice at a time. */
export function checkOpen(order: Order): void {
  const { status, payment } = order;
  if (status === 'expired' || status === 'canceled') throw orderGone(order);
  if (status !== 'pending_payment' || payment.status !== 'requires_action')
    throw refuse('payment_ended', `Payment ${payment.id} is ${payment.status}.`, { paymentStatus: payment.status });
}

export const wrongAttempt = (attempt: number, made: number) =>
  refuse('validation_failed', `attempt: must be 1 to ${made + 1}, got ${attempt}`);

/** All attempts, with this one captured. */
function replacedAttempt({ payment: { redirect } }: RedirectOrder, attempt: number): readonly Attempt[] {
  const card = redirect.attempts[attempt - 1]?.card ?? 'succeeds';
  return [...redirect.attempts.slice(0, attempt - 1), { card, outcome: 'captured' }];
}
