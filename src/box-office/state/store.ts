// The port to where the state lives: aggregates that change as one, by steps that may be run again, laid down as patches.

/** Reads through to a state and keeps its own writes apart until they are laid on it. */
export interface Draft {
  /**
   * What was written, as plain data that a structured clone keeps and that any copy of the same state can take;
   * undefined when nothing was.
   */
  patch(): unknown;
}

export type PatchOf<Work extends Draft> = NonNullable<ReturnType<Work['patch']>>;

/** A part of the state that changes as one. */
export interface Aggregate<State, Work extends Draft> {
  /** What sort of state it is: `session`, `limit`, `quota`, `reference`, `key`. */
  readonly kind: string;
  readonly id: string;
  begin(): State;
  draft(state: State): Work;
  /** Lays a patch on a copy of the state, and does nothing else; the same patches in the same order make equal copies. */
  apply(state: State, patch: PatchOf<Work>): void;
  /** A state that says no more than its absence would; a store forgets it. */
  isEmpty?(state: State): boolean;
  /** Told of every patch that the copy which `peek` shows has taken, whoever wrote it. */
  taken?(patch: PatchOf<Work>): void;
  /** Told, after that, of each draft whose patch was laid down here; never of one that was empty, run again or dropped. */
  committed?(draft: Work): void;
}

export interface Store {
  /**
   * Runs the step on a draft and lays its patch on the state, or nothing at all when the step throws.
   * A store shared by processes runs the step again when another was faster, on the newer state: a step acts on nothing
   * but its draft, and reads no other aggregate.
   */
  change<State, Work extends Draft, Result>(
    aggregate: Aggregate<State, Work>,
    step: (draft: Work) => Result,
  ): Promise<Result>;
  /**
   * Like `change`, but at once: for what may be done any number of times with the same outcome (a lapse, which everybody
   * concludes from state and time alone; putting or removing an entry) and for what only one caller can do (settling
   * its own key).
   */
  settle<State, Work extends Draft, Result>(aggregate: Aggregate<State, Work>, step: (draft: Work) => Result): Result;
  /** The state as it is now, to be read only and not to be kept; undefined while untouched. */
  peek<State, Work extends Draft>(aggregate: Aggregate<State, Work>): State | undefined;
  /** Every touched state of a kind, with its id, to be read only. */
  all(kind: string): Iterable<readonly [string, unknown]>;
}
