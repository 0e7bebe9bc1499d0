// polite: waits as long as it was asked to, backs off, and stops when half of its calls fail.
import { DEFAULT_BACKOFF, fullJitterMs } from '../backoff.ts';
import { Breaker } from '../breaker.ts';
import { GIVE_UP, type PolicyKind } from '../policy.ts';

/** Its idempotency keys show nowhere here: an operation buys once, with the attempt that is heard of, for every policy. */
export const polite: PolicyKind = {
  summary: 'Honours Retry-After, backs off with jitter, stops behind a breaker, and sends idempotency keys.',
  attempts: 3,
  timeoutMs: 3000,
  sustained: () => 0,
  create({ attempts, openMs, draw }) {
    const circuit = new Breaker(openMs);
    return {
      admit: (nowMs) => circuit.admit(nowMs),
      succeeded: (nowMs, ticket) => circuit.record(nowMs, ticket, true),
      failed(nowMs, ticket, attempt, retryAfterS) {
        circuit.record(nowMs, ticket, false);
        if (attempt >= attempts) return GIVE_UP;
        return retryAfterS * 1000 + fullJitterMs(DEFAULT_BACKOFF, attempt, draw);
      },
    };
  },
};
