// Single rules, without a file.
import { ruleSchema } from '../../faults/rule.ts';
import { addedRuleShape, endedShape, listOf, ruleShape } from '../contract/contract.ts';
import { endRequest } from '../contract/requests.ts';
import type { AdminDeps } from '../deps.ts';
import { presentRule } from '../present.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function ruleRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'listRules',
      method: 'GET',
      path: '/v1/rules',
      summary: 'Every rule in force in its order, also those of activations.',
      access: 'read',
      answers: { 200: { summary: 'All rules.', shape: listOf(ruleShape) } },
      handle: ({ world }) => ok({ data: director.rules(world).map(presentRule) }),
    }),
    defineRoute({
      name: 'addRule',
      method: 'POST',
      path: '/v1/rules',
      summary: 'Puts a single rule in force behind all others.',
      access: 'write',
      body: ruleSchema,
      answers: { 201: { summary: 'In force.', shape: addedRuleShape } },
      refusals: ['validation_failed', 'cannot_be_armed', 'rule_exists', 'too_many_rules', 'conflict'],
      async handle({ world, body, caller }) {
        const added = await director.addRule(world, body, caller);
        const { living, shownAs } = added;
        const headers = { Location: `/v1/rules/${added.id}` };
        return { status: 201, body: { ...presentRule(added), living, shownAs: [...shownAs] }, headers };
      },
    }),
    defineRoute({
      name: 'deleteRule',
      method: 'DELETE',
      path: '/v1/rules/{id+}',
      summary: 'Ends a rule, and lets go of what it holds; an activation ends with its last rule.',
      access: 'write',
      params: { id: 'id of the rule; its slashes may stay as they are' },
      query: endRequest,
      answers: { 200: { summary: 'It has ended.', shape: endedShape } },
      refusals: ['not_found', 'door_stuck'],
      handle: async ({ world, params, query, caller }) =>
        ok(await director.deleteRule(world, params.id ?? '', query, caller)),
    }),
  ];
}
