// budgeted: may retry one call in ten that succeeded; when nothing succeeds, it soon does not retry at all.
import { ADMITTED, GIVE_UP, type PolicyKind } from '../policy.ts';

/** A token bucket: a retry takes one, a success puts a tenth back. */
const MAX_TOKENS = 10;
const TENTHS_PER_TOKEN = 10;

export const budgeted: PolicyKind = {
  summary: 'Waits three seconds and calls again at once, but retries only a tenth as often as it succeeds.',
  attempts: 4,
  timeoutMs: 3000,
  sustained: () => 1,
  create({ attempts }) {
    let tenths = MAX_TOKENS * TENTHS_PER_TOKEN;
    return {
      admit: () => ADMITTED,
      succeeded() {
        if (tenths < MAX_TOKENS * TENTHS_PER_TOKEN) tenths += 1;
      },
      failed(_nowMs, _ticket, attempt) {
        if (attempt >= attempts || tenths < TENTHS_PER_TOKEN) return GIVE_UP;
        tenths -= TENTHS_PER_TOKEN;
        return 0;
      },
    };
  },
};
