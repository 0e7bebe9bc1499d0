// Time as an argument: nothing outside this room reads the machine's clock or sets a timer.
import { performance } from 'node:perf_hooks';

/** Cancels what was scheduled; harmless when called late or twice. */
export type Cancel = () => void;

export interface Clock {
  /** Wall time in epoch milliseconds. */
  now(): number;
  /** Milliseconds that never run backwards, for measuring how long something took. */
  ticks(): number;
  /** Calls `then` once, never before `waitMs` have passed by `ticks`. */
  after(waitMs: number, then: () => void): Cancel;
  /** Like `after`, but does not keep a process alive. */
  later(waitMs: number, then: () => void): Cancel;
  /** Calls `then` every `periodMs` until cancelled; does not keep a process alive. */
  every(periodMs: number, then: () => void): Cancel;
}

/** setTimeout takes at most a signed 32-bit count of milliseconds; longer waits are taken in stretches. */
const MAX_TIMER_MS = 2 ** 31 - 1;

class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  ticks(): number {
    return performance.now();
  }

  after(waitMs: number, then: () => void): Cancel {
    return this.#wait(waitMs, then, true);
  }

  later(waitMs: number, then: () => void): Cancel {
    return this.#wait(waitMs, then, false);
  }

  every(periodMs: number, then: () => void): Cancel {
    const timer = setInterval(then, periodMs);
    timer.unref();
    return () => clearInterval(timer);
  }

  #wait(waitMs: number, then: () => void, keepsAlive: boolean): Cancel {
    const due = performance.now() + waitMs;
    let timer: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      timer = setTimeout(
        () => {
          const left = due - performance.now(); // a timer may fire early: up to 1.8 ms was seen
          if (left > 0) arm(left);
          else then();
        },
        Math.min(Math.max(leftMs, 0), MAX_TIMER_MS),
      );
      if (!keepsAlive) timer.unref();
    };
    arm(waitMs);
    return () => clearTimeout(timer);
  }
}

export const systemClock: Clock = new SystemClock();

/** Resolves after `waitMs` by the given clock. */
export function sleep(clock: Clock, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(waitMs, resolve);
  });
}
