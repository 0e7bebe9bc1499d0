// breaker: stops calling when half of its calls fail, and sends one probe after a while.
import { Breaker } from '../breaker.ts';
import { GIVE_UP, type PolicyKind } from '../policy.ts';

export const breaker: PolicyKind = {
  summary: 'Waits three seconds and calls again at once, until half of its calls fail: then it stops for a while.',
  attempts: 4,
  timeoutMs: 3000,
  sustained: () => 0,
  create({ attempts, openMs }) {
    const circuit = new Breaker(openMs);
    return {
      admit: (nowMs) => circuit.admit(nowMs),
      succeeded: (nowMs, ticket) => circuit.record(nowMs, ticket, true),
      failed(nowMs, ticket, attempt) {
        circuit.record(nowMs, ticket, false);
        return attempt < attempts ? 0 : GIVE_UP;
      },
    };
  },
};
