// What a station was seen to do: rates over the last seconds, and totals since it opened.
import { type Gauges, gaugesFor, ratesOf, totalsOf } from './gauge.ts';

/** How far back the rates look. */
const WINDOW_MS = 2000;

const COUNTED = ['offered', 'goodput', 'wasted', 'shed', 'skipped'] as const;
export type Counted = (typeof COUNTED)[number];

/** Rates a second, except `queue` and `busy`, which are how many there are now. */
export interface Observed {
  /** Jobs that came. */
  readonly offered: number;
  /** Jobs done for a client that was still there. */
  readonly goodput: number;
  /** Jobs that wait. */
  readonly queue: number;
  /** Servers at work, rejecting included. */
  readonly busy: number;
  /** Jobs done for a client that had left. */
  readonly wasted: number;
  /** Jobs turned away while their client waited. */
  readonly shed: number;
  /** Jobs left undone because their client had left. */
  readonly skipped: number;
  readonly totals: Readonly<Record<Counted, number>>;
}

export type StationGauges = Gauges<Counted>;

export const stationGauges = (nowMs: number): StationGauges => gaugesFor(COUNTED, WINDOW_MS, nowMs);

export const observedOf = (gauges: StationGauges, queue: number, busy: number, nowMs: number): Observed => ({
  ...ratesOf(gauges, nowMs),
  queue,
  busy,
  totals: totalsOf(gauges),
});
