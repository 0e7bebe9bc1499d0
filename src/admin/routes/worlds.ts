// Worlds: declared, listed, and deleted.
import { WORLD_NAME_FORM, type WorldLine } from '../../director/worlds-port.ts';
import { listOf } from '../contract/contract.ts';
import { type World, worldRequest, worldShape } from '../contract/worlds.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

const name = `name of the world: ${WORLD_NAME_FORM}`;

export function worldRoutes({ worlds, upstream }: AdminDeps): Route[] {
  const present = (line: WorldLine): World => presentWorld(line, line.path === '' ? upstream : line.upstream);
  return [
    defineRoute({
      name: 'listWorlds',
      of: 'process',
      method: 'GET',
      path: '/v1/worlds',
      summary: 'The worlds there are, by name; `default` is the one at /v1.',
      access: 'read',
      answers: { 200: { summary: 'All worlds.', shape: listOf(worldShape) } },
      handle: () => ok({ data: worlds.list().map(present) }),
    }),
    defineRoute({
      name: 'getWorld',
      of: 'process',
      method: 'GET',
      path: '/v1/worlds/{world}',
      summary: 'One world.',
      access: 'read',
      params: { world: name },
      answers: { 200: { summary: 'The world.', shape: worldShape } },
      refusals: ['world_unknown', 'world_deleted', 'validation_failed'],
      handle: ({ params }) => ok(present(worlds.line(params.world ?? ''))),
    }),
    defineRoute({
      name: 'putWorld',
      of: 'process',
      method: 'PUT',
      path: '/v1/worlds/{world}',
      summary: 'Declares a world, which then stays until it is deleted. The same again changes nothing.',
      access: 'write',
      params: { world: name },
      body: worldRequest,
      answers: {
        200: { summary: 'It was there, and is as asked.', shape: worldShape },
        201: { summary: 'It is new.', shape: worldShape },
      },
      refusals: ['validation_failed', 'world_unknown', 'conflict', 'unknown_catalog', 'too_many_worlds'],
      async handle({ params, body, caller }) {
        const { line, made } = await worlds.put(params.world ?? '', body, caller);
        const headers = { Location: `/v1/worlds/${line.name}` };
        return { status: made ? 201 : 200, body: present(line), ...(made && { headers }) };
      },
    }),
    defineRoute({
      name: 'deleteWorld',
      of: 'process',
      method: 'DELETE',
      path: '/v1/worlds/{world}',
      summary: 'Ends a world with all that is in it: requests are dropped, streams and verifications end.',
      access: 'write',
      params: { world: name },
      answers: { 204: { summary: 'It is gone; for 15 minutes its name is 410, until it is declared again.' } },
      refusals: ['world_unknown', 'world_deleted', 'validation_failed', 'conflict'],
      async handle({ params, caller }) {
        await worlds.delete(params.world ?? '', undefined, caller);
        return { status: 204 };
      },
    }),
  ];
}

const presentWorld = (
  { startedAt, rules, open, held, upstream: _, ...line }: WorldLine,
  upstream: string | undefined,
): World => ({
  ...line,
  ...(upstream !== undefined && { upstream }),
  startedAt: new Date(startedAt).toISOString(),
  ...{ rules, open, held },
});
