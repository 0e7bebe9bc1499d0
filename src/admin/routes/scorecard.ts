// How each client behaved, as far as the upstream can tell.
import { clientNamed } from '../../director/webhooks.ts';
import { listOf } from '../contract/contract.ts';
import { scorecardQuery, scorecardShape } from '../contract/scorecard.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function scorecardRoutes({ director, scorecards }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getScorecard',
      method: 'GET',
      path: '/v1/scorecard',
      summary: 'How each client behaved since the journal begins: verdicts with evidence, and what to change.',
      access: 'read',
      query: scorecardQuery,
      answers: { 200: { summary: 'By client.', shape: listOf(scorecardShape) } },
      refusals: ['validation_failed', 'too_many_concurrent', 'too_much_evidence'],
      async handle({ world, query: { client, demand = null } }) {
        const named = client === undefined ? null : clientNamed(client, director.knownIn(world));
        return ok({ data: await scorecards.of(world, { client: named, demand }) });
      },
    }),
  ];
}
