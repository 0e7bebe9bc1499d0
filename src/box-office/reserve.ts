// Reserving: taking seats all or none, within a customer's limit.
import { claim, unclaim } from './claims.ts';
import type { BoxOfficeContext } from './context.ts';
import { heldUntil, noteHeld, ttlOf } from './hold-time.ts';
import { mint } from './ids.ts';
import { statusAt } from './inventory/selling.ts';
import { refuse } from './refusals.ts';
import type { Reservation, ReserveRequest } from './reservation.ts';
import { SEAT_CODE } from './season/seat.ts';
import type { SessionPlan } from './season/session.ts';
import { type Picking, picking } from './seats/picking.ts';
import { amountOf } from './seats/seats-asked.ts';
import { forgetEnded } from './state/forgetting.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import { filmTally } from './state/tally.ts';
import type { HoldTerms } from './terms.ts';

export async function reserve(
  context: BoxOfficeContext,
  request: ReserveRequest,
  terms: HoldTerms,
): Promise<Reservation> {
  const { sessionId, customerRef, accessCode } = request;
  const plan = context.inventory.plan(sessionId);
  const { count, pick } = picking(plan, request);
  checkSelling(context, plan, accessCode, context.clock.now());
  const bound = context.season.ticketsPerFilmAndCustomer;
  const limit = filmTally(plan.film.id, customerRef);
  const claimId = context.nextClaimId();
  if (!(await claim(context, limit, { claimId, sessionId, count, bound })))
    throw refuse('limit_reached', limitWords(request, plan, bound), { limit: bound });
  try {
    const reserved = await context.change(sessionId, (draft, now) => {
      checkSelling(context, plan, accessCode, now);
      const reservation = take(draft, now, { context, plan, request, terms, pick, claimId });
      forgetEnded(draft, context.season.sessions.length);
      return reservation;
    });
    noteHeld(reserved.createdAt, reserved, terms);
    return reserved;
  } catch (error) {
    unclaim(context, limit, claimId);
    throw error;
  }
}

interface Taking {
  readonly context: BoxOfficeContext;
  readonly plan: SessionPlan;
  readonly request: ReserveRequest;
  readonly terms: HoldTerms;
  readonly pick: Picking['pick'];
  readonly claimId: string;
}

function take(draft: LedgerDraft, now: number, taking: Taking): Reservation {
  const { context, plan, request, terms, pick, claimId } = taking;
  const { client, sessionId, customerRef } = request;
  const indexes = pick((index) => draft.seat(index));
  const id = mint(draft, draft.reservations, { sort: 'r', sessionId, client, seed: context.seed });
  const seats = indexes.map((index) => plan.layout.places[index]?.id as string);
  const expiresAt = now + ttlOf(context, terms);
  const reservation: Reservation = {
    id,
    sessionId,
    client,
    customerRef,
    seats,
    amount: amountOf(plan, indexes),
    currency: context.season.currency,
    status: 'active',
    extended: false,
    createdAt: now,
    expiresAt,
    claimId,
  };
  for (const index of indexes) draft.setSeat(index, SEAT_CODE.reserved);
  draft.reservations.set(id, reservation);
  draft.hold(id, heldUntil(now, expiresAt, terms));
  const happened = { at: now, sessionId, client, reservationId: id, seats };
  draft.tell({ kind: 'reserved', ...happened, expiresAt });
  if (draft.count(SEAT_CODE.free) === 0) draft.tell({ kind: 'sold_out', ...happened });
  return reservation;
}

function checkSelling(
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

/** Whose tickets count, since two sellers, or two tests, may call their customers alike. */
function limitWords({ customerRef }: ReserveRequest, { film }: SessionPlan, bound: number): string {
  const whose = `customerRef ${JSON.stringify(customerRef)}, over all sellers and sessions`;
  return `A customer may hold or own ${bound} tickets of a film: of ${film.title}, those of ${whose} are counted.`;
}
