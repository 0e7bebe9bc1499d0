// A store that yields before and after each step and runs it twice, as one shared by processes may.
import { createMemoryStore } from '../../src/box-office/state/memory-store.ts';
import type { Draft, Store } from '../../src/box-office/state/store.ts';

export function createFickleStore(): Store & { readonly reruns: number } {
  const memory = createMemoryStore();
  let reruns = 0;
  const twice = <Work extends Draft, Result>(step: (draft: Work) => Result, fresh: () => Work) => {
    return (draft: Work): Result => {
      reruns++;
      step(fresh()); // its writes are never laid on anything
      return step(draft);
    };
  };
  return {
    async change(aggregate, step) {
      await Promise.resolve();
      const result = memory.settle(
        aggregate,
        twice(step, () => aggregate.draft(memory.peek(aggregate) ?? aggregate.begin())),
      );
      await Promise.resolve();
      return result;
    },
    settle: (aggregate, step) =>
      memory.settle(
        aggregate,
        twice(step, () => aggregate.draft(memory.peek(aggregate) ?? aggregate.begin())),
      ),
    peek: (aggregate) => memory.peek(aggregate),
    all: (kind) => memory.all(kind),
    get reruns() {
      return reruns;
    },
  };
}
