// One snapshot of everything, and the record of every change.
import { actionShape, listOf } from '../contract/contract.ts';
import { stateShape } from '../contract/state.ts';
import type { AdminDeps } from '../deps.ts';
import { presentAction, presentState } from '../present.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function stateRoutes({ director, version }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getState',
      method: 'GET',
      path: '/v1/state',
      summary: 'What is in force, what is held, what was sold.',
      access: 'read',
      answers: { 200: { summary: 'At this moment.', shape: stateShape } },
      handle: ({ world }) =>
        ok(presentState(director.snapshot(world), { version, playback: world.playback.player.status })),
    }),
    defineRoute({
      name: 'listActions',
      method: 'GET',
      path: '/v1/actions',
      summary: 'Every change, newest first: when, who, and what was asked.',
      access: 'read',
      answers: { 200: { summary: 'The last thousand.', shape: listOf(actionShape) } },
      handle: ({ world }) => ok({ data: director.actions(world).map(presentAction) }),
    }),
  ];
}
