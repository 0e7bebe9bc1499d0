// A finite upstream and its other customers: set, turned off, and compared with what arithmetic says of them.
import { Refusal } from '../../base/refusal.ts';
import { writtenCapacity } from '../../capacity/settings.ts';
import { writtenCrowd } from '../../crowd/settings.ts';
import type { World } from '../../director/world-port.ts';
import {
  type CapacityAnswer,
  type CrowdAnswer,
  capacityRequest,
  capacityShape,
  crowdRequest,
  crowdShape,
  forecastShape,
} from '../contract/load.ts';
import type { AdminDeps } from '../deps.ts';
import { presentCrowd } from '../present.ts';
import { defineRoute, ok, type Route } from '../route.ts';
import type { AdminCode } from '../statuses.ts';

export const loadRoutes = (deps: AdminDeps): Route[] => [...capacityRoutes(deps), ...crowdRoutes(deps)];

function capacityRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getCapacity',
      method: 'GET',
      path: '/v1/capacity',
      summary: 'What the upstream can do, and what it was seen to do.',
      access: 'read',
      answers: { 200: { summary: 'Settings as they may be set; none while it is off.', shape: capacityShape } },
      handle: ({ world }) => ok(capacityNow(world)),
    }),
    defineRoute({
      name: 'setCapacity',
      method: 'PUT',
      path: '/v1/capacity',
      summary: 'Gives the upstream so many servers and such a queue, in the place of what it had; null turns it off.',
      access: 'write',
      body: capacityRequest,
      answers: { 200: { summary: 'In force.', shape: capacityShape } },
      refusals: ['validation_failed', 'conflict'],
      handle({ world, body, caller }) {
        const { by, ...capacity } = body ?? {};
        director.setCapacity(world, { capacity: body && (capacity as Omit<typeof body, 'by'>), by }, caller);
        return ok(capacityNow(world));
      },
    }),
    defineRoute({
      name: 'forecastCapacity',
      method: 'GET',
      path: '/v1/capacity/forecast',
      summary: 'What arithmetic says of this capacity under this crowd, beside what was observed.',
      access: 'read',
      answers: { 200: { summary: 'At this moment.', shape: forecastShape } },
      refusals: ['conflict'],
      handle({ world }) {
        const [forecast, observed] = [world.load.forecast(), world.load.capacityObserved()];
        if (forecast && observed) return ok({ ...forecast, observed });
        throw new Refusal<AdminCode>('conflict', 'capacity is off, so nothing ever waits; PUT /v1/capacity first');
      },
    }),
  ];
}

function crowdRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getCrowd',
      method: 'GET',
      path: '/v1/crowd',
      summary: 'The other customers, and what they were seen to do.',
      access: 'read',
      answers: { 200: { summary: 'Settings as they may be set; none without a crowd.', shape: crowdShape } },
      handle: ({ world }) => ok(crowdNow(world)),
    }),
    defineRoute({
      name: 'setCrowd',
      method: 'PUT',
      path: '/v1/crowd',
      summary: 'Sends other customers, in the place of those who were there; null sends everybody away.',
      access: 'write',
      body: crowdRequest,
      answers: { 200: { summary: 'They come.', shape: crowdShape } },
      refusals: ['conflict'],
      handle({ world, body, caller }) {
        const { by, ...crowd } = body ?? {};
        director.setCrowd(world, { crowd: body && (crowd as Omit<typeof body, 'by'>), by }, caller);
        return ok(crowdNow(world));
      },
    }),
  ];
}

function capacityNow({ load }: World): CapacityAnswer {
  const settings = load.capacity();
  return { ...(settings && writtenCapacity(settings)), observed: load.capacityObserved() } as CapacityAnswer;
}

function crowdNow({ load }: World): CrowdAnswer {
  const settings = load.crowd();
  return { ...(settings && writtenCrowd(settings)), observed: presentCrowd(load.observed()) } as CrowdAnswer;
}
