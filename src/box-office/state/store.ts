// The port to where the state lives: aggregates that change as one, by functions that may be run again.

/** Reads through to a state and keeps its own writes apart until they are laid on it. */
export interface Draft {
  commit(): void;
}

/** A part of the state that changes as one. */
export interface Aggregate<State, Work extends Draft> {
  /** What sort of state it is: `session`, `limit`, `quota`, `reference`, `keys`. */
  readonly kind: string;
  readonly id: string;
  begin(): State;
  draft(state: State): Work;
  /** A state that says no more than its absence would; a store forgets it. */
  isEmpty?(state: State): boolean;
}

export interface Store {
  /**
   * Runs the step on a draft and lays its writes on the state, or nothing at all when the step throws.
   * A store shared by processes runs the step again when another was faster, so it must not act on anything else.
   */
  change<State, Work extends Draft, Result>(
    aggregate: Aggregate<State, Work>,
    step: (draft: Work) => Result,
  ): Promise<Result>;
  /**
   * Like `change`, but at once: for what everybody would conclude from state and time alone (a lapse and what it gives
   * back) and for what only one caller can do (settling its own key).
   */
  settle<State, Work extends Draft, Result>(aggregate: Aggregate<State, Work>, step: (draft: Work) => Result): Result;
  /** The state as it is, to be read only; undefined while untouched. */
  peek<State, Work extends Draft>(aggregate: Aggregate<State, Work>): State | undefined;
  /** Every touched state of a kind, with its id, to be read only. */
  all(kind: string): Iterable<readonly [string, unknown]>;
}
