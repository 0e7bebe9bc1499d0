// The samples as the points of a chart: no more than can be told apart on paper.
import { max, mean } from 'd3-array';
import type { Sample } from '../../sampler.ts';

/** Points of a line. */
export const MAX_POINTS = 400;

export type Point = Pick<
  Sample,
  'at' | 'offered' | 'answered' | 'goodput' | 'held' | 'open' | 'p50Ms' | 'p95Ms' | 'p99Ms'
>;

/** How many samples each point stands for. */
export const samplesEach = (samples: readonly Sample[]): number => Math.max(1, Math.ceil(samples.length / MAX_POINTS));

/** Of several samples: rates as their mean, the rest as the highest, and the time of the last. */
export function pointsOf(samples: readonly Sample[]): Point[] {
  const each = samplesEach(samples);
  if (each === 1) return [...samples];
  return Array.from({ length: Math.ceil(samples.length / each) }, (_, index) =>
    merged(samples.slice(index * each, (index + 1) * each)),
  );
}

function merged(samples: readonly Sample[]): Point {
  const rate = (name: 'offered' | 'answered' | 'goodput'): number => mean(samples, (one) => one[name]) ?? 0;
  const highest = (name: 'p50Ms' | 'p95Ms' | 'p99Ms'): number | null => max(samples, (one) => one[name]) ?? null;
  return {
    at: samples.at(-1)?.at ?? 0,
    ...{ offered: rate('offered'), answered: rate('answered'), goodput: rate('goodput') },
    ...{ held: max(samples, ({ held }) => held) ?? 0, open: max(samples, ({ open }) => open) ?? 0 },
    ...{ p50Ms: highest('p50Ms'), p95Ms: highest('p95Ms'), p99Ms: highest('p99Ms') },
  };
}
