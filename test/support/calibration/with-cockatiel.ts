// cockatiel with its own backoff, alone and with a budget and a breaker.
import {
  BrokenCircuitError,
  bulkhead,
  ConsecutiveBreaker,
  ConstantBackoff,
  circuitBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleAll,
  handleWhen,
  type IBackoffFactory,
  retry,
  wrap,
} from 'cockatiel';
import type { Manner } from './manner.ts';
import { reserve } from './plain.ts';

const RETRIES = 3;

/** As it does everywhere, with a backoff of its own. */
const retrying = (backoff: IBackoffFactory<object>) => (): Manner => {
  const policy = retry(handleAll, { maxAttempts: RETRIES, backoff });
  return {
    perform: (task) => policy.execute(() => reserve(task)),
    draw() {
      const delays: number[] = [];
      let next = backoff.next({});
      while (delays.length < RETRIES) {
        delays.push(next.duration);
        next = next.next({});
      }
      return delays;
    },
  };
};

/** Decorrelated jitter, unless it is told otherwise. */
export const withCockatiel = retrying(new ExponentialBackoff({ initialDelay: 500 }));
export const withHalfJitter = retrying(new ExponentialBackoff({ initialDelay: 400, generator: halfJitterGenerator }));
export const withConstantDelay = retrying(new ConstantBackoff(900));

/** Whoever finds no place waits for one. */
export function withBulkhead(): Manner {
  const policy = bulkhead(10, Number.POSITIVE_INFINITY);
  return { perform: (task) => policy.execute(() => reserve(task, { signal: AbortSignal.timeout(2000) })) };
}

/** Retries for each operation. */
const BUDGET = 0.1;

export function withBudgetAndBreaker(): Manner {
  const counted = { operations: 0, failed: 0, retries: 0 };
  let spent = 0;
  const isWorthIt = (error: unknown): boolean =>
    !(error instanceof BrokenCircuitError) && spent + 1 <= counted.operations * BUDGET;
  const backoff = new ExponentialBackoff({ initialDelay: 200 });
  const again = retry(handleWhen(isWorthIt), { maxAttempts: 2, backoff });
  again.onRetry(() => spent++);
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 2000, breaker: new ConsecutiveBreaker(40) });
  const policy = wrap(again, breaker);
  return {
    counted,
    perform(task) {
      counted.operations++;
      let tries = 0;
      return policy.execute(async () => {
        if (++tries > 1) counted.retries++;
        const isFirst = tries === 1;
        await reserve(task).catch((error: unknown) => {
          if (isFirst) counted.failed++;
          throw error;
        });
      });
    },
  };
}
