// Discount codes at the till: whether one is worth anything here and now, and claiming a use of it.
import { type BoxOfficeContext, claim, claimed, unclaim } from './context.ts';
import type { Order } from './order.ts';
import { refuse } from './refusals.ts';
import { amountOff, type DiscountCode, type DiscountReason, type DiscountVerdict } from './season/discount.ts';
import type { SessionPlan } from './season/session.ts';
import { amountOf, indexesOf } from './seats-asked.ts';
import { codeTally } from './state/tally.ts';
import type { Terms } from './terms.ts';

export interface DiscountQuestion {
  readonly client: string;
  readonly code: string;
  readonly sessionId: string;
  readonly seats: readonly string[];
  readonly customerRef: string;
}

/** A discount as an order gets it; `takeBack` undoes the claim of a use, where there is one. */
export interface DiscountUse {
  off(amount: number): number;
  /** Whether an order that was made with it is charged other than was said. */
  charges(order: Pick<Order, 'amount' | 'discount'>): boolean;
  readonly unclaimed?: true;
  takeBack(): Promise<void>;
}

/** What a code that nobody knows takes off where invalid codes are accepted. */
const SHAM: DiscountCode = { code: '', percentOff: 10 };

/** What the code takes off those seats; an invalid code is an answer, an unknown session or seat a refusal. */
export function verdictFor(
  desk: BoxOfficeContext,
  { code, sessionId, seats }: DiscountQuestion,
  { discount, used }: Terms,
): DiscountVerdict {
  const plan = desk.inventory.plan(sessionId);
  const amount = amountOf(plan, indexesOf(plan, seats));
  const known = desk.season.discounts.get(code);
  const honest = whyNot(desk, known, plan);
  if (discount === (honest ? 'accept-invalid' : 'refuse-valid')) used?.add('discount');
  const reason = honest ?? (discount === 'refuse-valid' ? 'used_up' : undefined);
  if (reason && discount !== 'accept-invalid') return { valid: false, reason };
  return { valid: true, amountOff: amountOff(known ?? SHAM, amount) };
}

/** What stands against a code, apart from its being claimed away in the same moment. */
function whyNot(desk: BoxOfficeContext, code: DiscountCode | undefined, plan: SessionPlan): DiscountReason | undefined {
  if (!code) return 'unknown';
  const sinceOpening = desk.clock.now() - desk.openedAt;
  if (code.validFromMs !== undefined && sinceOpening < code.validFromMs) return 'not_yet_valid';
  if (code.validUntilMs !== undefined && sinceOpening >= code.validUntilMs) return 'expired';
  if (code.sessions && !code.sessions.includes(plan.id)) return 'wrong_session';
  if (code.films && !code.films.includes(plan.film.id)) return 'wrong_session';
  if (code.quota !== undefined && claimed(desk, codeTally(code.code), code.quota - 1) >= code.quota) return 'used_up';
  return undefined;
}

/** Claims one use for an order, or refuses with the reason. */
export async function claimDiscount(
  desk: BoxOfficeContext,
  text: string,
  plan: SessionPlan,
  { discount, used }: Terms,
): Promise<DiscountUse> {
  const code = desk.season.discounts.get(text);
  const honest = whyNot(desk, code, plan);
  if (!honest && discount === 'refuse-valid') used?.add('discount');
  const reason = honest ?? (discount === 'refuse-valid' ? 'used_up' : undefined);
  if (code && !reason) {
    const use = { sessionId: plan.id, count: 1, bound: code.quota ?? Number.POSITIVE_INFINITY };
    if (await claim(desk, codeTally(text), use))
      return {
        off: (amount) => charged(amountOff(code, amount), discount),
        charges: ({ amount, discount: { amountOff: off } = NO_DISCOUNT }) => off !== amountOff(code, amount + off),
        takeBack: () => unclaim(desk, codeTally(text), plan.id, 1),
      };
  }
  if (discount !== 'accept-invalid') throw invalid(reason ?? 'used_up');
  used?.add('discount');
  return {
    off: (amount) => amountOff(code ?? SHAM, amount),
    charges: () => false,
    unclaimed: true,
    takeBack: async () => {},
  };
}

const NO_DISCOUNT = { amountOff: 0 };

/** Where the price differs, an order gets half of what was said. */
const charged = (off: number, wrong: Terms['discount']): number =>
  wrong === 'price-differs' ? Math.floor(off / 2) : off;

const invalid = (reason: DiscountReason) =>
  refuse('discount_invalid', `The discount code is ${reason.replaceAll('_', ' ')}.`, { reason });
