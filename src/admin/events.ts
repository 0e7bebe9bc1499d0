// Server-sent events: every exchange as it ends, every action, and the state after it.
import { EVENT_HEADERS } from '../web/events.ts';
import type { AdminDeps } from './deps.ts';
import { presentAction, presentEntry, presentState } from './present.ts';
import { defineRoute, type Route, STREAMING } from './route.ts';

/** Told as JSON only when somebody reads. */
const whenRead = (shown: () => unknown): { toJSON(): unknown } => ({ toJSON: shown });

/** Joins the world's topics to the hub. */
export function feedEvents({ events, director, world, version }: AdminDeps): void {
  const tellState = (): void => {
    events.publish(
      'state',
      whenRead(() => presentState(director.snapshot(world), version)),
    );
  };
  world.journal.closed.subscribe((entry) => {
    events.publish(
      'exchange',
      whenRead(() => presentEntry(entry)),
    );
  });
  director.changed.subscribe((action) => {
    if (action.world !== world.name) return;
    events.publish(
      'action',
      whenRead(() => presentAction(action)),
    );
    tellState();
  });
}

export function eventRoutes({ events, director, world, version }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'followEvents',
      method: 'GET',
      path: '/v1/events',
      summary: 'Server-sent events: `exchange` as it ends, `action`, and `state` at the start and after each action.',
      access: 'read',
      answers: { 200: { summary: 'A stream that goes on.', type: 'text/event-stream' } },
      refusals: ['too_many_concurrent'],
      handle({ ctx }) {
        ctx.set({ ...EVENT_HEADERS });
        if (ctx.method === 'HEAD') return { status: 200 };
        ctx.status = 200;
        ctx.body = events.subscribe(ctx.get('Last-Event-ID') || undefined);
        ctx.type = EVENT_HEADERS['Content-Type'] ?? '';
        events.publish('state', presentState(director.snapshot(world), version));
        return STREAMING;
      },
    }),
  ];
}
