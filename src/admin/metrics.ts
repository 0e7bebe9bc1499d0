// Metrics for Prometheus.
import type { AdminDeps } from './deps.ts';
import { defineRoute, type Route } from './route.ts';

export function metricsRoutes({ metrics }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getMetrics',
      method: 'GET',
      path: '/metrics',
      summary: 'Metrics in the text format of Prometheus.',
      access: 'open',
      answers: { 200: { summary: 'All metrics.', type: 'text/plain' } },
      handle: async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }),
    }),
  ];
}
