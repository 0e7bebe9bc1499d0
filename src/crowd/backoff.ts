// Full jitter: a wait drawn from nothing up to a bound that doubles with each attempt.
import type { Draw } from '../base/random-stream.ts';

/** The bound after the first failure, and the highest. */
export interface BackoffBounds {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const USUAL_BACKOFF: BackoffBounds = { firstMs: 500, mostMs: 20_000 };

/** M. Brooker, "Exponential Backoff And Jitter" (AWS, 2015): uniform in 0 .. min(most, first * 2^(attempt - 1)). */
export const fullJitterMs = ({ firstMs, mostMs }: BackoffBounds, attempt: number, draw: Draw): number =>
  draw() * Math.min(mostMs, firstMs * 2 ** (attempt - 1));
