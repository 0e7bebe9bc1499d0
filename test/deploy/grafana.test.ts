// The board and the alerts under deploy/ ask for what a running server really shows, and the board is laid out well.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { showEveryMetric } from '../support/every-metric.ts';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';
import { ROOT } from '../support/shipped.ts';
import { mistakesIn } from './checked-query.ts';
import { dashboard, dashboardText, type Place } from './dashboard-file.ts';
import { readQuery } from './promql.ts';
import { type ShownMetric, shownMetrics } from './shown-metrics.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity?: string };
  readonly annotations: { readonly summary?: string; readonly description?: string };
}

const alerts = (): Alert[] => {
  const file = parse(readFileSync(join(ROOT, 'deploy/grafana/alerts.yaml'), 'utf8')) as {
    groups: { rules: Alert[] }[];
  };
  return file.groups.flatMap(({ rules }) => rules);
};
const { panels, templating, ...board } = dashboard();
const shownPanels = panels.filter(({ type }) => type !== 'row');

let shown: ReadonlyMap<string, ShownMetric>;
beforeAll(async () => {
  const server = await startInProcess();
  try {
    await showEveryMetric(server);
    shown = shownMetrics((await ask(`${server.admin}/metrics`)).body as string);
  } finally {
    await server.stop();
  }
});

describe('what is asked of Prometheus', () => {
  test('by the board, can be shown', () => {
    const asked = shownPanels.flatMap(({ targets = [] }) => targets);
    expect(asked.length).toBeGreaterThan(shownPanels.length - 1);
    expect(asked.flatMap(({ expr, legendFormat }) => mistakesIn(expr, shown, legendFormat))).toEqual([]);
  });

  test('by the alerts, can be shown, and their words name labels that there are', () => {
    const named = ({ annotations }: Alert): string =>
      Object.values(annotations)
        .join(' ')
        .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, '{{$1}}');
    expect(alerts().flatMap((alert) => mistakesIn(alert.expr, shown, named(alert)))).toEqual([]);
  });

  test('by variables, are values of labels that there are', () => {
    const asked = templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [query.query]));
    const parts = asked.map((query) => /^label_values\((.+), (\w+)\)$/.exec(query)?.slice(1) as [string, string]);
    expect(parts.map(([, label]) => label)).toEqual(['instance', 'world', 'client', 'door']);
    for (const [selector, label] of parts) {
      const { selectors } = readQuery(selector);
      expect(selectors).toHaveLength(1);
      for (const { metric, matchers } of selectors)
        expect(['instance', ...(shown.get(metric)?.labels.keys() ?? [])]).toEqual(
          expect.arrayContaining([label, ...matchers.map(([name]) => name)]),
        );
    }
  });
});

test('every metric of our own is on the board or in an alert', () => {
  const everything = dashboardText() + JSON.stringify(alerts());
  const ours = [...shown.keys()].filter((name) => name.startsWith('showstopper_'));
  const bases = new Set(
    ours.map((name) =>
      shown.get(name)?.type === 'part of a histogram' ? name.replace(/_(bucket|sum|count)$/, '') : name,
    ),
  );
  expect([...bases].filter((name) => !new RegExp(`\\b${name}(?:_bucket)?\\b`).test(everything))).toEqual(NOT_SHOWN);
});
/** They tell what is shown otherwise, or more than fits. */
const NOT_SHOWN = [
  'showstopper_rule_outcomes_total',
  'showstopper_requests_in_flight',
  'showstopper_webhooks_queued',
  'showstopper_crowd_operations_total',
  'showstopper_crowd_goodput_total',
  'showstopper_crowd_wasted_total',
  'showstopper_crowd_shed_total',
  'showstopper_crowd_refused_total',
  'showstopper_crowd_in_flight',
];

describe('the board', () => {
  test('is one of Grafana 10 or later, of no server in particular', () => {
    expect(board.schemaVersion).toBeGreaterThanOrEqual(38);
    expect(board).toMatchObject({ title: 'Showstopper', uid: 'showstopper' });
    expect(templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    for (const { datasource } of shownPanels) {
      expect(datasource?.type).toBe('prometheus');
      expect(datasource?.uid).toMatch(/^\$\{datasource\}$/);
    }
    expect(dashboardText()).not.toMatch(/localhost|127\.0\.0\.1|https?:/);
  });

  test('uses no variable that it has not, and has none that it does not use', () => {
    const used = [...dashboardText().matchAll(/\$\{?([a-z]\w*)\}?/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(templating.list.map(({ name }) => name).sort());
  });

  test('has the rows that a game day is looked at by', () => {
    expect(panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'What is broken now',
      'Traffic by client',
      'Latency',
      'Held requests and connections',
      'Capacity of the world default (empty while it is off)',
      'Seats and orders',
      'Process',
    ]);
  });

  test('gives each panel a title, words that explain it, a unit, and a number of its own', () => {
    for (const { title, description, fieldConfig } of shownPanels) {
      expect(title).not.toBe('');
      expect([title, description]).toEqual([title, expect.stringMatching(/\.$/)]);
      expect([title, UNITS]).toEqual([title, expect.arrayContaining([fieldConfig?.defaults.unit])]);
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('lays no panel over another, nor beyond the edge', () => {
    const overlaps = panels.flatMap((one, at) =>
      panels
        .slice(at + 1)
        .filter((other) => overlap(one.gridPos, other.gridPos))
        .map((other) => [one.title, other.title]),
    );
    expect(overlaps).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x < 0 || w < 1 || x + w > COLUMNS)).toEqual([]);
  });
});
const COLUMNS = 24;
/** Ids of Grafana's own units. */
const UNITS = ['short', 's', 'bytes', 'percentunit', 'reqps', 'ops', 'opm'];
const overlap = (one: Place, other: Place): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

test('each alert says how bad it is, what is wrong, and what to do', () => {
  for (const { alert, labels, annotations } of alerts()) {
    expect(alert).toMatch(/^Showstopper[A-Z]/);
    expect(labels.severity).toMatch(/^(warning|critical)$/);
    expect(annotations.summary).toMatch(/\.$/);
    expect(annotations.description?.length).toBeGreaterThan(80);
  }
});

describe('the check itself finds', () => {
  test.each([
    ['sum(rate(showstopper_client_request_total[1m]))', /no metric showstopper_client_request_total/],
    ['showstopper_worlds{wolrd="x"}', /showstopper_worlds has no label wolrd/],
    ['sum by (clint) (rate(showstopper_client_outcomes_total[1m]))', /none of .* has a label clint/],
    ['sum(rate(showstopper_client_outcomes_total{outcome="srved"}[1m]))', /outcome is never srved/],
    ['showstopper_client_outcomes_total', /counted up, and wants a rate/],
    ['rate(showstopper_worlds[1m])', /a gauge, and has no rate/],
    ['vector(1)', /asks for no metric/],
  ])('what is wrong with %s', (expr, mistake) => {
    expect(mistakesIn(expr, shown).join('\n')).toMatch(mistake);
  });

  test('what cannot be read, and a legend without its label', () => {
    expect(() => mistakesIn('sum(showstopper_worlds', shown)).toThrow('cannot be read');
    expect(mistakesIn('sum by (world) (showstopper_rules_in_force)', shown, '{{fault}}')).toHaveLength(1);
  });
});
