// Whether the client gives back the seats that it does not buy.
import { z } from 'zod';
import { ByName } from '../by-name.ts';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt } from '../evidence.ts';
import type { Name } from '../names.ts';
import { shareEstimate } from '../statistics.ts';
import { atMost, idsOf, noData } from '../verdict.ts';

const MIN_RESERVATIONS = 20;
/** One that nobody has touched for so long at the end of what is looked at will not be ordered: it is projected. */
const IDLE_MS = 60_000;
const SECOND_MS = 1000;

export const orphanedReservations = defineCriterion({
  name: 'orphaned-reservations',
  asks: 'Does it give back the seats that it does not buy?',
  unit: 'share',
  counts: 'judged',
  better: 'less',
  weight: 80,
  thresholds: z.strictObject({
    pass: z.number().min(0).max(1).default(0.05).describe('share of reservations left to lapse, at most'),
    warn: z.number().min(0).max(1).default(0.2).describe('up to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at most ${pass * 100} % left to lapse, warns up to ${warn * 100} %`,
  source: 'Ticketmaster Partner API on carts that are not cleaned up; TicketLeap, 2010; the thresholds are our own',
  judge: (of, limits): Finding => {
    const fates = fatesOf(of);
    const lapsed = fates.filter(({ became }) => became === 'lapsed');
    const projected = fates.filter(({ became }) => became === 'idle');
    const orphans = [...lapsed, ...projected];
    const released = fates.filter(({ became }) => became === 'released').length;
    const n = fates.length - fates.filter(({ became }) => became === 'young').length;
    if (n < MIN_RESERVATIONS)
      return noData(n, `${MIN_RESERVATIONS} reservations are needed of which it is known what became.`);
    const { figure, low, high } = shareEstimate(orphans.length, n);
    const seatSeconds = orphans.reduce((total, { seats, idleMs }) => total + (seats * idleMs) / SECOND_MS, 0);
    return {
      ...{ verdict: atMost({ figure, low, high }, limits), n, figure },
      advice: adviceOn({ orphans: orphans.length, projected: projected.length, n }),
      evidence: idsOf(madeBy(of, orphans)),
      more: {
        ...{ low, high, lapsed: lapsed.length, projected: projected.length, released, seatSeconds },
        cleanup: released + orphans.length === 0 ? null : released / (released + orphans.length),
      },
    };
  },
});

interface Fate {
  readonly reservation: Name;
  /** `idle`: nobody has touched it for long, but it may still be ordered; `young`: somebody has. */
  readonly became: 'ordered' | 'released' | 'lapsed' | 'idle' | 'young';
  readonly seats: number;
  /** From when it was last touched until it lapsed, or what is looked at ended. */
  readonly idleMs: number;
}

interface Course {
  readonly reservation: Name;
  seats: number;
  touchedAt: number;
  isOrdered: boolean;
  /** Asked to be, whether or not that arrived: the seller has done its part. */
  isReleased: boolean;
  lapsedAt: number | undefined;
}

/** Of all that were made. */
function fatesOf({ named, evidence: { happened, whole } }: Case): Fate[] {
  const courses = new ByName<Course>();
  for (const { at, happened: what, reservation, seats } of happened) {
    if (what === 'reserved') courses.set(reservation, courseOf(reservation, seats, at));
    const course = courses.get(reservation);
    if (!course) continue;
    if (what === 'ordered') course.isOrdered = true;
    else if (what === 'released') course.isReleased = true;
    else if (what === 'lapsed') course.lapsedAt = at;
  }
  for (const { at, operation, reservation } of named) {
    const course = reservation === null ? undefined : courses.get(reservation);
    if (!course || at >= (course.lapsedAt ?? whole.to)) continue;
    course.touchedAt = Math.max(course.touchedAt, at);
    if (operation === 'releaseReservation') course.isReleased = true;
  }
  return courses.items.map((course) => fateOf(course, whole.to));
}

const courseOf = (reservation: Name, seats: number, touchedAt: number): Course => ({
  reservation,
  seats,
  touchedAt,
  isOrdered: false,
  isReleased: false,
  lapsedAt: undefined,
});

function fateOf(course: Course, to: number): Fate {
  const { reservation, seats } = course;
  const idleMs = (course.lapsedAt ?? to) - course.touchedAt;
  const fate = (became: Fate['became']): Fate => ({ reservation, became, seats, idleMs });
  if (course.isOrdered) return fate('ordered');
  if (course.isReleased) return fate('released');
  if (course.lapsedAt !== undefined) return fate('lapsed');
  return fate(idleMs >= IDLE_MS ? 'idle' : 'young');
}

/** The requests that made them; those first that kept the most seats for the longest. */
function madeBy({ named }: Case, orphans: readonly Fate[]): Attempt[] {
  const worst = [...orphans].sort((a, b) => b.seats * b.idleMs - a.seats * a.idleMs);
  const places = new ByName<number>();
  worst.forEach(({ reservation }, place) => {
    places.set(reservation, place);
  });
  const placeOf = ({ reservation }: Attempt): number => places.get(reservation ?? '') ?? worst.length;
  return named
    .filter((attempt) => attempt.operation === 'reserveSeats' && !attempt.isReplay && placeOf(attempt) < worst.length)
    .sort((a, b) => placeOf(a) - placeOf(b));
}

function adviceOn(found: { readonly orphans: number; readonly projected: number; readonly n: number }): string {
  const { orphans, projected, n } = found;
  if (orphans === 0) return 'It ordered or released all that it reserved.';
  const how = projected === 0 ? 'were left to lapse' : `were left to lapse, ${projected} of them projected`;
  return `${orphans} of ${n} reservations ${how}; release one as soon as its buyer leaves or its order fails.`;
}
