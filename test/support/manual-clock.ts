// A clock that stands still until a test moves it, and then fires what is due in order.
import type { Cancel, Clock } from '../../src/base/clock.ts';

/** 2026-01-05T12:00:00.000Z */
export const MANUAL_EPOCH_MS = Date.UTC(2026, 0, 5, 12);

interface Timer {
  readonly dueMs: number;
  /** Of two timers due at the same moment, the one set first fires first. */
  readonly order: number;
  fire(): void;
}

export class ManualClock implements Clock {
  readonly #epochMs: number;
  readonly #timers = new Set<Timer>();
  #elapsedMs = 0;
  #order = 0;

  constructor(epochMs: number = MANUAL_EPOCH_MS) {
    this.#epochMs = epochMs;
  }

  now(): number {
    return this.#epochMs + this.#elapsedMs;
  }

  ticks(): number {
    return this.#elapsedMs;
  }

  after(waitMs: number, then: () => void): Cancel {
    const timer: Timer = { dueMs: this.#elapsedMs + Math.max(0, waitMs), order: this.#order++, fire: then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  later(waitMs: number, then: () => void): Cancel {
    return this.after(waitMs, then);
  }

  every(periodMs: number, then: () => void): Cancel {
    if (!(periodMs > 0)) throw new RangeError(`periodMs must be above 0, got ${periodMs}`);
    let cancelled = false;
    let cancel: Cancel = () => {};
    const rearm = (): void => {
      cancel = this.after(periodMs, () => {
        then();
        if (!cancelled) rearm();
      });
    };
    rearm();
    return () => {
      cancelled = true;
      cancel();
    };
  }

  /** Timers that wait to fire. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves the time and fires every timer due on the way, each at its own moment; also those that timers set. */
  advance(byMs: number): void {
    const endMs = this.#elapsedMs + byMs;
    while (this.#fireNext(endMs));
    this.#elapsedMs = endMs;
  }

  /** Like `advance`, and lets promise callbacks run before the first timer and after each. */
  async advanceAsync(byMs: number): Promise<void> {
    const endMs = this.#elapsedMs + byMs;
    await this.settle();
    while (this.#fireNext(endMs)) await this.settle();
    this.#elapsedMs = endMs;
    await this.settle();
  }

  /** Lets every promise callback run that is ready now, and those that they make ready. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  #fireNext(endMs: number): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers)
      if (
        timer.dueMs <= endMs &&
        (!next || timer.dueMs < next.dueMs || (timer.dueMs === next.dueMs && timer.order < next.order))
      )
        next = timer;
    if (!next) return false;
    this.#timers.delete(next);
    this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs);
    next.fire();
    return true;
  }
}
