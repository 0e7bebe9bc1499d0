// Reserving: taking seats all or none, holding them longer once, giving them up.
import { bestSeats, fittingSeats, type HallGeometry, KEPT_CATEGORY, measureHall, type Wanted } from './best-seats.ts';
import { type BoxOfficeContext, claim, unclaim } from './context.ts';
import { type Flow, loseIfTold } from './forget-flow.ts';
import { mint, sessionOf } from './ids.ts';
import { releaseSeats } from './lapse.ts';
import { refuse } from './refusals.ts';
import type { Reservation, ReserveRequest } from './reservation.ts';
import type { HallLayout } from './season/seat.ts';
import type { SessionPlan } from './season/session.ts';
import { amountOf, checkCount, indexesOf } from './seats-asked.ts';
import { statusAt } from './selling.ts';
import { refuseAsSoldOut, type SeatNow } from './sold-out.ts';
import { SEAT_CODE } from './state/ledger.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import { filmTally } from './state/tally.ts';
import type { Terms } from './terms.ts';

/** Finds the seats of a request by how each seat is, or refuses. */
type Pick = (seat: SeatNow) => readonly number[];

export function createReserving(desk: BoxOfficeContext) {
  const { season, inventory, seed } = desk;
  const halls = new Map<HallLayout, HallGeometry>();
  const geometryOf = (layout: HallLayout): HallGeometry => {
    const geometry = halls.get(layout) ?? measureHall(layout);
    halls.set(layout, geometry);
    return geometry;
  };
  const ttlOf = (terms: Terms): number => terms.reservationTtlMs ?? desk.reservationTtlMs;
  const lose = (terms: Terms, client: string, id: string): Promise<void> => loseIfTold(desk, flowOf(client, id), terms);

  /** The step that changes an own reservation; refuses ids that are not the client's. */
  const changeOwn = <Result>(
    client: string,
    id: string,
    step: (draft: LedgerDraft, now: number, reservation: Reservation) => Result,
  ): Promise<Result> =>
    desk.change(sessionOfReservation(id), (draft, now) =>
      step(draft, now, own(client, id, draft.reservations.get(id))),
    );

  return {
    async reserve(request: ReserveRequest, terms: Terms): Promise<Reservation> {
      const { client, sessionId, customerRef } = request;
      const plan = inventory.plan(sessionId);
      const { count, pick } = picking(plan, geometryOf(plan.layout), request);
      const checkSelling = (now: number): void => checkOpen(desk, plan, request.accessCode, now);
      checkSelling(desk.clock.now());
      const bound = season.ticketsPerFilmAndCustomer;
      const limit = filmTally(plan.film.id, customerRef);
      if (!(await claim(desk, limit, { sessionId, count, bound })))
        throw refuse('limit_reached', limitWords(request, plan, bound), { limit: bound });
      try {
        if (terms.soldOut) await refuseAsSoldOut(desk, { sessionId, pick, checkSelling }, terms);
        const reserved = await desk.change(sessionId, (draft, now) => {
          checkSelling(now);
          const indexes = pick((index) => draft.seat(index));
          const id = mint(draft, draft.reservations, { sort: 'r', sessionId, client, seed });
          const reservation: Reservation = {
            id,
            sessionId,
            client,
            customerRef,
            seats: indexes.map((index) => plan.layout.places[index]?.id as string),
            amount: amountOf(plan, indexes),
            currency: season.currency,
            status: 'active',
            extended: false,
            createdAt: now,
            expiresAt: now + ttlOf(terms),
          };
          for (const index of indexes) draft.setSeat(index, SEAT_CODE.reserved);
          draft.reservations.set(id, reservation);
          draft.hold(id, heldUntil(now, reservation.expiresAt, terms));
          return reservation;
        });
        noteHeld(reserved.createdAt, reserved, terms);
        return reserved;
      } catch (error) {
        await unclaim(desk, limit, sessionId, count);
        throw error;
      }
    },

    async reservation(client: string, id: string, terms: Terms): Promise<Reservation> {
      await lose(terms, client, id);
      return own(client, id, inventory.ledger(sessionOfReservation(id))?.reservations.get(id));
    },

    /** A second time is `limit_reached`; an ordered one is `reservation_already_ordered`, an ended one `reservation_expired`. */
    async extend(client: string, id: string, terms: Terms): Promise<Reservation> {
      await lose(terms, client, id);
      const { extended, since } = await changeOwn(client, id, (draft, now, reservation) => {
        checkActive(reservation);
        if (reservation.extended)
          throw refuse('limit_reached', `Reservation ${id} was extended before; once is the limit.`, { limit: 1 });
        const extended = { ...reservation, extended: true, expiresAt: now + ttlOf(terms) };
        draft.reservations.set(id, extended);
        draft.hold(id, heldUntil(now, extended.expiresAt, terms));
        return { extended, since: now };
      });
      noteHeld(since, extended, terms);
      return extended;
    },

    /** Released before is no error: the second release finds what it wanted. */
    async release(client: string, id: string, terms: Terms): Promise<Reservation> {
      await lose(terms, client, id);
      const plan = inventory.plan(sessionOfReservation(id));
      const { released, given } = await changeOwn(client, id, (draft, _now, reservation) => {
        if (reservation.status === 'released') return { released: reservation, given: undefined };
        checkActive(reservation);
        const given = releaseSeats(draft, plan.layout, reservation, undefined);
        const released: Reservation = { ...reservation, status: 'released' };
        draft.reservations.set(id, released);
        return { released, given };
      });
      if (given && terms.dryRun) terms.used?.add('dryRun');
      if (given && given.tickets > 0)
        await unclaim(desk, filmTally(plan.film.id, released.customerRef), plan.id, given.tickets);
      return released;
    },
  };
}

