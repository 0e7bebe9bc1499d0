// What a class of sellers was seen to do: rates over the last seconds, and totals since it began.
import { RateGauge } from '../capacity/gauge.ts';

/** How far back the rates look. */
const WINDOW_MS = 5000;

const COUNTED = ['operations', 'firstTries', 'retries', 'goodput', 'wasted', 'timedOut', 'shed', 'refused'] as const;
export type CountedOfClass = (typeof COUNTED)[number];

/**
 * `operations` begun, `firstTries` and `retries` sent, `goodput` of operations done, calls `wasted` (done when their
 * seller had left), `timedOut` and `shed`, and operations and retries that the sellers' own breaker `refused` to send.
 */
export type ClassRates = Readonly<Record<CountedOfClass, number>>;

export type ClassGauges = Readonly<Record<CountedOfClass, RateGauge>>;

const each = <Value>(of: (name: CountedOfClass) => Value): Record<CountedOfClass, Value> =>
  Object.fromEntries(COUNTED.map((name) => [name, of(name)])) as Record<CountedOfClass, Value>;

export const classGauges = (nowMs: number): ClassGauges => each(() => new RateGauge(WINDOW_MS, nowMs));

export const ratesOf = (gauges: ClassGauges, nowMs: number): ClassRates => each((name) => gauges[name].perS(nowMs));

export const totalsOf = (gauges: ClassGauges): ClassRates => each((name) => gauges[name].total);
