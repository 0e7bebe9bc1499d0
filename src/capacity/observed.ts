// What a station was seen to do: rates over the last seconds, and totals since it opened.
import { RateGauge } from './gauge.ts';

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

export type StationGauges = Readonly<Record<Counted, RateGauge>>;

export const stationGauges = (nowMs: number): StationGauges => ({
  offered: new RateGauge(WINDOW_MS, nowMs),
  goodput: new RateGauge(WINDOW_MS, nowMs),
  wasted: new RateGauge(WINDOW_MS, nowMs),
  shed: new RateGauge(WINDOW_MS, nowMs),
  skipped: new RateGauge(WINDOW_MS, nowMs),
});

export function observedOf(gauges: StationGauges, queue: number, busy: number, nowMs: number): Observed {
  return {
    offered: gauges.offered.perS(nowMs),
    goodput: gauges.goodput.perS(nowMs),
    queue,
    busy,
    wasted: gauges.wasted.perS(nowMs),
    shed: gauges.shed.perS(nowMs),
    skipped: gauges.skipped.perS(nowMs),
    totals: {
      offered: gauges.offered.total,
      goodput: gauges.goodput.total,
      wasted: gauges.wasted.total,
      shed: gauges.shed.total,
      skipped: gauges.skipped.total,
    },
  };
}