/** The session in a reservation's id; what cannot be one is not found. */
export function sessionOfReservation(id: string): string {
  return sessionOf('r', id) ?? own('', id, undefined).sessionId;
}

/** When the seats are truly let go: never later than told. */
function heldUntil(now: number, told: number, terms: Terms): number {
  return Math.min(told, ...lapses(now, told, terms));
}

/** By each of the two terms. */
function lapses(now: number, told: number, { lapseAfterMs, lapseOfTold }: Terms): [number, number] {
  return [now + (lapseAfterMs ?? told - now), now + (told - now) * (lapseOfTold ?? 1)];
}

/** Which terms changed what became of seats that are held since then; in a dry run none are. */
function noteHeld(since: number, { expiresAt }: Reservation, terms: Terms): void {
  if (!terms.used) return;
  if (terms.dryRun) {
    terms.used.add('dryRun');
    return;
  }
  const [after, ofTold] = lapses(since, expiresAt, terms);
  if (after < expiresAt && after <= ofTold) terms.used.add('lapseAfterMs');
  else if (ofTold < expiresAt) terms.used.add('lapseOfTold');
}

const flowOf = (client: string, reservationId: string): Flow => ({
  client,
  sessionId: sessionOfReservation(reservationId),
  reservationId,
});

/** Another client's is not found, as if it were not there; nor is a lost one. */
export function own(client: string, id: string, reservation: Reservation | undefined): Reservation {
  if (reservation?.client === client && !reservation.lost) return reservation;
  throw refuse('not_found', `There is no reservation "${id.slice(0, 80)}".`);
}

/** An active reservation passes; an ordered one and an ended one are told apart. */
export function checkActive({ id, status }: Reservation): void {
  if (status === 'active') return;
  if (status === 'consumed') throw refuse('reservation_already_ordered', `Reservation ${id} has an order already.`);
  throw refuse('reservation_expired', `Reservation ${id} is ${status}: its seats are no longer held.`);
}

function checkOpen(
  { season, inventory }: BoxOfficeContext,
  plan: SessionPlan,
  accessCode: string | undefined,
  now: number,
): void {
  const status = statusAt(inventory.times(plan.id), now, 1);
  if (status === 'scheduled' || status === 'closed')
    throw refuse('not_on_sale', `Session ${plan.id} is ${status}.`, { sessionStatus: status });
  if (status !== 'presale') return;
  if (accessCode === undefined) throw refuse('access_code_required', `Session ${plan.id} is in presale.`);
  if (!season.accessCodes.has(accessCode)) throw refuse('access_code_invalid', 'The access code opens no presale.');
}

/** How many seats are asked for and how they are found; refuses what no session could give. */
function picking(
  plan: SessionPlan,
  geometry: HallGeometry,
  { seats, bestAvailable }: ReserveRequest,
): { readonly count: number; readonly pick: Pick } {
  if ((seats === undefined) === (bestAvailable === undefined))
    throw refuse('validation_failed', 'Ask either for seats or for bestAvailable.');
  if (bestAvailable) {
    const { count, category } = bestAvailable;
    checkCount(count, 'bestAvailable.count');
    if (category !== undefined && !plan.prices.some((price) => price.category === category))
      throw refuse('validation_failed', `There is no category "${category.slice(0, 40)}" in session ${plan.id}.`);
    return { count, pick: (seat) => pickBest(seat, plan, geometry, { count, category }) };
  }
  const indexes = indexesOf(plan, seats ?? []);
  return { count: indexes.length, pick: (seat) => pickNamed(seat, plan, indexes) };
}

function pickNamed(seat: SeatNow, plan: SessionPlan, indexes: readonly number[]): readonly number[] {
  const taken = indexes.filter((index) => seat(index) !== SEAT_CODE.free);
  if (taken.length === 0) return indexes;
  const seats = taken.map((index) => plan.layout.places[index]?.id as string);
  throw refuse('seat_unavailable', `Not free: ${seats.join(', ')}.`, { seats });
}

/** Whose tickets count, since two sellers, or two tests, may call their customers alike. */
function limitWords({ customerRef }: ReserveRequest, { film }: SessionPlan, bound: number): string {
  const whose = `customerRef ${JSON.stringify(customerRef)}, over all sellers and sessions`;
  return `A customer may hold or own ${bound} tickets of a film: of ${film.title}, those of ${whose} are counted.`;
}

function tooFewWords(plan: SessionPlan, free: number, { count, category }: Wanted): string {
  const asked = `${count} asked for, ${free} free`;
  if (category !== undefined) return `Too few seats of the category ${category} in session ${plan.id}: ${asked}.`;
  const kept = `places of the category ${KEPT_CATEGORY} go only to who names it`;
  return `Too few seats for bestAvailable in session ${plan.id}: ${asked}; ${kept}.`;
}

function pickBest(seat: SeatNow, plan: SessionPlan, geometry: HallGeometry, wanted: Wanted): readonly number[] {
  const found = bestSeats(plan.layout, geometry, (index) => seat(index) === SEAT_CODE.free, wanted);
  if (found) return found;
  const isFree = (index: number): boolean => seat(index) === SEAT_CODE.free;
  throw refuse('seat_unavailable', tooFewWords(plan, fittingSeats(plan.layout, isFree, wanted).length, wanted), {
    seats: [],
  });
}
