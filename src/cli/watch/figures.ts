// Numbers of a screen in few characters: `1,204`, `12.5k`, `300/s`.

const THOUSANDS_FROM = 100_000;
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const countWords = (count: number): string => (count < THOUSANDS_FROM ? plain : short).format(count);

/** A second; one that is small keeps a digit, so that it is not taken for nothing. */
export function rateWords(perS: number | null): string {
  if (perS === null) return '-';
  const isSmall = perS > 0 && perS < 10 && !Number.isInteger(perS);
  return `${isSmall ? Math.max(0.1, perS).toFixed(1) : countWords(perS)}/s`;
}

export const msWords = (ms: number): string => `${countWords(ms)} ms`;

/** A figure of an abort condition in its unit. */
export function figureWords(value: number | null, unit: 'ms' | 'count' | 'share' | 'bytes'): string {
  if (value === null) return '-';
  if (unit === 'share') return `${Math.round(value * 1000) / 10} %`;
  if (unit === 'bytes') return `${countWords(value / 2 ** 20)} MiB`;
  if (unit === 'ms') return value < 10_000 ? msWords(value) : `${countWords(value / 1000)} s`;
  return countWords(value);
}
