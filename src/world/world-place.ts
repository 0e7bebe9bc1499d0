// A world's place among all worlds: who made it, who uses it, and the door that was opened for it.
import { Refusal } from '../base/refusal.ts';
import type { Doors } from '../director/doors-port.ts';
import { DEFAULT_WORLD, type WorldLine, type WorldRequest } from '../director/worlds-port.ts';
import type { OpenWorld } from './world.ts';

/** A door that was opened for one world. */
export interface OwnDoor {
  readonly doors: Doors;
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

export interface Place {
  readonly world: OpenWorld;
  made: WorldLine['made'];
  /** By `clock.ticks()`. */
  usedAt: number;
  /** That found it, save those taken back. */
  calls: number;
  /** Those who use it as long as they say. */
  users: number;
  own: OwnDoor | undefined;
}

export const lineOf = ({ world, made, own }: Place): WorldLine => ({
  name: world.name,
  seed: world.seed,
  catalog: world.catalog,
  path: world.name === DEFAULT_WORLD ? '' : `/w/${world.name}`,
  ...(own && { upstream: own.url }),
  made,
  headerFaults: world.engine.byHeader !== undefined,
  journal: { bodies: world.journal.keepsBodies },
  startedAt: world.startedAt,
  rules: world.engine.rules.length,
  open: world.inFlight(),
  held: world.holds.size,
});

/** Nothing is in it that somebody would miss. */
export const mayGiveWay = ({ world, users }: Place): boolean => users === 0 && !world.isActive && world.isEmpty;

/** Of the worlds that were not used for longest, so many are asked whether they may give way. */
const MAX_ASKED = 50;

/** Of those made by use the one that was not used for longest, if it may give way. */
export const firstToGo = (places: Iterable<Place>): Place | undefined =>
  [...places]
    .filter(({ made, users }) => made === 'use' && users === 0)
    .sort((one, other) => one.usedAt - other.usedAt)
    .slice(0, MAX_ASKED)
    .find(mayGiveWay);

/** Throws a Refusal when a world that is there is not as it is asked for. */
export function refuseOther({ world, own }: Place, { catalog, seed, door, headerFaults, journal }: WorldRequest): void {
  const { keepsBodies } = world.journal;
  const takesFaults = world.engine.byHeader !== undefined;
  const others = [
    ...(catalog !== undefined && catalog !== world.catalog ? [`catalog ${world.catalog}, not ${catalog}`] : []),
    ...(seed !== undefined && seed !== world.seed ? [`seed ${world.seed}, not ${seed}`] : []),
    ...(headerFaults !== undefined && headerFaults !== takesFaults
      ? [`headerFaults ${takesFaults}, not ${headerFaults}`]
      : []),
    ...(journal?.bodies !== undefined && journal.bodies !== keepsBodies
      ? [`journal.bodies ${keepsBodies}, not ${journal.bodies}`]
      : []),
    ...(own && typeof door === 'number' && door !== own.port ? [`its door at port ${own.port}, not ${door}`] : []),
    ...(door !== undefined && world.name === DEFAULT_WORLD ? ['the configured doors already'] : []),
  ];
  if (others.length > 0)
    throw new Refusal(
      'conflict',
      `the world ${world.name} is there with ${others.join(' and ')}; delete it first, or reset it`,
    );
}

/** Drops what is under way in the world, and ends it with its door. */
export async function endPlace({ world, own }: Place): Promise<void> {
  await world.dropUnderWay();
  await world.close();
  await own?.close();
}
