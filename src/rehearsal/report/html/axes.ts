// The axes of a chart: time since the beginning, and what is counted or measured, with their ticks.
import { scaleLinear, scaleLog, scaleUtc } from 'd3-scale';
import type { Report } from '../report.ts';
import { sinceWords } from '../words.ts';

type Frame = Readonly<Record<'width' | 'height' | 'left' | 'right' | 'top' | 'bottom', number>>;

/** In units of the drawing, which is shown as wide as there is room. */
export const FRAME: Frame = { width: 720, height: 312, left: 74, right: 704, top: 58, bottom: 250 };

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface ValueAxis {
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

type Course = Pick<Report, 'startedAt' | 'endedAt'>;

/** A rehearsal of no length has an axis too. */
const MIN_LENGTH_MS = 1000;
const TICKS = 5;
/** Below it, a logarithm is of no use. */
const MIN_MS = 1;

/** What lies beyond the ends is drawn at them. */
export function scaleOfTime({ startedAt, endedAt }: Course): (at: number) => number {
  const scale = scaleUtc([startedAt, lastOf({ startedAt, endedAt })], [FRAME.left, FRAME.right]).clamp(true);
  return (at) => tidy(scale(at));
}

/** At round lengths of time since the beginning. */
export function timeTicks({ startedAt, endedAt }: Course): Tick[] {
  const place = scaleOfTime({ startedAt, endedAt });
  return scaleUtc()
    .domain([0, lastOf({ startedAt, endedAt }) - startedAt])
    .ticks(TICKS)
    .map((since) => startedAt + since.getTime())
    .map((at) => ({ at: place(at), label: sinceWords(at, startedAt) }));
}

const lastOf = ({ startedAt, endedAt }: Course): number => Math.max(endedAt, startedAt + MIN_LENGTH_MS);

/** From zero. */
export function linearAxis(values: readonly number[]): ValueAxis {
  const scale = scaleLinear([0, Math.max(1, highest(values))], [FRAME.bottom, FRAME.top]).nice(TICKS);
  return {
    place: (value) => tidy(scale(value)),
    ticks: scale.ticks(TICKS).map((value) => ({ at: tidy(scale(value)), label: grouped(value) })),
  };
}

/** In milliseconds, by powers of ten; less than one is drawn as one. */
export function latencyAxis(values: readonly number[]): ValueAxis {
  const most = Math.max(MIN_MS * 10, highest(values));
  const least = Math.min(
    values.reduce((min, value) => Math.min(min, value), Number.POSITIVE_INFINITY),
    most / 10,
  );
  const scale = scaleLog([Math.max(MIN_MS, least), most], [FRAME.bottom, FRAME.top]).nice();
  const powers = scale.ticks().filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6));
  return {
    place: (value) => tidy(scale(Math.max(MIN_MS, value))),
    ticks: powers.map((value) => ({ at: tidy(scale(value)), label: latencyWords(value) })),
  };
}

const latencyWords = (ms: number): string => (ms < 1000 ? `${grouped(ms)} ms` : `${grouped(ms / 1000)} s`);

const grouped = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });

const highest = (values: readonly number[]): number => values.reduce((max, value) => Math.max(max, value), 0);

/** A hundredth is less than can be seen. */
const tidy = (place: number): number => Math.round(place * 100) / 100;
