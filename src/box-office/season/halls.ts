// Halls of real cinemas' sizes, as pictures; several halls share each.
import { layoutOf } from './hall-layout.ts';
import type { HallLayout } from './seat.ts';

/** Each with how many of the festival's sixty halls look so. */
export const FESTIVAL_HALLS: readonly { readonly halls: number; readonly layout: HallLayout }[] = [
  { halls: 5, layout: layoutOf({ A: '2w 6s', 'B-E': '10s', 'F-G': '7p' }) }, // 62
  { halls: 12, layout: layoutOf({ A: '2w 7s', 'B-G': '5s . 6s', H: '5p . 5p 1x 4p' }) }, // 90
  { halls: 14, layout: layoutOf({ A: '2w 8s 2w', 'B-G': '6s . 7s', 'H-I': '7p . 7p 1x' }) }, // 120
  { halls: 12, layout: layoutOf({ A: '2w 10s 2w', 'B-H': '8s . 8s', 'I-J': '8p . 8p 1x' }) }, // 160
  { halls: 8, layout: layoutOf({ A: '3w 9s 3w', 'B-I': '9s . 9s', 'J-L': '8p . 9p' }) }, // 210
  { halls: 5, layout: layoutOf({ A: '3w 10s 3w', 'B-J': '10s . 10s', 'K-N': '4x 10p . 7p' }) }, // 280
  { halls: 3, layout: layoutOf({ A: '4w 14s 4w', 'B-L': '6s . 12s . 6s', 'M-Q': '2x 5p . 12p . 4p' }) }, // 400
  { halls: 1, layout: layoutOf({ A: '6w 14s 6w', 'B-O': '8s . 14s . 8s', 'P-T': '3x 8p . 12p . 8p' }) }, // 601
];

/** Forty seats with two places for wheelchairs, and one seat behind a pillar. */
export const SMALL_HALL: HallLayout = layoutOf({ A: '2w 6s', 'B-D': '8s', E: '7p 1x' });
