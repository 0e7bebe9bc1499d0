// The festival: 30 venues with 60 halls, 20 films, 11 days with 3 showtimes each; 1,800 sessions, some 296,000 seats.
//
// Its moments suppose that the doors open at 14:00: day 1 is the next day, with showtimes at 15:30, 18:00 and 20:30.
// Days 1 to 9 are on sale from the opening. Day 10 is in presale at the opening and on sale two days later. Day 11 is
// scheduled at the opening, in presale after two days and on sale after four. So all selling statuses are there at once,
// and moving the clock leads through them. Each hall is dark in one slot of eleven.
//
// The seed decides which hall is where, which film is played when, and when a hall is dark; ids are made of what they
// name (`lumen-2-d03-1800`), so most of them are there whatever the seed.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { ACCESS_CODES, discountCodes } from './codes.ts';
import { FESTIVAL_HALLS } from './halls.ts';
import { FILM_TITLES, VENUE_NAMES } from './names.ts';
import { type Season, seasonFrom } from './season.ts';
import type { HallLayout } from './seat.ts';
import type { Named, Price, SessionPlan } from './session.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 11;
const PRESALE_DAY = 10;
const SCHEDULED_DAY = 11;
/** From the supposed opening at 14:00; evenings cost more. */
const SHOWTIMES = [
  { name: '1530', afterMs: 1.5 * HOUR_MS, prices: pricesFrom(20_000_000) },
  { name: '1800', afterMs: 4 * HOUR_MS, prices: pricesFrom(25_000_000) },
  { name: '2030', afterMs: 6.5 * HOUR_MS, prices: pricesFrom(30_000_000) },
] as const;
/** A hall is dark in one slot of so many. */
const DARK_EVERY = 11;
/** Halls of each venue, in the order of VENUE_NAMES: 12 of one, 10 of two, 4 of three, 4 of four. */
const HALLS_OF_VENUE = [4, 2, 1, 3, 1, 2, 1, 2, 4, 1, 2, 1, 3, 1, 2, 1, 2, 4, 1, 2, 3, 1, 2, 1, 4, 1, 2, 3, 1, 2];

interface Hall {
  readonly venue: Named;
  readonly hall: Named;
  readonly layout: HallLayout;
  /** The remainder of the slots in which nothing is shown. */
  readonly dark: number;
}

type Draw = (below: number) => number;

export function festival(seed: number): Season {
  const random = xoroshiro128plus(seed);
  const draw: Draw = (below) => uniformInt(random, 0, below - 1);
  const films = FILM_TITLES.map((title) => ({ id: slug(title), title }));
  const halls = hallsOf(draw);
  const sessions: SessionPlan[] = [];
  for (let slot = 0; slot < DAYS * SHOWTIMES.length; slot++)
    for (const hall of halls) {
      const film = films[draw(films.length)];
      if (film && slot % DARK_EVERY !== hall.dark) sessions.push(planOf(slot, hall, film));
    }
  return seasonFrom({
    name: 'festival',
    currency: 'IRR',
    sessions,
    discounts: discountCodes(films[0]?.id ?? '', sessions[0]?.id ?? ''),
    accessCodes: ACCESS_CODES,
    ticketsPerFilmAndCustomer: 4,
  });
}

function planOf(slot: number, { venue, hall, layout }: Hall, film: SessionPlan['film']): SessionPlan {
  const day = Math.floor(slot / SHOWTIMES.length) + 1;
  const showtime = SHOWTIMES[slot % SHOWTIMES.length] ?? SHOWTIMES[0];
  return {
    id: `${hall.id}-d${String(day).padStart(2, '0')}-${showtime.name}`,
    film,
    venue,
    hall,
    layout,
    startsAtMs: day * DAY_MS + showtime.afterMs,
    ...sellingOf(day),
    prices: showtime.prices,
  };
}

function sellingOf(day: number): Pick<SessionPlan, 'onSaleAtMs' | 'presaleAtMs'> {
  if (day === PRESALE_DAY) return { presaleAtMs: 0, onSaleAtMs: 2 * DAY_MS };
  if (day === SCHEDULED_DAY) return { presaleAtMs: 2 * DAY_MS, onSaleAtMs: 4 * DAY_MS };
  return { onSaleAtMs: 0 };
}

function hallsOf(draw: Draw): Hall[] {
  const layouts = shuffled(
    FESTIVAL_HALLS.flatMap(({ halls, layout }) => Array.from({ length: halls }, () => layout)),
    draw,
  );
  return VENUE_NAMES.flatMap((name, position) => {
    const venue = { id: slug(name), name };
    return Array.from({ length: HALLS_OF_VENUE[position] ?? 1 }, (_, i): Hall => {
      const layout = layouts.pop();
      if (!layout) throw new Error('There are fewer layouts than halls');
      return { venue, hall: { id: `${venue.id}-${i + 1}`, name: `Hall ${i + 1}` }, layout, dark: draw(DARK_EVERY) };
    });
  });
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], draw: Draw): Item[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = draw(i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as Item, mixed[i] as Item];
  }
  return mixed;
}

/** Minor units of ISO 4217, hundredths of a rial: 20,000,000 is 200,000 rials. */
function pricesFrom(standard: number): readonly Price[] {
  const price = (category: string, amount: number): Price => ({ category, amount, currency: 'IRR' });
  return [price('standard', standard), price('premium', standard * 1.5), price('wheelchair', standard * 0.5)];
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^the /, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
