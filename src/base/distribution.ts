// Distributions of a waiting time by their quantile functions: one uniform draw gives one sample, in milliseconds.
import { z } from 'zod';
import { duration, MAX_DURATION_MS } from './duration.ts';

/** Milliseconds at a quantile `u` in [0, 1). */
export type Quantile = (u: number) => number;

const ordered = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value >= (values[index - 1] as number));

/** Exactly one form is given. */
export const distributionFields = {
  fixed: duration().optional().describe('always this long'),
  uniform: z
    .strictObject({ min: duration(), max: duration() })
    .refine(({ min, max }) => min <= max, 'min must not be above max')
    .optional()
    .describe('anything between min and max, equally likely'),
  normal: z.strictObject({ mean: duration(), sd: duration() }).optional().describe('a bell curve, cut off at zero'),
  lognormal: z
    .strictObject({ median: duration(), sigma: z.number().min(0).max(5), max: duration().optional() })
    .optional()
    .describe('a long tail: half above the median; sigma is of the logarithm'),
  pareto: z
    .strictObject({ min: duration(), alpha: z.number().min(0.01).max(100), max: duration().optional() })
    .optional()
    .describe('a heavy tail from min on; the smaller alpha, the heavier'),
  percentiles: z
    .strictObject({ p50: duration(), p90: duration(), p99: duration(), max: duration() })
    .refine(({ p50, p90, p99, max }) => ordered([p50, p90, p99, max]), 'p50, p90, p99 and max must not fall')
    .optional()
    .describe('the curve of a dashboard, given back as it is'),
};

const FORMS = Object.keys(distributionFields);

/** Whether no more than one form is given, whatever else is; for schemas that add fields of their own. */
export const isOneForm = (given: Readonly<Record<string, unknown>>): boolean =>
  FORMS.filter((form) => given[form] !== undefined).length <= 1;
export const ONE_FORM = `takes only one of ${FORMS.join(', ')}`;

/** One form, or none for a default of the user's. */
export const atMostOneForm = z.strictObject(distributionFields).refine(isOneForm, ONE_FORM);
export type Distribution = z.output<typeof atMostOneForm>;

export function quantileOf(distribution: Distribution): Quantile {
  const { fixed, uniform, normal, lognormal, pareto, percentiles } = distribution;
  if (fixed !== undefined) return () => fixed;
  if (uniform) return (u) => uniform.min + u * (uniform.max - uniform.min);
  if (normal) return capped(undefined, (u) => Math.max(0, normal.mean + normal.sd * standardNormal(u)));
  if (lognormal) return capped(lognormal.max, (u) => lognormal.median * Math.exp(lognormal.sigma * standardNormal(u)));
  if (pareto) return capped(pareto.max, (u) => pareto.min * (1 - u) ** (-1 / pareto.alpha));
  if (percentiles) return throughPercentiles(percentiles);
  throw new Error('a distribution without a form');
}

const capped =
  (max: number | undefined, quantile: Quantile): Quantile =>
  (u) =>
    Math.min(max ?? MAX_DURATION_MS, quantile(u));

/**
 * Straight lines between the given quantiles, so that each of them comes back as it was asked.
 * Below the median it starts at half of it; a dashboard says nothing about the fast half.
 */
function throughPercentiles({ p50, p90, p99, max }: { p50: number; p90: number; p99: number; max: number }): Quantile {
  const knots: readonly (readonly [u: number, ms: number])[] = [
    [0, p50 / 2],
    [0.5, p50],
    [0.9, p90],
    [0.99, p99],
    [1, max],
  ];
  return (u) => {
    const above = Math.max(
      1,
      knots.findIndex(([at]) => u < at),
    );
    const [lowU, low] = knots[above - 1] ?? [0, 0];
    const [highU, high] = knots[above] ?? [1, max];
    return low + ((u - lowU) / (highU - lowU)) * (high - low);
  };
}

/**
 * Coefficients of P. J. Acklam's rational approximation of the inverse normal distribution (2003), relative error below
 * 1.15e-9. Written here because one draw must give one sample, where d3-random takes as many as it needs; the quantile of
 * simple-statistics is off by 5e-4, and that of @stdlib brings 137 packages.
 */
const CENTRE_NUMERATOR = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const CENTRE_DENOMINATOR = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
];
const TAIL_NUMERATOR = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_DENOMINATOR = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
const TAIL_STARTS = 0.02425;

/** The standard normal quantile at `u`; u = 0 is taken as the smallest draw there is. */
export function standardNormal(u: number): number {
  const p = Math.max(u, 2 ** -53);
  if (p > 1 - TAIL_STARTS) return -standardNormal(1 - p);
  if (p < TAIL_STARTS) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_NUMERATOR, q) / polynomial(TAIL_DENOMINATOR, q);
  }
  const q = p - 0.5;
  return (polynomial(CENTRE_NUMERATOR, q * q) * q) / polynomial(CENTRE_DENOMINATOR, q * q);
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
