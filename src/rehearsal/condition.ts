// A condition of the hypothesis: bounds of one figure of the scorecard, as written and in the figure's own unit.
import { z } from 'zod';
import { DURATION_FORM, parseDuration } from '../base/duration.ts';
import type { Mistake } from '../base/mistake.ts';
import { unknownName } from '../base/unknown-name.ts';
import { type Metrics, type Unit, unitMs } from './metrics.ts';

const BOUND_FORM = `must be a number in the figure's unit, or ${DURATION_FORM} where that is a time`;
const bound = z.union([z.number(), z.string().refine((text) => parseDuration(text) !== undefined, BOUND_FORM)], {
  error: BOUND_FORM,
});

export const conditionSchema = z
  .strictObject({
    metric: z.string().min(1).max(80).describe('a criterion of the scorecard, as client-timeout'),
    client: z.string().min(1).max(8192).optional().describe('seller, by name or by key; default the rehearsal’s'),
    phase: z.string().min(1).max(40).optional().describe('only what happened in this phase; default all of them'),
    min: bound.optional().describe('the figure must not be below; a number in its unit, or a duration'),
    max: bound.optional().describe('the figure must not be above'),
    verdict: z.enum(['pass', 'warn']).optional().describe('the verdict must not be worse'),
    noData: z.enum(['fail', 'allow']).optional().describe('what a figure without data means; default fail'),
  })
  .refine(({ min, max, verdict }) => min !== undefined || max !== undefined || verdict !== undefined, {
    error: 'needs min, max or verdict',
  });

/** Bounds are inclusive, and in the unit of the figure. */
export interface Condition {
  readonly metric: string;
  readonly unit: Unit;
  /** Null: every client that was seen, and each must keep it. */
  readonly client: string | null;
  /** Null: the whole rehearsal. */
  readonly phase: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly verdict: 'pass' | 'warn' | null;
  readonly noData: 'fail' | 'allow';
}

type Written = z.output<typeof conditionSchema>;

/** What is wrong with it beside its form; `phases` are those that there are. */
export function conditionMistakes(written: Partial<Written>, metrics: Metrics, phases: readonly string[]): Mistake[] {
  const { metric, phase, min, max } = written;
  const mistakes: Mistake[] = [];
  const unit = metric === undefined ? undefined : metrics.get(metric);
  if (metric !== undefined && unit === undefined)
    mistakes.push({ path: 'metric', message: unknownName('metric', metric, [...metrics.keys()]) });
  if (phase !== undefined && !phases.includes(phase))
    mistakes.push({ path: 'phase', message: unknownName('phase', phase, phases) });
  if (unit === undefined) return mistakes;
  for (const [path, given] of Object.entries({ min, max })) {
    const message = given === undefined ? undefined : boundMistake(given, unit, metric);
    if (message !== undefined) mistakes.push({ path, message: `${message}, got ${given}` });
  }
  if (mistakes.length > 0 || min === undefined || max === undefined) return mistakes;
  if ((inUnit(min, unit) ?? 0) > (inUnit(max, unit) ?? 0))
    mistakes.push({ path: 'min', message: `must not be above max, ${max}, got ${min}` });
  return mistakes;
}

/** No figure is below 0, and no share above 1. */
function boundMistake(given: number | string, unit: Unit, metric = ''): string | undefined {
  const since = `since ${metric} is a ${unit}`;
  if (typeof given === 'string') return unitMs(unit) === undefined ? `must be a number, ${since}` : undefined;
  if (unit === 'share' && (given < 0 || given > 1)) return `must be 0 to 1, ${since}`;
  return given < 0 ? 'must be 0 or more' : undefined;
}

/** Of one without mistakes. */
export function conditionOf(written: Written, metrics: Metrics, client: string | null): Condition {
  const { metric, min, max, verdict = null, noData = 'fail', phase = null } = written;
  const unit = metrics.get(metric) ?? 'count';
  return {
    ...{ metric, unit, client: written.client ?? client, phase, verdict, noData },
    ...{ min: inUnit(min, unit), max: inUnit(max, unit) },
  };
}

function inUnit(bound: number | string | undefined, unit: Unit): number | null {
  if (bound === undefined) return null;
  return typeof bound === 'number' ? bound : (parseDuration(bound) ?? 0) / (unitMs(unit) ?? 1);
}
