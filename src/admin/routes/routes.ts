// All routes of the admin API in one table; the router and the OpenAPI document come from it.

import type { AdminDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { accessRoutes } from './access.ts';
import { activationRoutes } from './activations.ts';
import { clockRoutes } from './clock.ts';
import { connectionRoutes } from './connections.ts';
import { eventRoutes } from './events.ts';
import { healingRoutes } from './healing.ts';
import { healthRoutes } from './health.ts';
import { houseRoutes } from './house.ts';
import { indexRoutes } from './index.ts';
import { journalRoutes } from './journal.ts';
import { kindRoutes } from './kinds.ts';
import { ledgerRoutes } from './ledger.ts';
import { loadRoutes } from './load.ts';
import { metricsRoutes } from './metrics.ts';
import { pageRoutes } from './page.ts';
import { profileRoutes } from './profiles.ts';
import { rehearsalRoutes } from './rehearsals.ts';
import { reportRoutes } from './reports.ts';
import { ruleRoutes } from './rules.ts';
import { scenarioRoutes } from './scenarios.ts';
import { scorecardRoutes } from './scorecard.ts';
import { stateRoutes } from './state.ts';
import { targetRoutes } from './targets.ts';
import { tlsRoutes } from './tls.ts';
import { webhookRoutes } from './webhooks.ts';
import { worldRoutes } from './worlds.ts';

export function adminRoutes(deps: AdminDeps): readonly Route[] {
  const api = [
    ...kindRoutes(),
    ...targetRoutes(deps),
    ...profileRoutes(deps),
    ...activationRoutes(deps),
    ...ruleRoutes(deps),
    ...connectionRoutes(deps),
    ...healingRoutes(deps),
    ...loadRoutes(deps),
    ...scenarioRoutes(),
    ...clockRoutes(deps),
    ...stateRoutes(deps),
    ...eventRoutes(deps),
    ...journalRoutes(deps),
    ...houseRoutes(),
    ...ledgerRoutes(deps),
    ...scorecardRoutes(deps),
    ...rehearsalRoutes(deps),
    ...reportRoutes(deps),
    ...webhookRoutes(deps),
    ...worldRoutes(deps),
    ...tlsRoutes(deps),
    ...healthRoutes(deps),
    ...metricsRoutes(deps),
    ...accessRoutes(deps),
    ...pageRoutes(deps),
  ];
  return [...indexRoutes(api, deps), ...api];
}

/** What to say about a path that no route has. */
export function nothingAt(path: string): string {
  if (/^\/w(\/|$)/.test(path)) return 'a world is at /w/{world}/v1/…; GET /v1/worlds lists them';
  return `there is nothing at ${path.slice(0, 200)}; GET / lists what there is`;
}
