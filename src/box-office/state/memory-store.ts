// The store of one process: states in maps, each step run once.
import type { Aggregate, Draft, Store } from './store.ts';

export function createMemoryStore(): Store {
  const kinds = new Map<string, Map<string, unknown>>();
  const statesOf = (kind: string): Map<string, unknown> => {
    let states = kinds.get(kind);
    if (!states) {
      states = new Map();
      kinds.set(kind, states);
    }
    return states;
  };
  const run = <State, Work extends Draft, Result>(
    aggregate: Aggregate<State, Work>,
    step: (draft: Work) => Result,
  ): Result => {
    const states = statesOf(aggregate.kind);
    const state = (states.get(aggregate.id) as State | undefined) ?? aggregate.begin();
    const draft = aggregate.draft(state);
    const result = step(draft);
    states.set(aggregate.id, state);
    draft.commit();
    if (aggregate.isEmpty?.(state)) states.delete(aggregate.id);
    return result;
  };
  return {
    async change(aggregate, step) {
      return run(aggregate, step);
    },
    settle: run,
    peek: <State, Work extends Draft>(aggregate: Aggregate<State, Work>) =>
      kinds.get(aggregate.kind)?.get(aggregate.id) as State | undefined,
    all: (kind) => statesOf(kind),
  };
}
