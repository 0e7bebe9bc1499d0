// backoff: waits between its calls, longer each time and by chance; over a long outage that only spreads them.
import { DEFAULT_BACKOFF, fullJitterMs } from '../backoff.ts';
import { ADMITTED, GIVE_UP, type PolicyKind } from '../policy.ts';

export const backoff: PolicyKind = {
  summary: 'Waits three seconds, then up to half a second, doubling up to 20 s, before each of two more calls.',
  attempts: 3,
  timeoutMs: 3000,
  sustained: (attempts) => attempts,
  create: ({ attempts, draw }) => ({
    admit: () => ADMITTED,
    succeeded() {},
    failed: (_nowMs, _ticket, attempt) => (attempt < attempts ? fullJitterMs(DEFAULT_BACKOFF, attempt, draw) : GIVE_UP),
  }),
};
