// A topic carries facts from one room to others that must not know each other.

export interface Topic<Fact> {
  publish(fact: Fact): void;
  /** Returns how to stop listening. */
  subscribe(listener: (fact: Fact) => void): () => void;
  readonly listeners: number;
}

/** An observer's failure goes to `failed` and never reaches the publisher, as it would through Node's EventEmitter. */
export function createTopic<Fact>(failed: (error: unknown) => void = () => {}): Topic<Fact> {
  const listeners = new Set<(fact: Fact) => void>();
  return {
    publish(fact) {
      for (const listener of listeners) {
        try {
          listener(fact);
        } catch (error) {
          failed(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get listeners() {
      return listeners.size;
    },
  };
}
