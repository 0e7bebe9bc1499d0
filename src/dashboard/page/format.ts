// Numbers with their units, times in the viewer's zone.

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const NONE = '–';

export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : value >= 100_000 ? SHORT.format(value) : WHOLE.format(value);

/** A second. */
export const rate = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : `${value < 10 && value > 0 ? FINE.format(value) : count(value)}/s`;

export const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : `${FINE.format(value * 100)} %`;

/** 850 ms, 12.3 s, 4:05, 1:02:03. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  return clockOf(ms);
}

/** 0:09, 4:05, 1:02:03: what is left, or since when; never negative. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (value < 1024) return `${value} B`;
  return value < 1_048_576 ? `${FINE.format(value / 1024)} KiB` : `${WHOLE.format(value / 1_048_576)} MiB`;
}

export const timeOfDay = (at: string | number): string => CLOCK.format(new Date(at));
export const dayAndTime = (at: string | number): string => DAY.format(new Date(at));

const PRECISE = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
/** To the millisecond. */
export const preciseTime = (at: string | number): string => PRECISE.format(new Date(at));
