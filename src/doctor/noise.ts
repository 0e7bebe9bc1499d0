// How late this machine and that server are by themselves while something is timed: timers and honest calls, at the same time.
import { type Cancel, sleep, systemClock } from '../base/clock.ts';

const TIMER_MS = 10;
const CALL_EVERY_MS = 20;
/** Older samples are forgotten. */
const MAX_SAMPLES = 20_000;

/** A time of which others had this part is no time to wait in vain. */
const STARVED_PART = 0.5;

/** Milliseconds by which an event, or a chain of them, may be later than was meant. */
export interface Noise {
  readonly late: number;
  readonly chained: number;
}

interface Sample {
  readonly from: number;
  readonly to: number;
  readonly lateMs: number;
}

export class NoiseMeter {
  readonly #call: (() => Promise<unknown>) | undefined;
  readonly #timers: Sample[] = [];
  readonly #calls: Sample[] = [];
  #running = true;
  #quickestMs = Number.POSITIVE_INFINITY;
  #cancel: Cancel = () => {};

  /** `call` asks the server for something that no fault touches; unset when it runs in this process. */
  constructor(call?: () => Promise<unknown>) {
    this.#call = call;
    this.#tick();
    if (call) void this.#ask();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  /** Between two times by the clock's ticks. */
  between(from: number, to: number): Noise {
    const touches = (sample: Sample): boolean => sample.to >= from - TIMER_MS && sample.from <= to + TIMER_MS;
    const timers = this.#timers.filter(touches).map(({ lateMs }) => lateMs);
    const calls = this.#calls.filter(touches).map(({ lateMs }) => lateMs - this.#quickestMs);
    return { late: Math.max(0, ...timers, ...calls), chained: Math.max(sumOf(timers), sumOf(calls)) };
  }

  /** Whether others had so much of the time that what was waited for in it may only be late. */
  isStarved(from: number, to: number): boolean {
    return this.between(from, to).chained >= (to - from) * STARVED_PART;
  }

  #tick(): void {
    const from = systemClock.ticks();
    this.#cancel = systemClock.after(TIMER_MS, () => {
      const to = systemClock.ticks();
      keep(this.#timers, { from, to, lateMs: to - from - TIMER_MS });
      if (this.#running) this.#tick();
    });
  }

  async #ask(): Promise<void> {
    while (this.#running) {
      const from = systemClock.ticks();
      try {
        await this.#call?.();
      } catch {
        // its time is told all the same
      }
      const to = systemClock.ticks();
      this.#quickestMs = Math.min(this.#quickestMs, to - from);
      keep(this.#calls, { from, to, lateMs: to - from });
      await sleep(systemClock, CALL_EVERY_MS);
    }
  }
}

const sumOf = (all: readonly number[]): number => all.reduce((sum, lateMs) => sum + lateMs, 0);

function keep(samples: Sample[], sample: Sample): void {
  samples.push(sample);
  if (samples.length > MAX_SAMPLES) samples.splice(0, MAX_SAMPLES / 2);
}
