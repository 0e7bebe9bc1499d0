// How waiting-room is brought to light: a place in line, one inside, and being let in after a while.
import type { Trial } from './signature.ts';

export const WAITING_ROOM_TRIALS: readonly Trial[] = [
  {},
  { with: { capacity: 1 }, shows: { status: 200, work: true } },
  {
    stimulus: 'ticket-until-other',
    with: { admitEvery: '500ms' },
    shows: { status: 200, tells: '"status":"admitted"' },
    figures: { turnsMs: 500 },
  },
];
