// Things done one after the other for each key, and at the same time for different ones.

export class KeyedTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Does it when all that was taken before for the key is done, however that ended. */
  take<Result>(key: string, verb: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(verb);
    const ended = (): void => this.#forget(key, done);
    const done: Promise<void> = turn.then(ended, ended);
    this.#last.set(key, done);
    return turn;
  }

  #forget(key: string, turn: Promise<void>): void {
    if (this.#last.get(key) === turn) this.#last.delete(key);
  }
}
