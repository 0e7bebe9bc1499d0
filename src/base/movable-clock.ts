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
  return new ScaledClock(beneath, firstScale);
}

class ScaledClock implements MovableClock {
  readonly #beneath: Clock;
  readonly #firstScale: number;
  readonly #alarms = new Set<Alarm>();
  #scale: number;
  /** The clock beneath when this one was last moved, and what it showed then. */
  #anchor: number;
  #shown: number;

  constructor(beneath: Clock, firstScale: number) {
    this.#beneath = beneath;
    this.#firstScale = firstScale;
    this.#scale = firstScale;
    this.#anchor = beneath.now();
    this.#shown = this.#anchor;
  }

  now(): number {
    return Math.min(LATEST_MS, this.#shown + (this.#beneath.now() - this.#anchor) * this.#scale);
  }

  alarm(moment: number, then: () => void): Cancel {
    const alarm: Alarm = { moment, then, cancel: nothing };
    this.#alarms.add(alarm);
    this.#arm(alarm);
    return () => {
      this.#alarms.delete(alarm);
      alarm.cancel();
    };
  }

  advance(byMs: number): void {
    this.set(this.now() + byMs);
  }

  set(toMs: number): void {
    this.#shown = toMs;
    this.#anchor = this.#beneath.now();
    for (const alarm of this.#alarms) this.#arm(alarm);
  }

  rescale(scale: number): void {
    const time = this.now();
    this.#scale = scale;
    this.set(time);
  }

  reset(): void {
    this.#scale = this.#firstScale;
    this.set(this.#beneath.now());
  }

  get scale(): number {
    return this.#scale;
  }

  #arm(alarm: Alarm): void {
    alarm.cancel();
    alarm.cancel = nothing;
    if (alarm.moment > LATEST_MS || !(this.#scale > 0)) return; // it never comes, unless the clock is moved
    alarm.cancel = this.#beneath.later(Math.max(0, (alarm.moment - this.now()) / this.#scale), () => {
      if (this.now() < alarm.moment) return this.#arm(alarm); // the clock beneath was set back meanwhile
      this.#alarms.delete(alarm);
      alarm.then();
    });
  }
}
