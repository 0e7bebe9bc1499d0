// Time that jumps from event to event: sources say what is due next, and it is carried out in order of time.

export interface EventSource {
  /** When the next event is due, in ms; Infinity when there is none. */
  nextAt(): number;
  /** Carries out the event that was due. */
  fire(nowMs: number): void;
}

/** A discrete-event simulation over a few sources that each order their own events; it looks at no clock. */
export class Simulation {
  readonly #sources: EventSource[] = [];
  #nowMs: number;

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Of two sources with an event at the same moment, the one added first goes first. Returns how to take it out. */
  add(source: EventSource): () => void {
    this.#sources.push(source);
    return () => {
      const at = this.#sources.indexOf(source);
      if (at >= 0) this.#sources.splice(at, 1);
    };
  }

  nextAt(): number {
    let soonest = Number.POSITIVE_INFINITY;
    for (const source of this.#sources) soonest = Math.min(soonest, source.nextAt());
    return soonest;
  }

  /**
   * Carries out every event due up to and at this moment, also those that events make, and returns how many. After
   * `maxEvents` it stops, and the time is that of the last of them.
   */
  advanceTo(toMs: number, maxEvents = Number.POSITIVE_INFINITY): number {
    const sources = this.#sources;
    let events = 0;
    for (;;) {
      let dueMs = Number.POSITIVE_INFINITY;
      let due: EventSource | undefined;
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i] as EventSource;
        const atMs = source.nextAt();
        if (atMs < dueMs) {
          dueMs = atMs;
          due = source;
        }
      }
      if (!due || dueMs > toMs) break;
      if (events >= maxEvents) return events;
      if (dueMs > this.#nowMs) this.#nowMs = dueMs; // rounding must not turn time back
      due.fire(this.#nowMs);
      events += 1;
    }
    if (toMs > this.#nowMs) this.#nowMs = toMs;
    return events;
  }
}
