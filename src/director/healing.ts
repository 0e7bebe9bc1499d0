// All clear: every rule off and everything held let go; and, on top of it, a fresh start.
import { Refusal } from '../base/refusal.ts';
import type { ActivationTable, Ended } from './activation-table.ts';
import type { ResetRequest, World } from './world-port.ts';
import { DEFAULT_WORLD } from './worlds-port.ts';

/**
 * Heals, then opens a fresh box office; an unknown catalog is refused before anything is touched. Whatever is under way
 * and not done yet is dropped, since nothing that was asked of the old box office is to be done in the new.
 */
export async function reset(world: World, table: ActivationTable, request: ResetRequest): Promise<Ended> {
  table.guard?.resetting();
  const open = await world.prepareReset(request);
  table.guard?.resetting(); // a rehearsal may have begun meanwhile
  const ended = await table.endAll('drop');
  const underWay = await world.dropUnderWay();
  await world.playback.clear({});
  const late = world.dropUnderWay(); // came while the rest was being cleared
  world.boxOfficeClock.reset();
  open();
  world.journal.clear();
  table.ruleNumber = 1;
  table.rulesSeen.forget();
  world.engine.byHeader?.forgetSeen();
  table.faultTimes.forget();
  return { ...ended, dropped: ended.dropped + underWay + (await late) };
}

/** The doors of one world are no trouble of the server. */
const whereToldIn = ({ name }: World): string =>
  name === DEFAULT_WORLD ? '/readyz' : `doorTroubles of /w/${name}/v1/state`;

/** Whoever ends rules must not be told that all is done while a door is not back; what was done stays done. */
export function refuseWhileStuck(world: World, ended: Ended): Ended {
  const { troubles } = world.doors;
  if (troubles.length === 0) return ended;
  const words = `the rules are ended, but ${troubles.join('; ')}; it is tried again until it can be, and ${whereToldIn(world)} says when`;
  throw new Refusal('door_stuck', words, { ...ended, troubles });
}
