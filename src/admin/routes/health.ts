// Whether the process lives, and whether it is well.
import { healthShape, readyShape } from '../contract/contract.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function healthRoutes({ ready }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getHealth',
      of: 'process',
      method: 'GET',
      path: '/healthz',
      summary: 'Answers as long as the process lives.',
      access: 'open',
      answers: { 200: { summary: 'It lives.', shape: healthShape } },
      handle: () => ok({ status: 'ok' }),
    }),
    defineRoute({
      name: 'getReadiness',
      of: 'process',
      method: 'GET',
      path: '/readyz',
      summary: 'Whether the server is well. A fault in force is no reason not to be.',
      access: 'open',
      answers: {
        200: { summary: 'Listeners and profiles are live.', shape: readyShape },
        503: { summary: 'The server itself is unwell.', shape: readyShape },
      },
      handle() {
        const { ready: isReady, problems } = ready();
        return { status: isReady ? 200 : 503, body: { ready: isReady, problems } };
      },
    }),
  ];
}
