// A clock that can be moved and scaled against a real one: the time the box office lives in.
import type { Clock } from './clock.ts';

export interface MovableClock {
  /** Epoch milliseconds in the clock's own time. */
  now(): number;
  /** Moves the time by this many of its own milliseconds; negative goes back. */
  advance(byMs: number): void;
  /** Moves the time to this moment, in epoch milliseconds. */
  set(toMs: number): void;
  /** Runs `scale` times as fast as the clock beneath from now on. */
  rescale(scale: number): void;
  /** Back to the time of the clock beneath, at the scale first given. */
  reset(): void;
  readonly scale: number;
}

export function createMovableClock(beneath: Clock, firstScale = 1): MovableClock {
  let scale = firstScale;
  let anchor = beneath.now();
  let shown = anchor;
  const now = (): number => shown + (beneath.now() - anchor) * scale;
  const moveTo = (time: number): void => {
    shown = time;
    anchor = beneath.now();
  };
  return {
    now,
    advance: (byMs) => moveTo(now() + byMs),
    set: moveTo,
    rescale(to) {
      moveTo(now());
      scale = to;
    },
    reset() {
      scale = firstScale;
      moveTo(beneath.now());
    },
    get scale() {
      return scale;
    },
  };
}
