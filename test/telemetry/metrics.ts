// Metrics of a server in which nothing goes on, for tests that name only what they are about.
import { createMetrics, type MetricSources, type Metrics } from '../../src/telemetry/metrics.ts';

export const IDLE: MetricSources = {
  inFlight: () => 0,
  held: () => 0,
  connections: () => ({ client: 0, flood: 0 }),
  ghosts: () => 0,
  journal: () => ({ entries: 0, evicted: 0 }),
  webhooks: () => ({ delivered: 0, failed: 0, dropped: 0, queued: 0 }),
  profileErrors: () => 0,
  activeRules: () => 0,
  worldCount: () => 1,
  doorTroubles: () => 0,
  rehearsals: () => 0,
  seats: () => ({ free: 0, reserved: 0, sold: 0, blocked: 0 }),
  worlds: () => [],
  capacity: () => null,
  crowd: () => null,
};

const made = new Set<Metrics>();

export function metricsOf(sources: Partial<MetricSources> = {}, clientsMax = 64): Metrics {
  const metrics = createMetrics({ sources: { ...IDLE, ...sources }, clientsMax });
  made.add(metrics);
  return metrics;
}

/** All that were made, after a test. */
export function stopMetrics(): void {
  for (const metrics of made) metrics.stop();
  made.clear();
}
