// opossum, whose time-out aborts what it has given up where it is told to, and otherwise leaves it open.
import CircuitBreaker from 'opossum';
import type { Manner, Task } from './manner.ts';
import { reserve } from './plain.ts';

const OPTIONS: CircuitBreaker.Options = {
  ...{ timeout: 1000, resetTimeout: 2000, errorThresholdPercentage: 50, volumeThreshold: 10 },
};

/** Its types do not know the method yet. */
const signalOf = (breaker: object): AbortSignal => (breaker as { readonly getSignal: () => AbortSignal }).getSignal();

/** Counts when its breaker first opened, in epoch milliseconds. */
function timed(breaker: CircuitBreaker<[Task], void>): Manner {
  const counted: Record<string, number> = {};
  breaker.once('open', () => {
    counted.openedAt = Date.now();
  });
  return { counted, perform: (task) => breaker.fire(task) };
}

export function opossumThatAborts(): Manner {
  const act = (task: Task): Promise<void> => reserve(task, { signal: signalOf(breaker) });
  const breaker: CircuitBreaker<[Task], void> = new CircuitBreaker(act, { ...OPTIONS, autoRenewAbortController: true });
  return timed(breaker);
}

export function opossumThatLeavesOpen(): Manner {
  return timed(new CircuitBreaker((task: Task) => reserve(task), OPTIONS));
}
