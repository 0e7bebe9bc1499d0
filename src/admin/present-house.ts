// Sessions and seats as the admin API shows them: times in RFC 3339, and nothing of customers.
import type { HouseSeat as Seat, SeenSession, HouseSession as Session } from '../director/house.ts';
import type { HouseMap, HouseSeat, HouseSession } from './contract/house.ts';

export function presentHouseSession({ session, counts }: Session): HouseSession {
  const { plan, startsAt, status } = session;
  const [free = 0, reserved = 0, sold = 0, blocked = 0] = counts;
  return {
    id: plan.id,
    film: { id: plan.film.id, title: plan.film.title },
    venue: { id: plan.venue.id, name: plan.venue.name },
    hall: { id: plan.hall.id, name: plan.hall.name },
    startsAt: new Date(startsAt).toISOString(),
    status,
    seats: { free, reserved, sold, blocked },
  };
}

export const presentHouseMap = ({ rows, clients, ...session }: SeenSession): HouseMap => ({
  ...presentHouseSession(session),
  rows: rows.map(({ row, seats }) => ({ row, seats: seats.map(presentSeat) })),
  clients: clients.map(({ client, reserved, sold }) => ({ client, reserved, sold })),
});

const presentSeat = ({ place: { id, number, category }, status, client }: Seat): HouseSeat => ({
  ...{ id, number, category, status, client: client ?? null },
});
