// What stands between the shop and a bad day of its upstream: few calls at once, a second try, and a circuit breaker.
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { CallFailed } from './call-failed.ts';

export interface ResilienceSettings {
  /** Tries after the first one. */
  readonly retries: number;
  /** Longest wait before the second try; it doubles with each. */
  readonly retryDelayMs: number;
  /** A Retry-After above this is longer than a customer waits. */
  readonly maxRetryAfterMs: number;
  readonly failuresToOpen: number;
  readonly openMs: number;
  readonly maxConcurrent: number;
}

export type Guard = <T>(call: () => Promise<T>) => Promise<T>;

/** Calls that wait for one under way to end; beyond that they fail at once. */
const MAX_WAITING = 1000;

export function createGuard(settings: ResilienceSettings): Guard {
  const { retries, retryDelayMs, maxRetryAfterMs, failuresToOpen, openMs, maxConcurrent } = settings;
  const isWorthAnotherTry = (error: unknown): boolean =>
    error instanceof CallFailed && error.failure.isRetryable && (error.failure.retryAfterMs ?? 0) <= maxRetryAfterMs;
  const isOutage = (error: unknown): boolean => error instanceof CallFailed && error.failure.reason !== 'refused';

  const retrying = retry(handleWhen(isWorthAnotherTry), {
    maxAttempts: retries,
    backoff: new DelegateBackoff(({ attempt, result }) => {
      const jittered = Math.random() * retryDelayMs * 2 ** (attempt - 1);
      const error = 'error' in result ? result.error : undefined;
      return error instanceof CallFailed ? Math.max(jittered, error.failure.retryAfterMs ?? 0) : jittered;
    }),
  });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failuresToOpen),
  });
  const policy = wrap(retrying, bulkhead(maxConcurrent, MAX_WAITING), breaker); // who has waited asks the breaker last
  return async (call) => {
    try {
      return await policy.execute(call);
    } catch (error) {
      if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError)
        throw new CallFailed({ reason: 'unavailable', code: 'not_asked', isRetryable: false }, error);
      throw error;
    }
  };
}
