// Metrics for Prometheus.

import { nextTurn } from '../../base/turn.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, type Route } from '../route.ts';

export function metricsRoutes({ metrics }: AdminDeps): Route[] {
  /** One reading for all who ask in the same turn: it takes milliseconds, and nobody needs a token for it. */
  let reading: Promise<string> | undefined;
  const read = (): Promise<string> => {
    reading ??= nextTurn().then(() => {
      reading = undefined;
      return metrics.text();
    });
    return reading;
  };

  return [
    defineRoute({
      name: 'getMetrics',
      of: 'process',
      method: 'GET',
      path: '/metrics',
      summary: 'Metrics in the text format of Prometheus.',
      access: 'open',
      answers: { 200: { summary: 'All metrics.', type: 'text/plain' } },
      handle: async () => ({ status: 200, type: metrics.contentType, body: await read() }),
    }),
  ];
}
