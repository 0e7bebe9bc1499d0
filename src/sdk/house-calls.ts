// The calls of the typed client that are about the house: its sessions, and who has which seat.
import type { HouseMap, HousePage, HouseQuery } from '../admin/contract/house.ts';
import type { AdminAddress } from './admin-request.ts';
import { callsTo, queryText } from './calls.ts';

export interface HouseCalls {
  /** Sessions in order of showing, each with its seats by status. */
  house(query?: HouseQuery): Promise<HousePage>;
  /** Every seat of a session as it is, and which client has it. */
  seatsOf(session: string): Promise<HouseMap>;
}

export function houseCalls(world: AdminAddress): HouseCalls {
  const { read } = callsTo(world);
  return {
    house: (query = {}) => read(`/v1/house${queryText(query)}`),
    seatsOf: (session) => read(`/v1/house/${encodeURIComponent(session)}`),
  };
}
