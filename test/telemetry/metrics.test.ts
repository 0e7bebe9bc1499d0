// Metrics: what a scrape shows of exchanges that ended and of the server's state.
import { afterEach, describe, expect, test } from 'vitest';
import type { ExchangeEntry } from '../../src/journal/entry.ts';
import { RequestCounts, Tally } from '../../src/telemetry/counts.ts';
import type { Metrics } from '../../src/telemetry/metrics.ts';
import { connectionEntry, exchangeEntry } from '../support/entries.ts';
import { metricsOf, stopMetrics } from './metrics.ts';

afterEach(stopMetrics);
const ended = (about: Partial<ExchangeEntry> = {}): ExchangeEntry => {
  const entry = exchangeEntry({ status: 200, ended: 'answered', ...about });
  entry.endedAt ??= entry.at + 20;
  return entry;
};
const linesOf = async (metrics: Metrics): Promise<string[]> => (await metrics.text()).split('\n');

describe('exchanges', () => {
  test('are counted by operation, status, class of client and first fault', async () => {
    const metrics = metricsOf();
    metrics.observe(ended(), false);
    metrics.observe(ended(), false);
    const hits = [
      { rule: 'a/0', fault: 'latency', draw: 0 },
      { rule: 'a/1', fault: 'hang', draw: 0 },
    ];
    metrics.observe(ended({ client: 'anonymous', status: null, hits }), false);
    for (const outcome of ['acted', 'acted', 'spared', 'inapplicable', 'limited'] as const)
      metrics.counted({ fault: 'hang', outcome }, false);
    metrics.observe(ended({ client: 'other', status: 503 }), false);
    const lines = await linesOf(metrics);
    const of = (labels: string) => `showstopper_requests_total{operation="listSessions",${labels}}`;
    expect(lines).toContain(`${of('status="200",client_class="named",fault="none"')} 2`);
    expect(lines).toContain(`${of('status="none",client_class="anonymous",fault="latency"')} 1`);
    expect(lines).toContain(`${of('status="503",client_class="other",fault="none"')} 1`);
    expect(lines).toContain('showstopper_client_requests_total{client="seller-a"} 2');
    expect(lines).toContain('showstopper_rule_hits_total{fault="hang"} 2');
    expect(lines).toContain('showstopper_rule_outcomes_total{fault="hang",outcome="acted"} 2');
    for (const outcome of ['spared', 'inapplicable', 'limited'])
      expect(lines).toContain(`showstopper_rule_outcomes_total{fault="hang",outcome="${outcome}"} 1`);
  });

  test('durations fall into cumulative buckets', async () => {
    const metrics = metricsOf();
    for (const ms of [0, 5, 6, 400_000]) metrics.observe(ended({ at: 1000, endedAt: 1000 + ms }), false);
    const lines = await linesOf(metrics);
    const bucket = (le: string) => `showstopper_request_duration_seconds_bucket{operation="listSessions",le="${le}"}`;
    expect(lines).toContain(`${bucket('0.001')} 1`);
    expect(lines).toContain(`${bucket('0.005')} 2`);
    expect(lines).toContain(`${bucket('300')} 3`);
    expect(lines).toContain(`${bucket('+Inf')} 4`);
    expect(lines).toContain('showstopper_request_duration_seconds_count{operation="listSessions"} 4');
    expect(lines).toContain('showstopper_request_duration_seconds_sum{operation="listSessions"} 400.011');
  });
});

test('a connection that rules struck is no request, and no request of a client', async () => {
  const metrics = metricsOf();
  const hits = [{ rule: 'a/0', fault: 'reset-connection', draw: 0 }];
  metrics.observe(connectionEntry({ ended: 'reset', endedAt: 5, hits }), false);
  const lines = await linesOf(metrics);
  expect(
    lines.filter((line) => /^showstopper_((client|door)_)?(request|outcome)\w*_(total|count|bucket)/.test(line)),
  ).toEqual([]);
});

describe('clients beyond those told apart', () => {
  const told = async (metrics: Metrics): Promise<string[]> =>
    (await linesOf(metrics)).filter((line) => line.startsWith('showstopper_client_requests_total{'));

  test('are one label, who has no key of his own takes no place, and a reset makes room for others', async () => {
    const metrics = metricsOf({}, 2);
    for (const client of ['anonymous', 'a', 'flood', 'b', 'c', 'd', 'a']) metrics.observe(ended({ client }), false);
    expect(await told(metrics)).toEqual(
      [
        ['anonymous', 1],
        ['a', 2],
        ['flood', 1],
        ['b', 1],
        ['other', 2],
      ].map(([client, count]) => `showstopper_client_requests_total{client="${client}"} ${count}`),
    );
    expect(await linesOf(metrics)).toContain(
      'showstopper_requests_total{operation="listSessions",status="200",client_class="other",fault="none"} 2',
    );
    metrics.forgetClients();
    for (const client of ['c', 'd']) metrics.observe(ended({ client }), false);
    expect(await told(metrics)).toEqual(
      ['c', 'd'].map((client) => `showstopper_client_requests_total{client="${client}"} 1`),
    );
  });
});

