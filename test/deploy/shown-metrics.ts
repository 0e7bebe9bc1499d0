// What a running server shows at /metrics once everything has happened: each name with its type, its labels and their values.

export interface ShownMetric {
  readonly type: string;
  /** By label, its values. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
}

/** By name; a histogram's parts as well as itself. */
export function shownMetrics(text: string): ReadonlyMap<string, ShownMetric> {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const shown = new Map<string, { type: string; labels: Map<string, Set<string>> }>();
  for (const [name, type] of types) if (type !== 'histogram') shown.set(name, { type, labels: new Map() });
  for (const [, name = '', written = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const type = types.get(name) ?? 'part of a histogram';
    const metric = shown.get(name) ?? { type, labels: new Map<string, Set<string>>() };
    shown.set(name, metric);
    for (const [, label = '', value = ''] of written.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      metric.labels.set(label, (metric.labels.get(label) ?? new Set()).add(value));
  }
  return shown;
}
