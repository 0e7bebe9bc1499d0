// The store of one process: states in maps, each step run once.
import type { Aggregate, Draft, PatchOf, Store } from './store.ts';

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
    const known = states.get(aggregate.id) as State | undefined;
    const state = known ?? aggregate.begin();
    const draft = aggregate.draft(state);
    const result = step(draft);
    const patch = draft.patch() as PatchOf<Work> | undefined;
    if (patch === undefined) return result;
    aggregate.apply(state, patch);
    if (aggregate.isEmpty?.(state)) states.delete(aggregate.id);
    else if (known === undefined) states.set(aggregate.id, state);
    aggregate.taken?.(patch);
    aggregate.committed?.(draft);
    return result;
  };
  return {
    async change(aggregate, step) {
      return run(aggregate, step);
    },
    settle: run,
    peek: <State, Work extends Draft>(aggregate: Aggregate<State, Work>) =>
      kinds.get(aggregate.kind)?.get(aggregate.id) as State | undefined,
    all: (kind) => kinds.get(kind) ?? [],
  };
}
