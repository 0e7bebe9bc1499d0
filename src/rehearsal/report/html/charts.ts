// The charts of a report as shapes: lines with marks over time, before bands where faults were in force.
import { line, type SymbolType, symbol, symbolCircle, symbolSquare, symbolTriangle } from 'd3-shape';
import type { Report } from '../report.ts';
import { FRAME, latencyAxis, linearAxis, scaleOfTime, type Tick, timeTicks, type ValueAxis } from './axes.ts';
import { type Bar, barsOf, type Shade, shadesOf } from './bands.ts';
import { type Point, pointsOf } from './points.ts';

type Measure = Exclude<keyof Point, 'at'>;

interface ChartPlan {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly axis: (values: readonly number[]) => ValueAxis;
  readonly lines: readonly { readonly name: string; readonly measure: Measure; readonly says: string }[];
}

const PLANS: readonly ChartPlan[] = [
  {
    ...{ id: 'rates', title: 'Requests a second', unit: 'requests/s', axis: linearAxis },
    lines: [
      { name: 'offered', measure: 'offered', says: 'arrived' },
      { name: 'answered', measure: 'answered', says: 'got a whole answer' },
      { name: 'goodput', measure: 'goodput', says: 'got an answer that served them' },
    ],
  },
  {
    ...{ id: 'held', title: 'Requests at once', unit: 'requests', axis: linearAxis },
    lines: [
      { name: 'open', measure: 'open', says: 'not ended yet' },
      { name: 'held', measure: 'held', says: 'of those, held by a fault' },
    ],
  },
  {
    ...{
      id: 'latency',
      title: 'Latency of what was answered',
      unit: 'time to the end of the answer, logarithmic',
      axis: latencyAxis,
    },
    lines: [
      { name: 'p50', measure: 'p50Ms', says: 'half were faster' },
      { name: 'p95', measure: 'p95Ms', says: '95 % were faster' },
      { name: 'p99', measure: 'p99Ms', says: '99 % were faster' },
    ],
  },
];

export interface Series {
  readonly name: string;
  readonly says: string;
  /** From 1: its colour, dashes and mark. */
  readonly style: number;
  /** The line; nothing where there is no figure. */
  readonly path: string;
  readonly marks: readonly { readonly x: number; readonly y: number }[];
  /** Its mark about 0, 0. */
  readonly shape: string;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly frame: typeof FRAME;
  /** The upper edge of the bars: what stands above it makes way for them. */
  readonly top: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly phases: readonly PhaseMark[];
  readonly bars: readonly Bar[];
  readonly shades: readonly Shade[];
  readonly series: readonly Series[];
}

export interface PhaseMark {
  readonly x: number;
  /** Empty where there is no room for it. */
  readonly label: string;
}

const SHAPES: readonly SymbolType[] = [symbolCircle, symbolSquare, symbolTriangle];
/** Square units. */
const MARK_AREA = 44;
/** On each line, and shifted from line to line so that none hides another. */
const MARKS = 9;
/** Units that a letter takes where they are largest, which is on a phone. */
const LETTER = 11;

/** None without samples. */
export function chartsOf(report: Report): Chart[] {
  const points = pointsOf(report.samples);
  if (points.length === 0) return [];
  const bars = barsOf(report);
  const about = {
    ...{
      frame: FRAME,
      top: bars.reduce((top, { y }) => Math.min(top, y), FRAME.top),
      xTicks: timeTicks(report),
      phases: phaseMarks(report),
    },
    ...{ bars, shades: shadesOf(report) },
  };
  return PLANS.map(({ id, title, unit, axis, lines }) => {
    const values = lines.flatMap(({ measure }) => points.flatMap((point) => point[measure] ?? []));
    const { place, ticks } = axis(values);
    const x = scaleOfTime(report);
    const series = lines.map(({ name, says, measure }, index) => ({
      ...{ name, says, style: index + 1 },
      ...shapesOf(points, index, ({ at, [measure]: value }) => (value === null ? null : { x: x(at), y: place(value) })),
    }));
    return { ...{ id, title, unit, ...about }, yTicks: ticks, series };
  });
}

type Placed = { readonly x: number; readonly y: number } | null;

function shapesOf(points: readonly Point[], index: number, place: (point: Point) => Placed) {
  const placed = points.map(place);
  const path = line<Placed>()
    .defined((one) => one !== null)
    .x((one) => one?.x ?? 0)
    .y((one) => one?.y ?? 0)(placed);
  const known = placed.filter((one) => one !== null);
  const step = Math.max(1, Math.floor(known.length / MARKS));
  const first = Math.floor((step * index) / SHAPES.length);
  const marks = known.filter((_, at) => at % step === first);
  return { path: path ?? '', marks, shape: symbol(SHAPES[index] ?? symbolCircle, MARK_AREA)() ?? '' };
}

function phaseMarks(report: Report): PhaseMark[] {
  const x = scaleOfTime(report);
  return report.phases.map(({ name, from, to }) => ({
    ...{ x: x(from), label: x(to) - x(from) > name.length * LETTER + LETTER ? name : '' },
  }));
}
