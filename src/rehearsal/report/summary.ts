// What each phase came to, of the samples that lie in it: the charts as a table.
import type { Sample } from '../sampler.ts';
import type { Report } from './report.ts';
import type { ReportedPhase } from './reported.ts';

export interface PhaseSummary extends ReportedPhase {
  /** A second, on average; null without samples. */
  readonly offered: number | null;
  readonly answered: number | null;
  readonly goodput: number | null;
  /** The most at once. */
  readonly held: number | null;
  readonly open: number | null;
  /** The median of the seconds' own percentiles, in milliseconds. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** A sample tells of the second before it. */
export const summaries = ({ phases, samples }: Report): PhaseSummary[] =>
  phases.map((phase) => {
    const own = samples.filter(({ at }) => at > phase.from && at <= phase.to);
    const mean = (name: 'offered' | 'answered' | 'goodput'): number | null =>
      own.length === 0 ? null : own.reduce((sum, one) => sum + one[name], 0) / own.length;
    return {
      ...phase,
      ...{ offered: mean('offered'), answered: mean('answered'), goodput: mean('goodput') },
      ...{ held: most(own, 'held'), open: most(own, 'open') },
      ...{ p50Ms: middle(own, 'p50Ms'), p95Ms: middle(own, 'p95Ms'), p99Ms: middle(own, 'p99Ms') },
    };
  });

const most = (samples: readonly Sample[], name: 'held' | 'open'): number | null =>
  samples.length === 0 ? null : samples.reduce((max, one) => Math.max(max, one[name]), 0);

function middle(samples: readonly Sample[], name: 'p50Ms' | 'p95Ms' | 'p99Ms'): number | null {
  const known = samples.flatMap((one) => one[name] ?? []).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}
