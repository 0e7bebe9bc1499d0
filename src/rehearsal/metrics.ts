// The figures that a condition may be about: the criteria of the scorecard, by name, with their units.

export type Unit = 'ms' | 's' | 'ratio' | 'count' | 'share' | 'calls';

/** Units by name. */
export type Metrics = ReadonlyMap<string, Unit>;

/** Milliseconds in a unit of time; undefined for the others, which no duration is a bound of. */
export const unitMs = (unit: Unit): number | undefined => (unit === 'ms' ? 1 : unit === 's' ? 1000 : undefined);
