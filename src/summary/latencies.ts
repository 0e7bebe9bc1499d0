// Latencies of one second in a histogram of integers, so that none is kept by itself: whole milliseconds up to 64, then 32 parts of each doubling.

/** Up to here every millisecond is told apart; a power of two. */
const EXACT_MS = 64;
/** Above it each doubling has so many parts, so that its middle is off by 1/64 at most: 1.6 %. */
const PARTS = EXACT_MS / 2;
const EXACT_BITS = Math.log2(EXACT_MS);
/** 24 days, which is as long as nothing lasts. */
const MAX_MS = 2 ** 31 - 1;
const BUCKETS = EXACT_MS + PARTS * (31 - EXACT_BITS);

export interface Percentiles {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export class Latencies {
  readonly #counts = new Uint32Array(BUCKETS);
  #n = 0;
  #maxMs = 0;

  add(latencyMs: number): void {
    const ms = latencyMs > 0 ? Math.min(Math.round(latencyMs), MAX_MS) : 0; // a clock may have been set back
    const bucket = bucketOf(ms);
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#n++;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  /** Null where there was none; then it begins anew. */
  take(): Percentiles | null {
    if (this.#n === 0) return null;
    const [n, max] = [this.#n, this.#maxMs];
    const [p50 = max, p95 = max, p99 = max] = this.#at([0.5, 0.95, 0.99]);
    this.#counts.fill(0);
    this.#n = 0;
    this.#maxMs = 0;
    return { n, p50, p95, p99, max };
  }

  /** Of quantiles that rise. */
  #at(quantiles: readonly number[]): number[] {
    const found: number[] = [];
    let passed = 0;
    for (let bucket = 0; bucket < BUCKETS && found.length < quantiles.length; bucket++) {
      passed += this.#counts[bucket] as number;
      while (found.length < quantiles.length && passed >= Math.ceil(this.#n * (quantiles[found.length] as number)))
        found.push(Math.min(middleOf(bucket), this.#maxMs));
    }
    return found;
  }
}

function bucketOf(ms: number): number {
  if (ms < EXACT_MS) return ms;
  const doubling = 32 - EXACT_BITS - Math.clz32(ms);
  return EXACT_MS + PARTS * (doubling - 1) + ((ms >> doubling) - PARTS);
}

/** The middle of the milliseconds that are counted there. */
function middleOf(bucket: number): number {
  if (bucket < EXACT_MS) return bucket;
  const doubling = 1 + Math.floor((bucket - EXACT_MS) / PARTS);
  const part = PARTS + ((bucket - EXACT_MS) % PARTS);
  return part * 2 ** doubling + (2 ** doubling - 1) / 2;
}
