// All clear: every rule off and everything held let go; and, on top of it, a fresh start.
import type { Release } from '../wire/held.ts';
import type { Board, Ended } from './board.ts';
import type { Controls, ResetRequest } from './controls.ts';

export { RELEASES } from '../wire/held.ts';

/** What a heal may spare: a storm may outlive its trigger. */
export const KEEPABLE = ['capacity', 'crowd', 'playback'] as const;

export interface HealRequest {
  /** `drop` when unset. */
  readonly release?: Release | undefined;
  readonly keep?: readonly (typeof KEEPABLE)[number][] | undefined;
  readonly by?: string | undefined;
}

/** Heals, then opens a fresh box office; an unknown catalog is refused before anything is touched. */
export async function reset(
  world: Controls,
  board: Board,
  request: ResetRequest,
  clear: () => Promise<void>,
): Promise<Ended> {
  const open = await world.prepareReset(request);
  const [ended] = await Promise.all([board.endAll('drop'), clear()]);
  world.boxOfficeClock.reset();
  open();
  world.journal.clear();
  board.ruleNumber = 1;
  board.rulesSeen.forget();
  return ended;
}
