// Events of all worlds: counted from here on, and told in each view.
import { WorldEvents } from '../admin/world-events.ts';
import type { Clock } from '../base/clock.ts';
import { packageVersion } from '../base/package.ts';
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { Rehearsals } from '../rehearsal/rehearsals.ts';
import { Summaries } from '../summary/summaries.ts';
import type { WorldRegistry } from '../world/worlds.ts';
import { watchLoopLag } from './loop-lag.ts';

interface Parts {
  readonly worlds: WorldRegistry;
  readonly director: Director;
  readonly clock: Clock;
  readonly rehearsals: Rehearsals;
  failed(error: unknown): void;
}

/** Closed by its closers, of which the latest comes first. */
export function openEvents({ rehearsals, ...parts }: Parts, closers: (() => unknown)[]): WorldEvents {
  const isRehearsed = (world: World): boolean => rehearsals.seenIn(world) !== null;
  const summaries = new Summaries({ ...parts, isRehearsed });
  closers.push(() => summaries.close());
  const lag = watchLoopLag(parts.clock);
  closers.push(() => lag.stop());
  const events = new WorldEvents({
    ...parts,
    ...{ version: packageVersion(), summaries, lagMs: lag.lagMs },
    rehearsalIn: (world) => rehearsals.seenIn(world),
  });
  closers.push(() => events.close());
  return events;
}
