// Server-sent events: every exchange and struck connection as it ends, what the box office says, every action, and the state after it; or figures by the second.
import { z } from 'zod';
import { EVENT_HEADERS } from '../../web/events.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, type Route, STREAMING } from '../route.ts';

/** Unset: the events one by one. */
const eventsQuery = z.strictObject({
  view: z.literal('summary').optional().describe('figures by the second, in the place of events one by one'),
});

export function eventRoutes({ events }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'followEvents',
      method: 'GET',
      path: '/v1/events',
      summary:
        'Server-sent events: `exchange` and `connection` (one that rules struck) as they end, `event` (what the box office said that happened, up to 500 a second; `events-left-out` has the number of the others), `action`, `cue`, `load` once a second while there is a capacity or a crowd, and `state` at the start and after each action. With `view=summary`: `history` (the five minutes before) at the start, `summary` once a second, `sample` (some of what ended, up to 20 a second, failures first), `state`, `action`, `cue`.',
      access: 'read',
      query: eventsQuery,
      answers: { 200: { summary: 'A stream that goes on.', type: 'text/event-stream' } },
      refusals: ['too_many_concurrent'],
      handle({ world, ctx, query: { view } }) {
        ctx.set({ ...EVENT_HEADERS });
        if (ctx.method === 'HEAD') return { status: 200 };
        ctx.status = 200;
        ctx.body = events.subscribe(world, ctx.get('Last-Event-ID') || undefined, view ?? 'plain');
        ctx.type = EVENT_HEADERS['Content-Type'] ?? '';
        return STREAMING;
      },
    }),
  ];
}
