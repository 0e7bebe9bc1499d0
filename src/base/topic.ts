// A topic carries facts from one room to others that must not know each other.

export interface Topic<Fact> {
  publish(fact: Fact): void;
  /** Returns how to stop listening. */
  subscribe(listener: (fact: Fact) => void): () => void;
  readonly listeners: number;
}

/** An observer's failure goes to `failed` and never reaches the publisher, as it would through Node's EventEmitter. */
export function createTopic<Fact>(failed: (error: unknown) => void = ignore): Topic<Fact> {
  return new ListenedTopic(failed);
}

type Listener<Fact> = (fact: Fact) => void;

const ignore = (): void => {};
const NOBODY: readonly never[] = Object.freeze([]);

/** A class with a list that is replaced, since every world has several of them, and few have more than one listener. */
class ListenedTopic<Fact> implements Topic<Fact> {
  readonly #failed: (error: unknown) => void;
  #listeners: readonly Listener<Fact>[] = NOBODY;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Who stops listening meanwhile is told nothing more; who begins to hears of the next. */
  publish(fact: Fact): void {
    const told = this.#listeners;
    for (const listener of told) {
      if (told !== this.#listeners && !this.#listeners.includes(listener)) continue;
      try {
        listener(fact);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  subscribe(listener: Listener<Fact>): () => void {
    if (!this.#listeners.includes(listener)) this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  get listeners(): number {
    return this.#listeners.length;
  }
}
