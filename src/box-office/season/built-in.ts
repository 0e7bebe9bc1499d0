// The seasons that come with the product, by name.

import { festival } from './festival.ts';
import type { Season } from './season.ts';
import { small } from './small.ts';

export const SEASON_NAMES = ['festival', 'small'] as const;
export type SeasonName = (typeof SEASON_NAMES)[number];

const SEASONS: Record<SeasonName, (seed: number) => Season> = { festival, small };

/** The same name and seed give an equal season. */
export function seasonOf(name: SeasonName, seed: number): Season {
  return SEASONS[name](seed);
}
