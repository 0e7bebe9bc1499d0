// Metrics of clients and doors: how their exchanges ended and how long they took, with labels that are bounded.
import { afterEach, describe, expect, test } from 'vitest';
import { hasServed } from '../../src/journal/served.ts';
import { Clients, MAX_DOORS, MAX_TIMED_CLIENTS } from '../../src/telemetry/client-figures.ts';
import { ENDINGS, endingOf } from '../../src/telemetry/endings.ts';
import type { Sample } from '../../src/telemetry/series.ts';
import { exchangeEntry } from '../support/entries.ts';
import { metricsOf, stopMetrics } from './metrics.ts';

afterEach(stopMetrics);

const labelsOf = (samples: Iterable<Sample>, label: string): Set<unknown> =>
  new Set([...samples].map(({ labels }) => labels?.[label]));
const told = (text: string, metric: string): string[] =>
  text.split('\n').filter((line) => line.startsWith(`showstopper_${metric}{`));

describe('how an exchange ended', () => {
  test.each([
    ['served', { ended: 'answered', status: 200 }],
    ['served', { ended: 'answered', status: 409 }],
    ['failed', { ended: 'answered', status: 503 }],
    ['failed', { ended: 'answered', status: 429 }],
    ['client-left', { ended: 'client-left', status: null }],
    ['client-left', { ended: 'client-left', status: 200 }],
    ['reset', { ended: 'reset', status: 200 }],
    ['closed', { ended: 'closed', status: null }],
    ['dropped', { ended: 'dropped', status: null }],
  ] as const)('is %s for %o', (ending, about) => {
    const entry = exchangeEntry(about);
    expect(ENDINGS[endingOf(entry)]).toBe(ending);
    expect(hasServed(entry)).toBe(ending === 'served');
  });
});

test('is told by client and by door, with how long it took', async () => {
  const metrics = metricsOf();
  const at = 1000;
  const ended = { at, endedAt: at + 300, status: 200, ended: 'answered' } as const;
  metrics.observe(exchangeEntry({ ...ended, client: 'a', door: 'main' }), false);
  metrics.observe(exchangeEntry({ ...ended, client: 'a', door: 'team-b', status: 503 }), false);
  metrics.observe(exchangeEntry({ ...ended, client: 'b', door: 'main', status: null, ended: 'reset' }), false);
  const text = await metrics.text();
  expect(told(text, 'client_outcomes_total')).toEqual([
    'showstopper_client_outcomes_total{client="a",door="main",outcome="served"} 1',
    'showstopper_client_outcomes_total{client="a",door="team-b",outcome="failed"} 1',
    'showstopper_client_outcomes_total{client="b",door="main",outcome="reset"} 1',
  ]);
  expect(told(text, 'client_request_duration_seconds_bucket')).toContain(
    'showstopper_client_request_duration_seconds_bucket{client="a",le="0.5"} 2',
  );
  expect(told(text, 'client_request_duration_seconds_sum')).toContain(
    'showstopper_client_request_duration_seconds_sum{client="a"} 0.6',
  );
  expect(told(text, 'door_request_duration_seconds_count')).toEqual([
    'showstopper_door_request_duration_seconds_count{door="main"} 2',
    'showstopper_door_request_duration_seconds_count{door="team-b"} 1',
  ]);
});

describe('however many there are', () => {
  test('doors beyond the bound are one, and nothing of a client is lost', () => {
    const clients = new Clients(3);
    for (let door = 0; door < 40; door++) clients.add('a', `door-${door}`, 0);
    const samples = [...clients.endings()];
    expect(samples).toHaveLength(MAX_DOORS + 1);
    expect(samples.at(-1)).toEqual({
      labels: { client: 'a', door: 'other', outcome: 'served' },
      value: 40 - MAX_DOORS,
    });
  });

  test('clients beyond the bound are one, in every figure', () => {
    const clients = new Clients(3);
    for (let client = 0; client < 40; client++) clients.add(`c-${client}`, 'main', 1).took.add(0, 1);
    for (const samples of [clients.requests(), clients.endings(), clients.durations('took')])
      expect(labelsOf(samples, 'client')).toEqual(new Set(['c-0', 'c-1', 'c-2', 'other']));
    expect([...clients.endings()].at(-1)?.value).toBe(37);
    expect([...clients.durations('took')].at(-1)).toEqual({
      metricName: 'took_count',
      labels: { client: 'other' },
      value: 37,
    });
    clients.forget();
    for (const samples of [clients.requests(), clients.endings(), clients.durations('took')])
      expect([...samples]).toEqual([]);
  });

  test('histograms have a bound of their own, and no two have the same labels', () => {
    const clients = new Clients(10_000);
    for (let client = 0; client < 1000; client++) clients.add(`c-${client}`, 'main', 0).took.add(3, 8);
    const counts = [...clients.durations('took')].filter(({ metricName }) => metricName === 'took_count');
    expect(counts).toHaveLength(MAX_TIMED_CLIENTS + 1);
    expect(new Set(counts.map(({ labels }) => labels?.client)).size).toBe(counts.length);
    expect(counts.reduce((sum, { value }) => sum + value, 0)).toBe(1000);
    expect([...clients.requests()]).toHaveLength(1000);
  });
});
