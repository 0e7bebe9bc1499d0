// Who one is to this server: what a page shows depends on it.
import { accessShape } from '../contract/access.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function accessRoutes({ version }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getAccess',
      of: 'process',
      method: 'GET',
      path: '/v1/access',
      summary: 'What the token of this call may do, and the version of the server.',
      access: 'read',
      answers: { 200: { summary: 'Who asks.', shape: accessShape } },
      handle: ({ caller: { who } }) => ok({ who, mayChange: who !== 'viewer', version }),
    }),
  ];
}
