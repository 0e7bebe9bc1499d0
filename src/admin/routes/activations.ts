// Profiles put in force and ended.
import { activatedShape, activationShape, endedShape, listOf } from '../contract/contract.ts';
import { activateRequest, endRequest } from '../contract/requests.ts';
import type { AdminDeps } from '../deps.ts';
import { presentActivation } from '../present.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function activationRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'activateProfile',
      method: 'POST',
      path: '/v1/profiles/{name}/activate',
      summary: 'Puts a profile in force. The same name and body renew its ttl; another body replaces it at once.',
      access: 'write',
      params: { name: 'name of the profile' },
      body: activateRequest,
      answers: { 200: { summary: 'In force.', shape: activatedShape } },
      refusals: [
        'unknown_profile',
        'validation_failed',
        'cannot_be_armed',
        'rule_exists',
        'too_many_rules',
        'conflict',
      ],
      async handle({ world, params, body, caller }) {
        const state = await director.activate(world, { ...body, profile: params.name ?? '' }, caller);
        const { how, shownAs, excluded, living } = state;
        return ok({ ...presentActivation(state), how, shownAs: [...shownAs], excluded: [...excluded], living });
      },
    }),
    defineRoute({
      name: 'deactivateProfile',
      method: 'POST',
      path: '/v1/profiles/{name}/deactivate',
      summary: 'Ends every activation of a profile, and lets go of what they hold.',
      access: 'write',
      params: { name: 'name of the profile' },
      body: endRequest,
      answers: { 200: { summary: 'None of them is in force; there may have been none.', shape: endedShape } },
      refusals: ['unknown_profile', 'door_stuck'],
      handle: async ({ world, params, body, caller }) =>
        ok(await director.deactivate(world, params.name ?? '', body, caller)),
    }),
    defineRoute({
      name: 'listActivations',
      method: 'GET',
      path: '/v1/activations',
      summary: 'What is in force, in order, with its rules.',
      access: 'read',
      answers: { 200: { summary: 'All activations.', shape: listOf(activationShape) } },
      handle: ({ world }) => ok({ data: director.activations(world).map(presentActivation) }),
    }),
    defineRoute({
      name: 'endActivation',
      method: 'DELETE',
      path: '/v1/activations/{as}',
      summary: 'Ends one activation, and lets go of what it holds.',
      access: 'write',
      params: { as: 'name of the activation' },
      query: endRequest,
      answers: { 200: { summary: 'It has ended.', shape: endedShape } },
      refusals: ['not_found', 'door_stuck'],
      handle: async ({ world, params, query, caller }) =>
        ok(await director.endActivation(world, params.as ?? '', query, caller)),
    }),
  ];
}
