// Puts counts that are kept elsewhere on a prom-client registry; they are read only when somebody scrapes.
import type { Metric, Registry } from 'prom-client';

export interface Sample {
  readonly labels?: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Where it differs from the metric's, as `…_bucket`. */
  readonly metricName?: string;
}

export interface Series {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  collect(): Iterable<Sample>;
}

/**
 * prom-client asks a metric for its values by `get`; its own Counter and Histogram hash labels at every step,
 * which is what the hot path must not do. Only the text format is wanted of it here.
 */
export function addSeries(registry: Registry, { name, help, type, collect }: Series): void {
  const get = async (): Promise<object> => ({ name, help, type, aggregator: 'sum', values: [...collect()] });
  registry.registerMetric({ name, help, type, get } as unknown as Metric);
}
