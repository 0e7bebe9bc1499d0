// Server-sent events: every exchange and struck connection as it ends, what the box office says, every action, and the state after it.
import { EVENT_HEADERS } from '../../web/events.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, type Route, STREAMING } from '../route.ts';

export function eventRoutes({ events }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'followEvents',
      method: 'GET',
      path: '/v1/events',
      summary:
        'Server-sent events: `exchange` and `connection` (one that rules struck) as they end, `event` (what the box office said that happened, up to 500 a second; `events-left-out` has the number of the others), `action`, `cue`, `load` once a second while there is a capacity or a crowd, and `state` at the start and after each action.',
      access: 'read',
      answers: { 200: { summary: 'A stream that goes on.', type: 'text/event-stream' } },
      refusals: ['too_many_concurrent'],
      handle({ world, ctx }) {
        ctx.set({ ...EVENT_HEADERS });
        if (ctx.method === 'HEAD') return { status: 200 };
        ctx.status = 200;
        ctx.body = events.subscribe(world, ctx.get('Last-Event-ID') || undefined);
        ctx.type = EVENT_HEADERS['Content-Type'] ?? '';
        return STREAMING;
      },
    }),
  ];
}