test('state is asked at every scrape', async () => {
  let held = 3;
  const connections = () => ({ client: 2, flood: 9 });
  const metrics = metricsOf({
    held: () => held,
    connections,
    ghosts: () => 4,
    doorTroubles: () => 6,
    rehearsals: () => 1,
    seats: () => ({ free: 8, sold: 9 }),
    journal: () => ({ entries: 5, evicted: 7 }),
  });
  expect(await linesOf(metrics)).toContain('showstopper_requests_held 3');
  held = 0;
  const lines = await linesOf(metrics);
  expect(lines).toContain('showstopper_requests_held 0');
  expect(lines).toContain('showstopper_connections{origin="client"} 2');
  expect(lines).toContain('showstopper_connections{origin="flood"} 9');
  expect(lines).toContain('showstopper_ghost_connections_total 4');
  expect(lines).toContain('showstopper_door_troubles 6');
  expect(lines).toContain('showstopper_rehearsals_running 1');
  expect(lines).toContain('showstopper_seats{status="sold"} 9');
  expect(lines).toContain('showstopper_journal_entries 5');
  expect(lines).toContain('showstopper_journal_evicted_total 7');
});

test('two servers in one process do not share counts', async () => {
  const [one, other] = [metricsOf(), metricsOf()];
  one.observe(ended(), false);
  expect(await one.text()).toContain('showstopper_client_requests_total{client="seller-a"} 1');
  expect(await other.text()).not.toContain('seller-a');
});

test('a scrape has the process, the lag of the event loop, and one type for every metric', async () => {
  const metrics = metricsOf();
  const lines = await linesOf(metrics);
  expect(lines.some((line) => line.startsWith('process_cpu_seconds_total '))).toBe(true);
  expect(lines.filter((line) => line.startsWith('showstopper_event_loop_lag_seconds{'))).toHaveLength(4);
  const types = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]);
  expect(new Set(types).size).toBe(types.length);
  expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
});

describe('bounds', () => {
  test('label values beyond the bound are counted as other', () => {
    const tally = new Tally('client', 2);
    for (const client of ['a', 'b', 'c', 'd', 'a']) tally.add(client);
    expect([...tally.samples()].map(({ labels, value }) => [labels?.client, value])).toEqual([
      ['a', 2],
      ['b', 1],
      ['other', 2],
    ]);
  });

  test('series of requests beyond the bound are counted together', () => {
    const counts = new RequestCounts(1);
    for (const status of [200, 201, 202, 200]) counts.add('getHealth', 'none', status, 0);
    const shown = [...counts.samples()].map(({ labels, value }) => [labels?.operation, labels?.status, value]);
    expect(shown).toEqual([
      ['getHealth', 200, 2],
      ['other', 'none', 2],
    ]);
  });
});

describe('capacity and crowd', () => {
  const sellers = { policy: 'naive', inFlight: 12, totals: { operations: 9, firstTries: 8, retries: 7, timedOut: 6 } };

  test('are told by class while they are on, and not at all while they are off', async () => {
    expect(await metricsOf().text()).not.toMatch(/^showstopper_(capacity|crowd)/m);
    const lines = await linesOf(
      metricsOf({
        capacity: () => ({ queue: 60, busy: 20, totals: { offered: 5, goodput: 4, wasted: 1, shed: 2 } }),
        crowd: () => ({ classes: [sellers, { ...sellers, policy: 'polite' }] }),
      }),
    );
    for (const line of ['offered_total 5', 'goodput_total 4', 'wasted_total 1', 'shed_total 2', 'queue 60', 'busy 20'])
      expect(lines).toContain(`showstopper_capacity_${line}`);
    for (const name of ['operations_total', 'first_tries_total', 'retries_total', 'timed_out_total', 'in_flight'])
      expect(lines.filter((line) => line.startsWith(`showstopper_crowd_${name}{`))).toHaveLength(2);
    expect(lines).toContain('showstopper_crowd_retries_total{class="1",policy="polite"} 7');
  });
});

test('faults are not told apart while they are sealed', async () => {
  const metrics = metricsOf();
  metrics.observe(ended({ hits: [{ rule: 'a/0', fault: 'hang', draw: 0 }] }), true);
  metrics.counted({ fault: 'hang', outcome: 'acted' }, true);
  const text = await metrics.text();
  expect(text).not.toContain('"hang"');
  expect(text).toContain('showstopper_rule_hits_total{fault="sealed"} 1');
});
