// How long exchanges took, in buckets per operation: a few integers each.
import type { Sample } from './series.ts';

/** Upper bounds in seconds; the long ones are for what hangs. */
export const BOUNDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const BOUNDS_MS = BOUNDS_S.map((seconds) => seconds * 1000);

interface Histogram {
  /** Not cumulative; one more than there are bounds. */
  readonly counts: Float64Array;
  sumMs: number;
}

export class Durations {
  readonly #name: string;
  readonly #max: number;
  readonly #byOperation = new Map<string, Histogram>();

  /** At most `max` operations; later ones are `other`. */
  constructor(name: string, max: number) {
    this.#name = name;
    this.#max = max;
  }

  add(operation: string, ms: number): void {
    const histogram = this.#byOperation.get(operation) ?? this.#begin(operation);
    let bucket = 0;
    while (bucket < BOUNDS_MS.length && ms > (BOUNDS_MS[bucket] as number)) bucket++;
    histogram.counts[bucket] = (histogram.counts[bucket] as number) + 1;
    histogram.sumMs += ms;
  }

  *samples(): Iterable<Sample> {
    for (const [operation, { counts, sumMs }] of this.#byOperation) {
      let count = 0;
      for (const [bucket, inBucket] of counts.entries()) {
        count += inBucket;
        yield {
          metricName: `${this.#name}_bucket`,
          labels: { operation, le: BOUNDS_S[bucket] ?? '+Inf' },
          value: count,
        };
      }
      yield { metricName: `${this.#name}_sum`, labels: { operation }, value: sumMs / 1000 };
      yield { metricName: `${this.#name}_count`, labels: { operation }, value: count };
    }
  }

  #begin(operation: string): Histogram {
    const name = this.#byOperation.size < this.#max ? operation : 'other';
    let histogram = this.#byOperation.get(name);
    if (!histogram) {
      histogram = { counts: new Float64Array(BOUNDS_MS.length + 1), sumMs: 0 };
      this.#byOperation.set(name, histogram);
    }
    return histogram;
  }
}
