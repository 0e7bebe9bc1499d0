// What a rule may name: operations, doors and types of webhooks.
import { WEBHOOK_TYPES } from '../../faults/notice.ts';
import { type Targets, targetsShape } from '../contract/targets.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function targetRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getTargets',
      method: 'GET',
      path: '/v1/targets',
      summary: 'What a rule may name in its match: operations of the upstream, doors and types of webhooks.',
      access: 'read',
      answers: { 200: { summary: 'All names.', shape: targetsShape } },
      handle({ world }) {
        const { operations, api = [], doors } = director.knownIn(world);
        const targets: Targets = {
          operations: operations.map((name) => {
            const { method = null, path = null } = api.find((operation) => operation.name === name) ?? {};
            return { name, method, path };
          }),
          doors: [...doors],
          events: [...WEBHOOK_TYPES],
        };
        return ok(targets);
      },
    }),
  ];
}
