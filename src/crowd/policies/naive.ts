// naive: waits a whole minute, then tries again at once.
import type { PolicyKind } from '../policy.ts';
import { retryAtOnce } from '../retry-at-once.ts';

export const naive: PolicyKind = {
  summary: 'Waits a minute for each answer, then calls again at once; four calls in all.',
  attempts: 4,
  timeoutMs: 60_000,
  sustained: (attempts) => attempts,
  create: retryAtOnce,
};
