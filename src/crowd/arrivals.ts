// When first tries come: a Poisson process whose rate follows the curve, whatever becomes of the calls.
import { type Draw, exponential } from '../base/random-stream.ts';
import type { Curve } from './curve.ts';

/** A bound is good for at least so long, however short the bursts and fast the story. */
const MIN_STRETCH_MS = 50;

/** Stretches looked through at a time: a story may be silent for months. */
const MAX_STRETCHES = 1000;

export interface ArrivalOptions {
  readonly curve: Curve;
  readonly draw: Draw;
  /** Simulation time, in ms, at which the story of the curve begins. */
  readonly originMs: number;
  /** Story seconds per second; the curve runs faster, its rates stay. */
  readonly speed: number;
  /** Simulation time from which arrivals are wanted. */
  readonly fromMs: number;
}

export interface Arrivals {
  /** The next arrival, in ms of the simulation, or how far nobody comes; Infinity when nobody comes any more. */
  readonly nextMs: number;
  /** Whether somebody comes at `nextMs`; else the search goes on from there. */
  readonly comes: boolean;
  /** Goes on to what is next. */
  advance(): void;
}

/**
 * Thinning (Lewis and Shedler, 1979): candidates come at a bound of the rate and are kept with the rate's share of it. A
 * candidate beyond the stretch the bound is good for is forgotten, and the next stretch begun: exponential gaps have no
 * memory. An open loop: callers do not wait for each other, or overload would hide itself.
 */
export function createArrivals({ curve, draw, originMs, speed, fromMs }: ArrivalOptions): Arrivals {
  let atMs = fromMs;
  const story = (ms: number): number => (ms - originMs) * speed;
  let stretchEndMs = atMs;
  let boundPerMs = 0;
  let comes = true;

  const beginStretch = (): void => {
    stretchEndMs = atMs + Math.max(MIN_STRETCH_MS, curve.stretchMs / speed);
    boundPerMs = curve.boundOver(story(atMs), story(stretchEndMs)) / 1000;
  };
  const findNext = (): number => {
    comes = true;
    for (let stretches = 0; stretches < MAX_STRETCHES; ) {
      if (atMs >= stretchEndMs) {
        beginStretch();
        stretches++;
      }
      const gapMs = boundPerMs > 0 ? exponential(draw) / boundPerMs : Number.POSITIVE_INFINITY;
      if (atMs + gapMs <= stretchEndMs) {
        atMs += gapMs;
        if (draw() * boundPerMs * 1000 < curve.rateAt(story(atMs))) return atMs;
      } else if (boundPerMs === 0 && story(stretchEndMs) > curve.endsMs) return Number.POSITIVE_INFINITY;
      else atMs = stretchEndMs;
    }
    comes = false;
    return atMs;
  };
  let nextMs = findNext();
  return {
    get nextMs() {
      return nextMs;
    },
    get comes() {
      return comes;
    },
    advance() {
      nextMs = findNext();
    },
  };
}
