// A clock that can be moved and scaled against a real one: the time the box office lives in.
import type { Cancel, Clock } from './clock.ts';

/** The times it shows: so far from the ends of what RFC 3339 can write that any duration may be added or taken away. */
export const EARLIEST_MS = Date.UTC(1901, 0, 1);
export const LATEST_MS = Date.UTC(9998, 0, 1);

export interface MovableClock {
  /** Epoch milliseconds in the clock's own time; it stands still at LATEST_MS. */
  now(): number;
  /**
   * Calls `then` once, when the clock has come to this moment of its own time or was moved past it, never within the
   * move itself; what moves or rescales the clock moves the call. Does not keep a process alive.
   */
  alarm(moment: number, then: () => void): Cancel;
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

interface Alarm {
  readonly moment: number;
  readonly then: () => void;
  cancel: Cancel;
}

const nothing: Cancel = () => {};

export function createMovableClock(beneath: Clock, firstScale = 1): MovableClock {
  let scale = firstScale;
  let anchor = beneath.now();
  let shown = anchor;
  const alarms = new Set<Alarm>();
  const now = (): number => Math.min(LATEST_MS, shown + (beneath.now() - anchor) * scale);
  const arm = (alarm: Alarm): void => {
    alarm.cancel();
    alarm.cancel = nothing;
    if (alarm.moment > LATEST_MS || !(scale > 0)) return; // it never comes, unless the clock is moved
    alarm.cancel = beneath.later(Math.max(0, (alarm.moment - now()) / scale), () => {
      if (now() < alarm.moment) return arm(alarm); // the clock beneath was set back meanwhile
      alarms.delete(alarm);
      alarm.then();
    });
  };
  const moveTo = (time: number): void => {
    shown = time;
    anchor = beneath.now();
    for (const alarm of alarms) arm(alarm);
  };
  return {
    now,
    alarm(moment, then) {
      const alarm: Alarm = { moment, then, cancel: nothing };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        alarms.delete(alarm);
        alarm.cancel();
      };
    },
    advance: (byMs) => moveTo(now() + byMs),
    set: moveTo,
    rescale(to) {
      const time = now();
      scale = to;
      moveTo(time);
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
