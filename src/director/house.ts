// A world's sessions and seats as those may see them who run it: what there is, what is taken, and by whom.
import type { HouseFilter, HouseSession, House as Port } from '../box-office/house.ts';
import type { World } from './world-port.ts';

export type { HouseSeat, HouseSession } from '../box-office/house.ts';
export { SEAT_STATUSES } from '../box-office/season/seat.ts';
export { SESSION_STATUSES } from '../box-office/season/session.ts';

export interface HouseQuestion extends HouseFilter {
  readonly limit: number;
  /** Where the page begins; unset: at the first session. */
  readonly from?: number | undefined;
}

/** What one client has of a session. */
export interface HouseClient {
  readonly client: string;
  readonly reserved: number;
  readonly sold: number;
}

export interface SeenSession extends HouseSession {
  /** Row by row, front to back. */
  readonly rows: readonly { readonly row: string; readonly seats: ReturnType<Port['session']>['seats'] }[];
  /** Whoever has most seats first. */
  readonly clients: readonly HouseClient[];
}

export const houseSessions = (world: World, { limit, from = 0, ...filter }: HouseQuestion) =>
  world.house().sessions(filter, from, limit);

/** Throws a Refusal `not_found` for an unknown id. */
export function houseSession(world: World, id: string): SeenSession {
  const { seats, ...session } = world.house().session(id);
  const rows = [...Map.groupBy(seats, ({ place }) => place.row)].map(([row, seats]) => ({ row, seats }));
  return { ...session, rows, clients: clientsOf(seats) };
}

function clientsOf(seats: SeenSession['rows'][number]['seats']): HouseClient[] {
  const taken = Map.groupBy(seats, ({ client }) => client);
  taken.delete(undefined);
  return [...taken]
    .map(([client = '', own]) => {
      const sold = own.filter(({ status }) => status === 'sold').length;
      return { client, reserved: own.length - sold, sold };
    })
    .sort(
      (one, other) => other.sold + other.reserved - one.sold - one.reserved || (one.client < other.client ? -1 : 1),
    );
}
