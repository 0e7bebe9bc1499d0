// How many a second, over a window that slides; and how many in all.

const BUCKETS = 20;

/** Counts into a ring of buckets: adding is a few instructions, and nothing is kept per event. */
export class RateGauge {
  readonly #bucketMs: number;
  readonly #counts = new Float64Array(BUCKETS);
  readonly #firstBucket: number;
  #bucket: number;
  #inWindow = 0;
  #total = 0;

  /** `windowMs` is how far back `perS` looks. */
  constructor(windowMs: number, nowMs: number) {
    this.#bucketMs = windowMs / BUCKETS;
    this.#bucket = Math.floor(nowMs / this.#bucketMs);
    this.#firstBucket = this.#bucket;
  }

  get total(): number {
    return this.#total;
  }

  add(nowMs: number): void {
    const bucket = Math.floor(nowMs / this.#bucketMs);
    if (bucket !== this.#bucket) this.#slideTo(bucket);
    const at = bucket % BUCKETS;
    this.#counts[at] = (this.#counts[at] as number) + 1;
    this.#inWindow += 1;
    this.#total += 1;
  }

  /** Mean rate a second over the window, or over the time since the gauge began where that is shorter. */
  perS(nowMs: number): number {
    const bucket = Math.floor(nowMs / this.#bucketMs);
    if (bucket !== this.#bucket) this.#slideTo(bucket);
    const whole = Math.min(BUCKETS - 1, bucket - this.#firstBucket);
    const coveredMs = nowMs - (bucket - whole) * this.#bucketMs;
    return (this.#inWindow * 1000) / Math.max(coveredMs, this.#bucketMs);
  }

  #slideTo(bucket: number): void {
    const steps = Math.min(BUCKETS, bucket - this.#bucket);
    for (let step = 1; step <= steps; step++) {
      const at = (this.#bucket + step) % BUCKETS;
      this.#inWindow -= this.#counts[at] as number;
      this.#counts[at] = 0;
    }
    this.#bucket = bucket;
  }
}

/** A gauge for each of these names. */
export type Gauges<Name extends string> = Readonly<Record<Name, RateGauge>>;

const each = <Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>;

export const gaugesFor = <Name extends string>(names: readonly Name[], windowMs: number, nowMs: number): Gauges<Name> =>
  each(names, () => new RateGauge(windowMs, nowMs));

export const ratesOf = <Name extends string>(gauges: Gauges<Name>, nowMs: number): Record<Name, number> =>
  each(Object.keys(gauges) as Name[], (name) => gauges[name].perS(nowMs));

export const totalsOf = <Name extends string>(gauges: Gauges<Name>): Record<Name, number> =>
  each(Object.keys(gauges) as Name[], (name) => gauges[name].total);
