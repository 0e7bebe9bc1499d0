// How each client behaved, as far as the upstream can tell.
import { clientNamed } from '../../director/webhooks.ts';
import { totalScoreOf } from '../../scorecard/total-score.ts';
import { listOf } from '../contract/contract.ts';
import { scorecardQuery, scoredShape } from '../contract/scorecard.ts';
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
      answers: { 200: { summary: 'By client.', shape: listOf(scoredShape) } },
      refusals: ['validation_failed', 'too_many_concurrent', 'too_much_evidence'],
      async handle({ world, query: { client, demand = null, score } }) {
        const named = client === undefined ? null : clientNamed(client, director.knownIn(world));
        const data = await scorecards.of(world, { client: named, demand });
        return ok({ data: score ? data.map((one) => ({ ...one, score: totalScoreOf(one) })) : data });
      },
    }),
  ];
}
