// Figures with their uncertainty; the same observations give the same interval.
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A figure with the 95 % interval that it lies in. */
export interface Estimate extends Interval {
  readonly figure: number;
}

/** Of a normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.96;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** 0 of none; of as many as you like, which `Math.max` cannot take. */
export const greatest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Of a sample, so by n - 1; 0 of fewer than two. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return Math.sqrt(values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1));
}

/** Whole numbers of 32 bits, as most are, are sorted in a third of the time that others take. */
export function ascending(values: ArrayLike<number>): Int32Array | Float64Array {
  const whole = new Int32Array(values.length);
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    whole[place] = value;
    if (whole[place] !== value) return Float64Array.from(values).sort();
  }
  return whole.sort();
}

/** Between the two neighbours by their distance; of values in ascending order, at least one. `q` 0..1. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return low + (high - low) * (place - below);
}

export const median = (values: readonly number[]): number => quantile(ascending(values), 0.5);

/** Of a mean, by the normal approximation. */
export function meanEstimate(values: readonly number[]): Estimate {
  return estimated(mean(values), deviation(values) / Math.sqrt(values.length));
}

/**
 * Of a share of `n`, at least one: the score interval of Wilson, J. Am. Stat. Assoc. 22 (1927), 209. Where all or none of
 * them did, nothing was seen against it, and the interval is the share itself: the least `n` of a criterion keeps that honest.
 */
export function shareEstimate(count: number, n: number): Estimate {
  const share = count / n;
  if (count === 0 || count === n) return { figure: share, low: share, high: share };
  const middle = share + Z ** 2 / (2 * n);
  const margin = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  return { figure: share, low: (middle - margin) / scale, high: (middle + margin) / scale };
}

/** Of something estimated with so large a standard error. */
export const estimated = (figure: number, error: number): Estimate => ({
  ...{ figure, low: figure - Z * error, high: figure + Z * error },
});

/**
 * Of a quantile, whatever the distribution: between the values of those ranks among which it lies, which are binomial
 * (Conover, Practical Nonparametric Statistics, 3.2). Of at least one value; `q` 0..1.
 */
export function quantileEstimate(values: readonly number[], q: number): Estimate {
  const sorted = ascending(values);
  const n = sorted.length;
  const margin = Z * Math.sqrt(n * q * (1 - q));
  const ranked = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, rank))] as number;
  return {
    ...{
      figure: quantile(sorted, q),
      low: ranked(Math.floor(n * q - margin)),
      high: ranked(Math.ceil(n * q + margin)),
    },
  };
}

/** Of the sum of `parts` to that of `wholes`, pair by pair (Cochran, Sampling Techniques, 6.3); of at least two pairs. */
export function ratioEstimate(parts: readonly number[], wholes: readonly number[]): Estimate {
  const n = parts.length;
  const [whole, figure] = [sum(wholes), sum(parts) / sum(wholes)];
  const square = sum(parts.map((part, at) => (part - figure * (wholes[at] as number)) ** 2));
  return estimated(figure, Math.sqrt((n / (n - 1)) * square) / whole);
}

/**
 * The share to whom it has not happened within `ms` (Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958), 457), by after how
 * long it happened to each, and for how long each of the others was watched; undefined where nobody was watched so long.
 */
export function survival(happened: readonly number[], unseen: ArrayLike<number>, ms: number): number | undefined {
  const count = happened.length + unseen.length;
  const events = ascending(happened.filter((at) => at < ms));
  const first = events[0] ?? ms;
  // those who were lost before anything happened, mostly nearly all, need no order
  const later: number[] = [];
  let [longest, lostBefore] = [greatest(happened), 0];
  for (let place = 0; place < unseen.length; place++) {
    const at = unseen[place] as number;
    if (at > longest) longest = at;
    if (at < first) lostBefore++;
    else if (at < ms) later.push(at);
  }
  if (count === 0 || longest < ms) return undefined;
  const losses = ascending(later);
  let lost = 0;
  let share = 1;
  for (const [before, at] of events.entries()) {
    while (lost < losses.length && (losses[lost] as number) < at) lost++;
    share *= 1 - 1 / (count - before - lostBefore - lost);
  }
  return share;
}
