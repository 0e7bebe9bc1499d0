// The thresholds of all criteria, and the file in which a team may set its own.
import { z } from 'zod';
import { CRITERIA } from './registry.ts';

/** By criterion and name, as in `retry-amplification: { pass: 1.5 }`; what is not set is as published. */
export const thresholdsFile = z.strictObject(
  Object.fromEntries(CRITERIA.map(({ name, thresholds }) => [name, thresholds.optional()])),
);

export type Thresholds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** As published, but for what is given. */
export function thresholdsOf(given: z.output<typeof thresholdsFile> = {}): Thresholds {
  return Object.fromEntries(
    CRITERIA.map(({ name, thresholds }) => [name, thresholds.parse(given[name] ?? {}) as Record<string, number>]),
  );
}
