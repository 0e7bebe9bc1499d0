// After how long a client gives up, by when it left what had not been answered.
import type { Attempt } from './evidence.ts';
import { addTo } from './groups.ts';
import { deviation, type Estimate, estimated, median } from './statistics.ts';

/** Requests that a client must have left for its time-out to be told. */
export const MIN_LEFT = 20;
/** Times are gathered by so much. */
export const BIN_MS = 50;
/** Those who belong to the most frequent time lie so near to it. */
export const NEAR = 0.05;

/** Of those that it gave up: the most frequent time after which it did, in milliseconds; undefined where it has left too seldom. */
export function timeoutOf(left: readonly Attempt[]): Estimate | undefined {
  return left.length < MIN_LEFT ? undefined : estimateOf(nearMode(left));
}

export interface OfOperation {
  readonly operation: string;
  readonly timeout: Estimate;
  /** By arrival. */
  readonly left: readonly Attempt[];
}

/** Of each operation the time-out that so many of its requests have in common as are needed. */
export function timeoutsOf(left: readonly Attempt[]): OfOperation[] {
  const byOperation = new Map<string, Attempt[]>();
  for (const attempt of left) addTo(byOperation, attempt.operation, attempt);
  return [...byOperation].flatMap(([operation, own]) => {
    const near = own.length < MIN_LEFT ? [] : nearMode(own);
    return near.length < MIN_LEFT ? [] : [{ operation, timeout: estimateOf(near), left: own }];
  });
}

/** The longest of them; undefined of none. */
export const slowestOf = (left: readonly Attempt[]): OfOperation | undefined =>
  timeoutsOf(left).reduce<OfOperation | undefined>(
    (slowest, one) => (slowest && slowest.timeout.figure >= one.timeout.figure ? slowest : one),
    undefined,
  );

const estimateOf = (times: readonly number[]): Estimate =>
  estimated(median(times), deviation(times) / Math.sqrt(times.length));

/** Those of the times that belong to the most frequent one. */
function nearMode(left: readonly Attempt[]): number[] {
  const times = left.map(({ at, endedAt }) => (endedAt as number) - at);
  const mode = modeOf(times);
  return times.filter((ms) => Math.abs(ms - mode) <= Math.max(BIN_MS, mode * NEAR));
}

/** The middle of the fullest bin, the neighbours of which count half. */
function modeOf(times: readonly number[]): number {
  const bins = new Map<number, number>();
  for (const ms of times) bins.set(Math.floor(ms / BIN_MS), (bins.get(Math.floor(ms / BIN_MS)) ?? 0) + 1);
  const weight = (bin: number): number =>
    (bins.get(bin) ?? 0) + ((bins.get(bin - 1) ?? 0) + (bins.get(bin + 1) ?? 0)) / 2;
  const [fullest] = [...bins.keys()].sort((a, b) => weight(b) - weight(a) || a - b);
  return ((fullest as number) + 0.5) * BIN_MS;
}
