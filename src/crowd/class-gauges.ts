// What a class of sellers was seen to do: rates over the last seconds, and totals since it began.
import { type Gauges, gaugesFor } from '../capacity/gauge.ts';

/** How far back the rates look. */
const WINDOW_MS = 5000;

const COUNTED = ['operations', 'firstTries', 'retries', 'goodput', 'wasted', 'timedOut', 'shed', 'refused'] as const;
export type CountedOfClass = (typeof COUNTED)[number];

/**
 * `operations` begun, `firstTries` and `retries` sent, `goodput` of operations done, calls `wasted` (done when their
 * seller had left), `timedOut` and `shed`, and operations and retries that the sellers' own breaker `refused` to send.
 */
export type ClassRates = Readonly<Record<CountedOfClass, number>>;

export type ClassGauges = Gauges<CountedOfClass>;

export const classGauges = (nowMs: number): ClassGauges => gaugesFor(COUNTED, WINDOW_MS, nowMs);
