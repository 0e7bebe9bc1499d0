// The thresholds of all criteria, and the file in which a team may set its own.
import { z } from 'zod';
import type { Criterion } from './criterion.ts';
import { CRITERIA } from './registry.ts';

/** Of each pair the second must not be less: where less is better, where more is, and where neither is. */
const ORDERS: Readonly<Record<Criterion['better'], readonly (readonly [string, string])[]>> = {
  less: [['pass', 'warn']],
  more: [
    ['warn', 'pass'],
    ['fail', 'pass'],
  ],
  neither: [
    ['fail', 'from'],
    ['from', 'to'],
  ],
};

/** A warning or a failure that begins where it passes already would never come. */
const consistent = ({ thresholds, better }: Criterion) =>
  thresholds.superRefine((read, { addIssue }) => {
    const values = read as Readonly<Record<string, number>>;
    const published = thresholds.parse({}) as Readonly<Record<string, number>>;
    const said = (name: string): string =>
      `${values[name]}${values[name] === published[name] ? ' unless it is set' : ''}`;
    for (const [less, more] of ORDERS[better]) {
      const [low, high] = [values[less], values[more]];
      if (low === undefined || high === undefined || low <= high) continue;
      const message = `must be at most ${more}, which is ${said(more)}, got ${said(less)}`;
      addIssue({ code: 'custom', path: [less], message });
    }
  });

/** By criterion and name, as in `retry-amplification: { pass: 1.5 }`; what is not set is as published. */
export const thresholdsFile = z.strictObject(
  Object.fromEntries(CRITERIA.map((criterion) => [criterion.name, consistent(criterion).optional()])),
);

export type Thresholds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** As published, but for what is given. */
export function thresholdsOf(given: z.output<typeof thresholdsFile> = {}): Thresholds {
  return Object.fromEntries(
    CRITERIA.map(({ name, thresholds }) => [name, thresholds.parse(given[name] ?? {}) as Record<string, number>]),
  );
}

/** As a record has them, which may be of another version: what it does not say, or says in another form, is as published. */
export const thresholdsRecorded = (recorded: unknown): Thresholds =>
  Object.fromEntries(
    CRITERIA.map(({ name, thresholds }) => {
      const read = thresholds.safeParse((Object(recorded) as Record<string, unknown>)[name]);
      return [name, (read.success ? read.data : thresholds.parse({})) as Record<string, number>];
    }),
  );

/** A threshold that is not the same in both. */
export interface ThresholdChange {
  readonly criterion: string;
  readonly name: string;
  readonly before: number;
  readonly now: number;
}

export const changedThresholds = (before: Thresholds, now: Thresholds): ThresholdChange[] =>
  CRITERIA.flatMap(({ name: criterion }) =>
    Object.entries(now[criterion] ?? {}).flatMap(([name, value]) => {
      const old = before[criterion]?.[name] ?? value;
      return old === value ? [] : [{ criterion, name, before: old, now: value }];
    }),
  );

/** The lines of a file that differ from the published ones; empty where none does. */
export function writtenThresholds(thresholds: Thresholds): string {
  const published = thresholdsOf();
  return Object.entries(thresholds)
    .flatMap(([name, values]) => {
      const own = Object.entries(values).filter(([key, value]) => published[name]?.[key] !== value);
      return own.length === 0 ? [] : [`${name}: { ${own.map(([key, value]) => `${key}: ${value}`).join(', ')} }\n`];
    })
    .join('');
}
