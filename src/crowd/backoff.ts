// Full jitter: a wait drawn from nothing up to a bound that doubles with each attempt.
import type { Draw } from '../base/random-stream.ts';

/** The bound after the first failure, and the highest. */
export interface BackoffBounds {
  readonly firstMs: number;
  readonly maxMs: number;
}

export const DEFAULT_BACKOFF: BackoffBounds = { firstMs: 500, maxMs: 20_000 };

/** M. Brooker, "Exponential Backoff And Jitter" (AWS, 2015): uniform in 0 .. min(max, first * 2^(attempt - 1)). */
export const fullJitterMs = ({ firstMs, maxMs }: BackoffBounds, attempt: number, draw: Draw): number =>
  draw() * Math.min(maxMs, firstMs * 2 ** (attempt - 1));
