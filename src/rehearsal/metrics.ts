// The figures that a condition may be about: the criteria of the scorecard, by name, with their units.
import type { Criterion } from '../scorecard/criterion.ts';
import { CRITERIA } from '../scorecard/registry.ts';

export type Unit = Criterion['unit'];

/** Units by name. */
export type Metrics = ReadonlyMap<string, Unit>;

export const METRICS: Metrics = new Map(CRITERIA.map(({ name, unit }) => [name, unit]));

/** Milliseconds in a unit of time; undefined for the others, which no duration is a bound of. */
export const unitMs = (unit: Unit): number | undefined => (unit === 'ms' ? 1 : unit === 's' ? 1000 : undefined);
