// Every policy, a line each, from the hardest on the upstream to the gentlest.
import { backoff } from './policies/backoff.ts';
import { breaker } from './policies/breaker.ts';
import { budgeted } from './policies/budgeted.ts';
import { immediateRetry } from './policies/immediate-retry.ts';
import { polite } from './policies/polite.ts';
import type { PolicyKind } from './policy.ts';

export const POLICY_NAMES = ['timeout3', 'naive', 'hang-forever', 'backoff', 'budgeted', 'breaker', 'polite'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

export const policies: Readonly<Record<PolicyName, PolicyKind>> = {
  timeout3: immediateRetry('timeout3'),
  naive: immediateRetry('naive'),
  'hang-forever': immediateRetry('hang-forever'),
  backoff,
  budgeted,
  breaker,
  polite,
};
