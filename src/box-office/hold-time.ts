// How long seats are held: as it is told, and, where terms say so, in truth shorter.
import type { BoxOfficeContext } from './context.ts';
import type { Reservation } from './reservation.ts';
import type { HoldTerms } from './terms.ts';

export const ttlOf = ({ reservationTtlMs }: BoxOfficeContext, terms: HoldTerms): number =>
  terms.reservationTtlMs ?? reservationTtlMs;

/** When the seats are truly let go: never later than told. */
export function heldUntil(now: number, told: number, terms: HoldTerms): number {
  return Math.min(told, ...lapses(now, told, terms));
}

/** By each of the two terms. */
function lapses(now: number, told: number, { lapseAfterMs, lapseOfTold }: HoldTerms): [number, number] {
  return [now + (lapseAfterMs ?? told - now), now + (told - now) * (lapseOfTold ?? 1)];
}

/** Notes which terms changed what became of seats that are held since then. */
export function noteHeld(since: number, { expiresAt }: Reservation, terms: HoldTerms): void {
  if (!terms.used) return;
  const [after, ofTold] = lapses(since, expiresAt, terms);
  if (after < expiresAt && after <= ofTold) terms.used.add('lapseAfterMs');
  else if (ofTold < expiresAt) terms.used.add('lapseOfTold');
}
