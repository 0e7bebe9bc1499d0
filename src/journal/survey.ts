// Goes through the entries kept, a stretch at a time, so that a large journal keeps nobody waiting.
import type { Clock } from '../base/clock.ts';
import { nextTurn } from '../base/turn.ts';

/** Nothing else runs for so long, about; with what else a turn has to do, it stays below 10 ms. */
const STRETCH_MS = 3;
/** Entries between two looks at the clock. */
const LOOK_EVERY = 64;

/** Calls `see` for each entry until it gives false, or the `signal` is aborted. */
export async function survey<Entry>(
  entries: Iterable<Entry>,
  clock: Pick<Clock, 'ticks'>,
  see: (entry: Entry) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  let seen = 0;
  let since = clock.ticks();
  for (const entry of entries) {
    if (!see(entry)) return;
    if (++seen % LOOK_EVERY !== 0 || clock.ticks() - since < STRETCH_MS) continue;
    await nextTurn();
    if (signal?.aborted) return;
    since = clock.ticks();
  }
}
