// The house: which sessions there are, and who has which seat of one.
import { houseSession, houseSessions } from '../../director/house.ts';
import { houseMapShape, housePageShape, houseQuery } from '../contract/house.ts';
import { presentHouseMap, presentHouseSession } from '../present-house.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function houseRoutes(): Route[] {
  return [
    defineRoute({
      name: 'listHouse',
      method: 'GET',
      path: '/v1/house',
      summary: 'Sessions in order of showing, each with its seats by status.',
      access: 'read',
      query: houseQuery,
      answers: { 200: { summary: 'One page.', shape: housePageShape } },
      handle({ world, query: { cursor, ...query } }) {
        const { items, next } = houseSessions(world, { ...query, from: cursor });
        return ok({ data: items.map(presentHouseSession), nextCursor: next === undefined ? null : String(next) });
      },
    }),
    defineRoute({
      name: 'getHouse',
      method: 'GET',
      path: '/v1/house/{session}',
      summary: 'Every seat of a session as it is, whatever a fault tells sellers, and which client has it.',
      access: 'read',
      params: { session: 'id of the session' },
      answers: { 200: { summary: 'At this moment.', shape: houseMapShape } },
      refusals: ['not_found'],
      handle: ({ world, params }) => ok(presentHouseMap(houseSession(world, params.session ?? ''))),
    }),
  ];
}
