// All clear, and a fresh start.
import { endedShape, resetShape } from '../contract/contract.ts';
import { healRequest, resetRequest } from '../contract/requests.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function healingRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'heal',
      method: 'POST',
      path: '/v1/heal',
      summary:
        'All clear: every rule, playback, capacity and crowd off, save what is to be kept, and everything held let go. Answers when it is done.',
      access: 'write',
      body: healRequest,
      answers: { 200: { summary: 'What was ended and let go.', shape: endedShape } },
      refusals: ['door_stuck'],
      handle: async ({ world, body, caller }) => ok(await director.heal(world, body, caller)),
    }),
    defineRoute({
      name: 'reset',
      method: 'POST',
      path: '/v1/reset',
      summary:
        'Heals, then opens a fresh box office, journal, idempotency store and clock. The shelf stays. Not while a rehearsal runs.',
      access: 'write',
      body: resetRequest,
      answers: { 200: { summary: 'What was ended, and what is played now.', shape: resetShape } },
      refusals: ['unknown_catalog', 'invalid_catalog', 'conflict', 'door_stuck'],
      async handle({ world, body, caller }) {
        const ended = await director.reset(world, body, caller);
        return ok({ ...ended, catalog: world.catalog, seed: world.seed });
      },
    }),
  ];
}
