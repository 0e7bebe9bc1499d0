// timeout3: gives up after three seconds and calls again at once; what it left behind is still worked on.
import type { PolicyKind } from '../policy.ts';
import { retryAtOnce } from '../retry-at-once.ts';

export const timeout3: PolicyKind = {
  summary: 'Waits three seconds for each answer, then calls again at once; four calls in all.',
  attempts: 4,
  timeoutMs: 3000,
  sustained: (attempts) => attempts,
  create: retryAtOnce,
};
