// A dry run of the verbs: every check against the true state, and not a write laid on it.
import { join32 } from '../../base/chance.ts';
import type { BoxOfficeContext } from '../context.ts';
import type { Store } from '../state/store.ts';
import type { Term, Terms } from '../terms.ts';
import { createVerbs, type Verbs } from '../verbs.ts';

/** Verbs that answer as ever and change nothing; what they mint by this salt, no honest verb ever mints. */
export function dryVerbs(context: BoxOfficeContext, salt: number, used: Set<Term> | undefined): Verbs {
  const dry = dryContext(context, salt);
  const verbs = createVerbs({
    ...dry,
    async change(sessionId, step) {
      const { result, acts } = await dry.change(sessionId, (draft, now) => {
        const before = draft.facts?.length ?? 0;
        return { result: step(draft, now), acts: (draft.facts?.length ?? 0) > before };
      });
      if (acts) used?.add('dryRun'); // what is told and does not happen
      return result;
    },
  });
  const unheld = ({ used: _, ...terms }: Terms): Terms => terms; // no seat is held, so none is held otherwise
  const uncharged = ({ doubleCharge: _, ...terms }: Terms): Terms => terms; // no money is taken, so none is taken twice
  return {
    ...verbs,
    reserve: (request, terms) => verbs.reserve(request, unheld(terms)),
    extend: (client, id, terms) => verbs.extend(client, id, unheld(terms)),
    completeOrder: (client, id, reference, terms) => verbs.completeOrder(client, id, reference, uncharged(terms)),
  };
}

/** A context in which every draft is dropped. */
export function dryContext(context: BoxOfficeContext, salt: number): BoxOfficeContext {
  const store = dryStore(context.store);
  return {
    ...context,
    store,
    seed: join32(context.seed, salt),
    change: (sessionId, step) => context.inventory.change(sessionId, step, store),
  };
}

/** Reads the store beneath. */
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
