// Box-office time, shown and moved.
import { clockShape } from '../contract/contract.ts';
import { clockRequest } from '../contract/requests.ts';
import type { AdminDeps } from '../deps.ts';
import { presentClock } from '../present.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function clockRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getClock',
      method: 'GET',
      path: '/v1/clock',
      summary: 'The time reservations, sale windows and codes live in.',
      access: 'read',
      answers: { 200: { summary: 'The time.', shape: clockShape } },
      handle: ({ world }) => ok(presentClock(director.clock(world))),
    }),
    defineRoute({
      name: 'moveClock',
      method: 'POST',
      path: '/v1/clock',
      summary: 'Moves box-office time only; latency, windows and ttl stay in real time.',
      access: 'write',
      body: clockRequest,
      answers: { 200: { summary: 'The time from now on.', shape: clockShape } },
      refusals: ['validation_failed'],
      handle: ({ world, body, caller }) => ok(presentClock(director.moveClock(world, body, caller))),
    }),
  ];
}
