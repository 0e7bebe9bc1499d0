// How long exchanges took, in buckets by one label: a few integers each.
import type { Sample } from './series.ts';

/** Upper bounds in seconds; the long ones are for what hangs. */
export const BOUNDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const BOUNDS_MS = BOUNDS_S.map((seconds) => seconds * 1000);

/** The place of the first bucket that holds it, to be looked for once for all histograms that count it. */
export function bucketOf(ms: number): number {
  let bucket = 0;
  while (bucket < BOUNDS_MS.length && ms > (BOUNDS_MS[bucket] as number)) bucket++;
  return bucket;
}

/** 200 bytes, and a line of a scrape for every bucket. */
export class Buckets {
  /** Not cumulative; one more than there are bounds. */
  readonly #counts = new Float64Array(BOUNDS_MS.length + 1);
  #sumMs = 0;

  add(bucket: number, ms: number): void {
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#sumMs += ms;
  }

  /** As Prometheus wants a histogram. */
  *samples(name: string, labels: Readonly<Record<string, string>>): Iterable<Sample> {
    let count = 0;
    for (const [bucket, inBucket] of this.#counts.entries()) {
      count += inBucket;
      yield { metricName: `${name}_bucket`, labels: { ...labels, le: BOUNDS_S[bucket] ?? '+Inf' }, value: count };
    }
    yield { metricName: `${name}_sum`, labels, value: this.#sumMs / 1000 };
    yield { metricName: `${name}_count`, labels, value: count };
  }
}

export class Durations {
  readonly #name: string;
  readonly #label: string;
  readonly #max: number;
  readonly #byValue = new Map<string, Buckets>();

  /** At most `max` values of the label; later ones are `other`. */
  constructor({ name, label, max }: { readonly name: string; readonly label: string; readonly max: number }) {
    this.#name = name;
    this.#label = label;
    this.#max = max;
  }

  add(value: string, bucket: number, ms: number): void {
    (this.#byValue.get(value) ?? this.#begin(value)).add(bucket, ms);
  }

  *samples(): Iterable<Sample> {
    for (const [value, buckets] of this.#byValue) yield* buckets.samples(this.#name, { [this.#label]: value });
  }

  #begin(value: string): Buckets {
    const name = this.#byValue.size < this.#max ? value : 'other';
    let buckets = this.#byValue.get(name);
    if (!buckets) {
      buckets = new Buckets();
      this.#byValue.set(name, buckets);
    }
    return buckets;
  }
}
