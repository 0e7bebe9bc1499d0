// Discount codes at the till: whether one is worth anything here and now, and claiming a use of it.
import { claim, claimed, unclaim } from './claims.ts';
import type { BoxOfficeContext } from './context.ts';
import type { Order } from './order.ts';
import { refuse } from './refusals.ts';
import { amountOff, type DiscountCode, type DiscountReason, type DiscountVerdict } from './season/discount.ts';
import type { SessionPlan } from './season/session.ts';
import { amountOf, indexesOf } from './seats/seats-asked.ts';
import { codeTally } from './state/tally.ts';
import type { DiscountTerms } from './terms.ts';

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
  /** The use that was claimed; unset: of a code without a quota, or given by a fault. */
  readonly claimId?: string;
  takeBack(): void;
}

/** What a code that nobody knows takes off where invalid codes are accepted. */
const SHAM: DiscountCode = { code: '', percentOff: 10 };

/** What the code takes off those seats; an invalid code is an answer, an unknown session or seat a refusal. */
export function verdictFor(
  context: BoxOfficeContext,
  { code, sessionId, seats }: DiscountQuestion,
  { discount, used }: DiscountTerms,
): DiscountVerdict {
  const plan = context.inventory.plan(sessionId);
  const amount = amountOf(plan, indexesOf(plan, seats));
  const known = context.season.discounts.get(code);
  const honest = whyNot(context, known, plan);
  if (discount === (honest ? 'accept-invalid' : 'refuse-valid')) used?.add('discount');
  const reason = honest ?? (discount === 'refuse-valid' ? 'used_up' : undefined);
  if (reason && discount !== 'accept-invalid') return { valid: false, reason };
  return { valid: true, amountOff: amountOff(known ?? SHAM, amount) };
}

/** What stands against a code, apart from its being claimed away in the same moment. */
function whyNot(
  context: BoxOfficeContext,
  code: DiscountCode | undefined,
  plan: SessionPlan,
): DiscountReason | undefined {
  if (!code) return 'unknown';
  const sinceOpening = context.clock.now() - context.openedAt;
  if (code.validFromMs !== undefined && sinceOpening < code.validFromMs) return 'not_yet_valid';
  if (code.validUntilMs !== undefined && sinceOpening >= code.validUntilMs) return 'expired';
  if (code.sessions && !code.sessions.includes(plan.id)) return 'wrong_session';
  if (code.films && !code.films.includes(plan.film.id)) return 'wrong_session';
  if (code.quota !== undefined && claimed(context, codeTally(code.code), code.quota - 1) >= code.quota)
    return 'used_up';
  return undefined;
}

/** Claims one use for an order, or refuses with the reason. */
export async function claimDiscount(
  context: BoxOfficeContext,
  text: string,
  plan: SessionPlan,
  { discount, used }: DiscountTerms,
): Promise<DiscountUse> {
  const code = context.season.discounts.get(text);
  const honest = whyNot(context, code, plan);
  if (!honest && discount === 'refuse-valid') used?.add('discount');
  const reason = honest ?? (discount === 'refuse-valid' ? 'used_up' : undefined);
  if (code && !reason) {
    const use = await claimUse(context, code, plan);
    if (use)
      return {
        ...use,
        off: (amount) => charged(amountOff(code, amount), discount),
        charges: ({ amount, discount: { amountOff: off } = NO_DISCOUNT }) => off !== amountOff(code, amount + off),
      };
  }
  if (discount !== 'accept-invalid') throw invalid(reason ?? 'used_up');
  used?.add('discount');
  return { ...UNCLAIMED, off: (amount) => amountOff(code ?? SHAM, amount), charges: () => false };
}

/** Undefined when the quota was used up in the same moment. */
async function claimUse(
  context: BoxOfficeContext,
  { code, quota }: DiscountCode,
  { id: sessionId }: SessionPlan,
): Promise<Pick<DiscountUse, 'claimId' | 'takeBack'> | undefined> {
  if (quota === undefined) return UNCLAIMED;
  const claimId = context.nextClaimId();
  if (!(await claim(context, codeTally(code), { claimId, sessionId, count: 1, bound: quota }))) return undefined;
  return { claimId, takeBack: () => unclaim(context, codeTally(code), claimId) };
}

const UNCLAIMED = Object.freeze({ takeBack: () => {} });
const NO_DISCOUNT = { amountOff: 0 };

/** Where the price differs, an order gets half of what was said. */
const charged = (off: number, wrong: DiscountTerms['discount']): number =>
  wrong === 'price-differs' ? Math.floor(off / 2) : off;

const invalid = (reason: DiscountReason) =>
  refuse('discount_invalid', `The discount code is ${reason.replaceAll('_', ' ')}.`, { reason });
