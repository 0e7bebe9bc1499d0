// A store as awkward as the port allows: each step runs twice, first on a state that lags behind and is then thrown away,
// others commit in between, patches travel as clones, and the state that is shown is another object after each commit.
import { isDeepStrictEqual } from 'node:util';
import type { Aggregate, Draft, PatchOf, Store } from '../../src/box-office/state/store.ts';

interface Copies {
  /** The state that is shown. */
  front: unknown;
  /** Another copy, which misses the newest patch. */
  back: unknown;
  missing: unknown;
  commits: number;
}

export interface FickleStore extends Store {
  /** Runs on an older state than the one that was then laid down on. */
  readonly staleRuns: number;
}

type AnyAggregate<Work extends Draft> = Aggregate<unknown, Work>;

class Fickle {
  staleRuns = 0;
  readonly #kinds = new Map<string, Map<string, Copies>>();

  statesOf(kind: string): Map<string, Copies> {
    const states = this.#kinds.get(kind) ?? new Map<string, Copies>();
    this.#kinds.set(kind, states);
    return states;
  }

  #copiesOf<Work extends Draft>(aggregate: AnyAggregate<Work>): Copies {
    const known = this.statesOf(aggregate.kind).get(aggregate.id);
    return known ?? { front: aggregate.begin(), back: aggregate.begin(), missing: undefined, commits: 0 };
  }

  /** Its outcome is nobody's. */
  rehearse<Work extends Draft>(aggregate: AnyAggregate<Work>, step: (draft: Work) => unknown): void {
    const { back, missing } = this.#copiesOf(aggregate);
    if (missing !== undefined) this.staleRuns++;
    try {
      step(aggregate.draft(back));
    } catch {
      // what an old state refuses, the new one may allow
    }
  }

  run<Work extends Draft, Result>(aggregate: AnyAggregate<Work>, step: (draft: Work) => Result): Result {
    const copies = this.#copiesOf(aggregate);
    const draft = aggregate.draft(copies.front);
    const result = step(draft);
    const patch = structuredClone(draft.patch()) as PatchOf<Work> | undefined;
    if (patch === undefined) return result;
    if (copies.missing !== undefined) aggregate.apply(copies.back, structuredClone(copies.missing) as PatchOf<Work>);
    if (isPowerOfTwo(++copies.commits) && !isDeepStrictEqual(copies.back, copies.front))
      throw new Error(`The same patches made two states of ${aggregate.kind} ${aggregate.id}`);
    aggregate.apply(copies.back, structuredClone(patch));
    [copies.front, copies.back, copies.missing] = [copies.back, copies.front, patch];
    const states = this.statesOf(aggregate.kind);
    if (aggregate.isEmpty?.(copies.front)) states.delete(aggregate.id);
    else states.set(aggregate.id, copies);
    aggregate.taken?.(patch);
    aggregate.committed?.(draft);
    return result;
  }
}

/** Copies are compared in full ever more rarely, since it takes the longer the more they hold. */
const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;

export function createFickleStore(): FickleStore {
  const fickle = new Fickle();
  return {
    async change(aggregate, step) {
      await Promise.resolve();
      fickle.rehearse(aggregate as AnyAggregate<never>, step as (draft: never) => unknown);
      await Promise.resolve();
      const result = fickle.run(aggregate as never, step);
      await Promise.resolve();
      return result;
    },
    settle(aggregate, step) {
      fickle.rehearse(aggregate as AnyAggregate<never>, step as (draft: never) => unknown);
      return fickle.run(aggregate as never, step);
    },
    peek: ({ kind, id }) => fickle.statesOf(kind).get(id)?.front as never,
    all: (kind) => [...fickle.statesOf(kind)].map(([id, { front }]) => [id, front] as const),
    get staleRuns() {
      return fickle.staleRuns;
    },
  };
}
