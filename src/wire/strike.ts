// One rule, drawn for one request or connection: whoever performs what it wants takes a unit of its limit first, and tells it when the effect is there.
import type { RuleRef } from './rule-ref.ts';

export interface Strike {
  readonly rule: RuleRef;
  /** Takes a unit of the rule's limit, before it acts; false: none is left, it must not act. Idempotent: true again while it holds one. */
  take(): boolean;
  /** It acted: the hit is written. Once; later calls change nothing. */
  acted(): void;
  /** Nothing came of it: the unit goes back, and the entry says `inapplicable`. Nothing after `acted`. */
  giveBack(): void;
}

/** The strike of a rule that has no limit and keeps no count. */
export const uncounted = (rule: RuleRef): Strike => ({ rule, take: () => true, acted() {}, giveBack() {} });
