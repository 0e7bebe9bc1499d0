// The small season, for tests: one venue, two halls of forty seats, six sessions with ids that can be typed.
// From the opening: s1 to s4 are on sale, s5 is in presale (on sale after 1 day), s6 is scheduled (presale after 1 day,
// on sale after 2). The first begins after 1 day. Its codes are those of the festival; DEBUT is for `glass-orchard`
// (s1, s3, s5), GALA for s2. Nothing in it depends on the seed.

import { ACCESS_CODES, discountCodes } from './codes.ts';
import { SMALL_HALL } from './halls.ts';
import { type Season, seasonFrom } from './season.ts';
import type { Price, SessionPlan } from './session.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const FILMS = [
  { id: 'glass-orchard', title: 'The Glass Orchard' },
  { id: 'north-of-noon', title: 'North of Noon' },
] as const;
const VENUE = { id: 'lumen', name: 'Lumen' };
const HALLS = [
  { id: 'lumen-1', name: 'Hall 1' },
  { id: 'lumen-2', name: 'Hall 2' },
] as const;
const PRICES: readonly Price[] = [
  { category: 'standard', amount: 20_000_000, currency: 'IRR' },
  { category: 'premium', amount: 30_000_000, currency: 'IRR' },
  { category: 'wheelchair', amount: 15_000_000, currency: 'IRR' },
];

export function small(): Season {
  return seasonFrom({
    name: 'small',
    currency: 'IRR',
    sessions: Array.from({ length: 6 }, (_, position) => plan(position)),
    discounts: discountCodes(FILMS[0].id, 's2'),
    accessCodes: ACCESS_CODES,
    ticketsPerFilmAndCustomer: 4,
  });
}

function plan(position: number): SessionPlan {
  return {
    id: `s${position + 1}`,
    film: position % 2 === 0 ? FILMS[0] : FILMS[1],
    venue: VENUE,
    hall: position % 2 === 0 ? HALLS[0] : HALLS[1],
    layout: SMALL_HALL,
    startsAtMs: DAY_MS + Math.floor(position / 2) * DAY_MS + (position % 2) * 3 * HOUR_MS,
    onSaleAtMs: position < 4 ? 0 : (position - 3) * DAY_MS,
    ...(position >= 4 && { presaleAtMs: (position - 4) * DAY_MS }),
    prices: PRICES,
  };
}
