// What was found out about a kind, and what its trials come to together.
import type { Fault } from '../faults/fault.ts';
import type { Facet } from './promise.ts';

/** All that the doctor reads of a kind. */
export type Examined = Pick<Fault, 'name' | 'at' | 'signature' | 'directOnly' | 'inHandshake'>;

/**
 * `lost`: it does not hold from here, since something between this side and the listener hides or changes it, or answers
 * in its place. `noisy`: the machine or the server was too busy to tell.
 */
export const VERDICTS = ['lies', 'lost', 'noisy', 'unarmed', 'ok', 'skipped'] as const;
export type FindingVerdict = (typeof VERDICTS)[number];

/** One trial, with its parameters. */
export interface TrialFinding {
  readonly with: Readonly<Record<string, unknown>>;
  readonly promised: string;
  /** The same things as they were; empty when nothing was tried. */
  readonly observed: string;
  /** Until what was watched was whole or ended; unset: it did neither. */
  readonly ms: number | undefined;
  /** From the request until nobody looked any more; unset when nothing was tried. */
  readonly watchedMs: number | undefined;
  readonly verdict: FindingVerdict;
  /** What did not hold, or why it was not tried. */
  readonly reason: string | undefined;
}

/** A kind: what its trials say, joined, and the worst verdict among them. */
export interface Finding extends Omit<TrialFinding, 'with'> {
  readonly kind: string;
  readonly trials: readonly TrialFinding[];
}

export const isFailure = ({ verdict }: Pick<Finding, 'verdict'>): boolean => verdict === 'lies' || verdict === 'lost';

export function findingOf(kind: string, trials: readonly TrialFinding[]): Finding {
  const worst = VERDICTS.find((verdict) => trials.some((trial) => trial.verdict === verdict)) ?? 'skipped';
  const said = trials.filter(({ observed }) => observed !== '');
  const joined = (of: (trial: TrialFinding) => string | undefined, from: readonly TrialFinding[]): string =>
    [...new Set(from.map(of).filter(Boolean))].join('; ');
  const reasons = joined(
    ({ reason }) => reason,
    trials.filter(({ verdict }) => verdict === worst),
  );
  return {
    kind,
    promised: joined(({ promised }) => promised, said.length > 0 ? said : trials),
    observed: joined(({ observed }) => observed, said),
    ms: trials[0]?.ms,
    watchedMs: most(trials.map(({ watchedMs }) => watchedMs)),
    verdict: worst,
    reason: reasons === '' ? undefined : reasons,
    trials,
  };
}

const most = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((ms) => ms !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
};

export const brokenWords = (facets: readonly Facet[]): string =>
  facets
    .filter(({ verdict }) => verdict !== 'holds')
    .map(({ promised, observed }) => `${observed}, not ${promised}`)
    .join('; ');
