// Values that move with time: from one to another, in a straight line, and then they stay.
import { z } from 'zod';
import { duration } from './duration.ts';

export interface Ramp {
  readonly from: number;
  readonly to: number;
  readonly overMs: number;
}

/** The value so long after the beginning. */
export function rampAt({ from, to, overMs }: Ramp, elapsedMs: number): number {
  const progress = overMs > 0 ? Math.min(1, Math.max(0, elapsedMs / overMs)) : 1;
  return from + (to - from) * progress;
}

/** A schema for a ramp as it is written, `{from, to, over}`, of values of this kind. */
export function rampOf(value: z.ZodType<number>) {
  return z
    .strictObject({ from: value, to: value, over: duration() })
    .transform(({ from, to, over }): Ramp => ({ from, to, overMs: over }));
}
