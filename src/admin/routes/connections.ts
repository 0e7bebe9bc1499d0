// Live sockets of the upstream: listed, and cut.
import { connectionShape, pageOf, severedShape } from '../contract/contract.ts';
import { connectionsQuery, severRequest } from '../contract/requests.ts';
import type { AdminDeps } from '../deps.ts';
import { presentConnection } from '../present.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function connectionRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'listConnections',
      method: 'GET',
      path: '/v1/connections',
      summary: 'Open connections of the upstream, the oldest first.',
      access: 'read',
      query: connectionsQuery,
      answers: { 200: { summary: 'One page.', shape: pageOf(connectionShape) } },
      handle({ world, query: { limit, cursor = 0 } }) {
        const rest = world.doors.livingConnections().filter(({ id }) => id > cursor);
        const page = rest.slice(0, limit);
        const nextCursor = rest.length > limit ? String(page.at(-1)?.id) : null;
        return ok({ data: page.map(presentConnection), nextCursor });
      },
    }),
    defineRoute({
      name: 'severConnections',
      method: 'POST',
      path: '/v1/connections/sever',
      summary: 'Resets open connections: all, or those at these doors or from these addresses.',
      access: 'write',
      body: severRequest,
      answers: { 200: { summary: 'How many were cut.', shape: severedShape } },
      refusals: ['validation_failed', 'no_door', 'conflict'],
      handle: async ({ world, body, caller }) => ok({ severed: await director.sever(world, body, caller) }),
    }),
  ];
}
