// Stores of several processes over one log, as replicas would be: each has a copy that lags behind, and a step whose
// state was overtaken is run again on the newer one. A process knows the states that it has looked at.
import type { Aggregate, Draft, PatchOf, Store } from '../../src/box-office/state/store.ts';

/** A step that is overtaken so often would never end. */
const MAX_RUNS = 100;

type AnyAggregate = Aggregate<unknown, Draft>;
type Log = Map<string, unknown[]>;

interface Copy {
  readonly aggregate: AnyAggregate;
  state: unknown;
  /** Patches of the log that it has taken. */
  version: number;
}

export interface Replica extends Store {
  /** Takes all that others wrote. */
  catchUp(): void;
  /** Steps that were run again because another process was faster. */
  readonly reruns: number;
}

class LogCopies {
  reruns = 0;
  readonly #log: Log;
  readonly #copies = new Map<string, Copy>();

  constructor(log: Log) {
    this.#log = log;
  }

  copyOf(aggregate: AnyAggregate): Copy {
    const at = `${aggregate.kind}/${aggregate.id}`;
    const copy = this.#copies.get(at) ?? { aggregate, state: aggregate.begin(), version: 0 };
    this.#copies.set(at, copy);
    return copy;
  }

  patchesOf({ aggregate: { kind, id } }: Copy): unknown[] {
    const patches = this.#log.get(`${kind}/${id}`) ?? [];
    this.#log.set(`${kind}/${id}`, patches);
    return patches;
  }

  take(copy: Copy): void {
    const patches = this.patchesOf(copy);
    while (copy.version < patches.length) {
      const patch = structuredClone(patches[copy.version++]) as PatchOf<Draft>;
      copy.aggregate.apply(copy.state, patch);
      copy.aggregate.taken?.(patch);
    }
  }

  takeAll(): void {
    for (const copy of this.#copies.values()) this.take(copy);
  }

  /** Whether nobody wrote since a step saw this version. */
  isNewest(copy: Copy, version: number): boolean {
    return this.patchesOf(copy).length === version;
  }

  /** Lays a draft of this version down; false when another step was faster. */
  append(copy: Copy, version: number, draft: Draft): boolean {
    if (!this.isNewest(copy, version)) return false;
    const patch = draft.patch();
    if (patch === undefined) return true;
    this.patchesOf(copy).push(structuredClone(patch));
    this.take(copy);
    copy.aggregate.committed?.(draft);
    return true;
  }

  *touched(kind: string): Generator<readonly [string, unknown]> {
    for (const { aggregate, state, version } of this.#copies.values())
      if (aggregate.kind === kind && version > 0 && !aggregate.isEmpty?.(state)) yield [aggregate.id, state];
  }
}

export function createReplicas(count: number): Replica[] {
  const log: Log = new Map();
  return Array.from({ length: count }, () => createReplica(new LogCopies(log)));
}

function createReplica(copies: LogCopies): Replica {
  return {
    async change(aggregate, step) {
      const copy = copies.copyOf(aggregate as unknown as AnyAggregate);
      for (let run = 0; run < MAX_RUNS; run++) {
        const { version } = copy;
        const draft = aggregate.draft(copy.state as never);
        const outcome = outcomeOf(() => step(draft));
        await Promise.resolve(); // the way to the log and back
        const stands = outcome.refused ? copies.isNewest(copy, version) : copies.append(copy, version, draft);
        await Promise.resolve();
        if (stands && outcome.refused) throw outcome.error;
        if (stands && !outcome.refused) return outcome.result;
        copies.reruns++;
        copies.take(copy);
      }
      throw new Error(`A step on ${aggregate.kind} ${aggregate.id} was overtaken ${MAX_RUNS} times`);
    },
    settle(aggregate, step) {
      const copy = copies.copyOf(aggregate as unknown as AnyAggregate);
      copies.take(copy);
      const draft = aggregate.draft(copy.state as never);
      const result = step(draft);
      copies.append(copy, copy.version, draft);
      return result;
    },
    peek(aggregate) {
      const { state, version } = copies.copyOf(aggregate as unknown as AnyAggregate);
      return (version === 0 || aggregate.isEmpty?.(state as never) ? undefined : state) as never;
    },
    all: (kind) => copies.touched(kind),
    catchUp: () => copies.takeAll(),
    get reruns() {
      return copies.reruns;
    },
  };
}

type Outcome<Result> =
  | { readonly refused: false; readonly result: Result }
  | { readonly refused: true; readonly error: unknown };

function outcomeOf<Result>(step: () => Result): Outcome<Result> {
  try {
    return { refused: false, result: step() };
  } catch (error) {
    return { refused: true, error };
  }
}
