// hang-forever: has no time-out, and keeps its socket for as long as the upstream keeps silent.
import type { PolicyKind } from '../policy.ts';
import { retryAtOnce } from '../retry-at-once.ts';

export const hangForever: PolicyKind = {
  summary: 'Waits for each answer without end; what it holds grows for as long as nothing comes.',
  attempts: 1,
  timeoutMs: Number.POSITIVE_INFINITY,
  sustained: (attempts) => attempts,
  create: retryAtOnce,
};
