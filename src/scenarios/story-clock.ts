// The clock of a story: runs at its speed while it is played, stands while it is paused, and can be set.
import type { Clock } from '../base/clock.ts';

export class StoryClock {
  readonly speed: number;
  readonly #clock: Clock;
  #running = false;
  #shownMs = 0;
  #anchorTicks = 0;

  constructor(clock: Clock, speed: number) {
    this.#clock = clock;
    this.speed = speed;
  }

  /** Story milliseconds from the start. */
  now(): number {
    return this.#running ? this.#shownMs + (this.#clock.ticks() - this.#anchorTicks) * this.speed : this.#shownMs;
  }

  /** Real milliseconds until it shows this; 0 when it does already. */
  until(storyMs: number): number {
    const gone = this.#clock.ticks() - this.#anchorTicks;
    return Math.max(0, (storyMs - this.#shownMs) / this.speed - gone);
  }

  set(storyMs: number): void {
    this.#shownMs = storyMs;
    this.#anchorTicks = this.#clock.ticks();
  }

  run(): void {
    this.set(this.now());
    this.#running = true;
  }

  halt(): void {
    this.set(this.now());
    this.#running = false;
  }
}
