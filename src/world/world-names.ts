// Names of worlds that lead nowhere, and why: badly written, deleted, or of a world that nobody made.
import { Refusal } from '../base/refusal.ts';
import { DEFAULT_WORLD, WORLD_NAME, WORLD_NAME_FORM } from '../director/worlds-port.ts';

/** By whom worlds are made: by use and by `PUT`, by `PUT` alone, or not at all. */
export type WorldMode = 'auto' | 'declared' | 'off';

export function whyUnknown(name: string, mode: WorldMode, wasDeleted: boolean): Refusal {
  if (!WORLD_NAME.test(name)) return badName(name);
  if (mode === 'off')
    return new Refusal('world_unknown', `there are no worlds besides ${DEFAULT_WORLD} here: SHOWSTOPPER_WORLDS is off`);
  if (wasDeleted)
    return new Refusal(
      'world_deleted',
      `the world ${name} was deleted; PUT /v1/worlds/${name} on admin begins it anew`,
    );
  const how =
    mode === 'auto'
      ? 'a request for an operation, or a change by way of admin, makes it'
      : `SHOWSTOPPER_WORLDS is declared: PUT /v1/worlds/${name} on admin makes it`;
  return new Refusal('world_unknown', `there is no world ${name}; ${how}`);
}

export const badName = (name: string): Refusal =>
  new Refusal(
    'validation_failed',
    `the name of a world is ${WORLD_NAME_FORM}, got ${JSON.stringify(name.slice(0, 80))}`,
  );
