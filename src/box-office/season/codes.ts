// The codes that every built-in season knows, one for each thing a code can be.
import type { DiscountCode } from './discount.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Open a presale; given to holders of festival passes. */
export const ACCESS_CODES: readonly string[] = ['PRESALE', 'FRIENDS'];

/** `amountOff` of FLAT50 is 50,000 rials in minor units; `film` and `session` are where the narrow ones hold. */
export const discountCodes = (film: string, session: string): readonly DiscountCode[] => [
  { code: 'FESTIVAL20', percentOff: 20 },
  { code: 'FLAT50', amountOff: 5_000_000 },
  { code: 'FIRST100', percentOff: 30, quota: 100 },
  { code: 'ONLYONE', percentOff: 50, quota: 1 },
  { code: 'GUEST', percentOff: 100, quota: 20 },
  { code: 'LASTYEAR', percentOff: 20, validUntilMs: 0 },
  { code: 'TODAY', percentOff: 10, validUntilMs: DAY_MS },
  { code: 'CLOSING', percentOff: 25, validFromMs: 4 * DAY_MS },
  { code: 'DEBUT', percentOff: 15, films: [film] },
  { code: 'GALA', percentOff: 40, sessions: [session], quota: 50 },
];
