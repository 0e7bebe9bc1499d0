// Whether a PromQL expression can ever show something here: its metrics, labels and values against those that are shown.
import { HAPPENINGS } from '../../src/journal/entry.ts';
import { ENDINGS } from '../../src/telemetry/endings.ts';
import { type Query, readQuery } from './promql.ts';
import type { ShownMetric } from './shown-metrics.ts';

type Shown = ReadonlyMap<string, ShownMetric>;

/** Prometheus gives them to whatever it scrapes. */
const SCRAPED = ['job', 'instance'];
/** Values that need not come about in a test; others must have been seen. */
const POSSIBLE = new Map<string, readonly string[]>([
  ['showstopper_client_outcomes_total outcome', ENDINGS],
  ['showstopper_box_office_events_total happened', HAPPENINGS],
]);
const RATES = ['rate', 'increase', 'irate'];
const isCounted = ({ type }: ShownMetric): boolean => type === 'counter' || type === 'part of a histogram';

/** In words, what is wrong with it; `legend` may name labels as `{{client}}`. */
export function mistakesIn(expr: string, shown: Shown, legend = ''): string[] {
  const query = readQuery(expr);
  const all = [
    ...selectorMistakes(query, shown),
    ...groupingMistakes(query, shown),
    ...legendMistakes(query, shown, legend),
  ];
  return all.map((mistake) => `${expr}: ${mistake}`);
}

const labelsOf = (metric: string, shown: Shown): string[] => [...SCRAPED, ...(shown.get(metric)?.labels.keys() ?? [])];

function* selectorMistakes({ selectors }: Query, shown: Shown): Iterable<string> {
  if (selectors.length === 0) yield 'asks for no metric';
  for (const { metric, matchers, over } of selectors) {
    const known = shown.get(metric);
    if (!known) {
      yield `there is no metric ${metric}`;
      continue;
    }
    if (isCounted(known) !== (over !== undefined && RATES.includes(over)))
      yield `${metric} is ${isCounted(known) ? 'counted up, and wants a rate' : 'a gauge, and has no rate'}`;
    for (const [label, value] of matchers) {
      if (!labelsOf(metric, shown).includes(label)) yield `${metric} has no label ${label}`;
      else if (value !== undefined && !mayBe(metric, label, value, known)) yield `${label} is never ${value}`;
    }
  }
}

const mayBe = (metric: string, label: string, value: string, { labels }: ShownMetric): boolean =>
  labels.get(label)?.has(value) === true || POSSIBLE.get(`${metric} ${label}`)?.includes(value) === true;

function* groupingMistakes({ groupings }: Query, shown: Shown): Iterable<string> {
  for (const { labels, metrics } of groupings)
    for (const label of labels)
      if (!metrics.some((metric) => labelsOf(metric, shown).includes(label)))
        yield `none of ${metrics.join(', ')} has a label ${label}`;
}

function* legendMistakes({ by, selectors }: Query, shown: Shown, legend: string): Iterable<string> {
  const kept = by ?? selectors.flatMap(({ metric }) => labelsOf(metric, shown));
  for (const [, label = ''] of legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g))
    if (!kept.includes(label)) yield `the legend names ${label}, which the result has not`;
}
