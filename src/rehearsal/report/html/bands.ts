// The faults behind a chart: where any is in force as shade, and each as a numbered bar above.

import type { Span } from '../../../scorecard/evidence.ts';
import type { Report } from '../report.ts';
import type { ReportedFault } from '../reported.ts';
import { nameOfFault } from '../timeline.ts';
import { FRAME, scaleOfTime } from './axes.ts';

export interface Bar {
  /** As it stands in the list of faults, from 1. */
  readonly number: number;
  readonly name: string;
  readonly x: number;
  readonly width: number;
  /** Of its upper edge: it stands above the lines, not on them. */
  readonly y: number;
}

export interface Shade {
  readonly x: number;
  readonly width: number;
}

/** Faults with bars and numbers of their own; the others are shade alone. */
export const MAX_BARS = 30;
/** Bars above each other; one that finds no place is left out. */
const MAX_LANES = 4;
export const LANE_HEIGHT = 18;
/** So narrow a band could not be seen. */
const MIN_WIDTH = 2;

export function barsOf(report: Report): Bar[] {
  const x = scaleOfTime(report);
  const free: number[] = [];
  return report.faults.slice(0, MAX_BARS).flatMap((fault, index) => {
    const at = free.findIndex((until) => until <= fault.from);
    const lane = at < 0 ? free.length : at;
    if (lane >= MAX_LANES) return [];
    free[lane] = fault.to;
    const place = placeOf(fault, x);
    return [{ number: index + 1, name: nameOfFault(fault), y: FRAME.top - (lane + 1) * LANE_HEIGHT, ...place }];
  });
}

export function shadesOf(report: Report): Shade[] {
  const x = scaleOfTime(report);
  return united(report.faults).map((span) => placeOf(span, x));
}

function placeOf({ from, to }: Span, x: (at: number) => number): Shade {
  const left = x(from);
  return { x: left, width: Math.max(MIN_WIDTH, x(to) - left) };
}

/** Shade upon shade would be darker than it means. */
function united(faults: readonly ReportedFault[]): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const { from, to } of [...faults].sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}
