// A clock that can be moved and scaled against a real one: the time the box office lives in.
import type { Clock } from './clock.ts';

/** The times it shows: so far from the ends of what RFC 3339 can write that any duration may be added or taken away. */
export const EARLIEST_MS = Date.UTC(1901, 0, 1);
export const LATEST_MS = Date.UTC(9998, 0, 1);

export interface MovableClock {
  /** Epoch milliseconds in the clock's own time; it stands still at LATEST_MS. */
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
  const now = (): number => Math.min(LATEST_MS, shown + (beneath.now() - anchor) * scale);
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
