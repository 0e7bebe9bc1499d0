// Discount codes at the till: whether one is worth anything here and now, and claiming a use of it.
import { claim, claimed, type Desk, unclaim } from './desk.ts';
import { amountOff, type DiscountCode, type DiscountReason, type DiscountVerdict } from './discount.ts';
import { refuse } from './refusals.ts';
import { amountOf, indexesOf } from './seats-asked.ts';
import type { SessionPlan } from './session.ts';
import { codeTally } from './tally.ts';

export interface DiscountQuestion {
  readonly client: string;
  readonly code: string;
  readonly sessionId: string;
  readonly seats: readonly string[];
  readonly customerRef: string;
}

/** What the code takes off those seats; an invalid code is an answer, an unknown session or seat a refusal. */
export function verdictFor(desk: Desk, { code, sessionId, seats }: DiscountQuestion): DiscountVerdict {
  const plan = desk.inventory.plan(sessionId);
  const amount = amountOf(plan, indexesOf(plan, seats));
  const known = desk.season.discounts.get(code);
  const reason = whyNot(desk, known, plan);
  if (!known || reason) return { valid: false, reason: reason ?? 'unknown' };
  return { valid: true, amountOff: amountOff(known, amount) };
}

/** What stands against a code, apart from its being claimed away in the same moment. */
function whyNot(desk: Desk, code: DiscountCode | undefined, plan: SessionPlan): DiscountReason | undefined {
  if (!code) return 'unknown';
  const sinceOpening = desk.clock.now() - desk.openedAt;
  if (code.validFromMs !== undefined && sinceOpening < code.validFromMs) return 'not_yet_valid';
  if (code.validUntilMs !== undefined && sinceOpening >= code.validUntilMs) return 'expired';
  if (code.sessions && !code.sessions.includes(plan.id)) return 'wrong_session';
  if (code.films && !code.films.includes(plan.film.id)) return 'wrong_session';
  if (code.quota !== undefined && claimed(desk, codeTally(code.code), code.quota - 1) >= code.quota) return 'used_up';
  return undefined;
}

/** Claims one use for an order, or refuses with the reason; `takeBack` undoes it. */
export async function claimDiscount(
  desk: Desk,
  text: string,
  plan: SessionPlan,
): Promise<{ off(amount: number): number; takeBack(): Promise<void> }> {
  const code = desk.season.discounts.get(text);
  const reason = whyNot(desk, code, plan);
  if (!code || reason) throw invalid(reason ?? 'unknown');
  const use = { sessionId: plan.id, count: 1, bound: code.quota ?? Number.POSITIVE_INFINITY };
  if (!(await claim(desk, codeTally(text), use))) throw invalid('used_up');
  return {
    off: (amount) => amountOff(code, amount),
    takeBack: () => unclaim(desk, codeTally(text), plan.id, 1),
  };
}

const invalid = (reason: DiscountReason) =>
  refuse('discount_invalid', `The discount code is ${reason.replaceAll('_', ' ')}.`, { reason });
