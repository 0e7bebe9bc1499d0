// A dry run of the verbs: every check against the true state, and not a write laid on it.
import { join32 } from '../base/chance.ts';
import type { BoxOfficeContext } from './context.ts';
import type { Store } from './state/store.ts';

/** A desk whose verbs answer as ever and change nothing; what they mint by it, no honest verb ever mints. */
export function dryDesk(desk: BoxOfficeContext, salt: number): BoxOfficeContext {
  const store = dryStore(desk.store);
  return {
    ...desk,
    store,
    seed: join32(desk.seed, salt),
    change: (sessionId, step) => desk.inventory.change(sessionId, step, store),
  };
}

/** Reads the store beneath, and drops every draft. */
function dryStore(store: Store): Store {
  const settle: Store['settle'] = (aggregate, step) =>
    step(aggregate.draft(store.peek(aggregate) ?? aggregate.begin()));
  return {
    change: async (aggregate, step) => settle(aggregate, step),
    settle,
    peek: (aggregate) => store.peek(aggregate),
    all: (kind) => store.all(kind),
  };
}
