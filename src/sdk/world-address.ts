// Where the calls of a client go: those of a world into its path, those of the process to the root.
import type { AdminAddress } from './admin-request.ts';

/** How a name of a world is written. */
export const WORLD_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const WORLD_NAME_FORM = '1 to 63 of a-z, 0-9 and -, not beginning with -';

export interface WorldAddress extends AdminAddress {
  /** Its calls go to `/w/{world}/v1/…`; unset: the one that the URL leads into, or else the one at /v1. */
  readonly world?: string | undefined;
}

export interface Addresses {
  readonly process: AdminAddress;
  readonly world: AdminAddress;
}

const IN_WORLD = /^(.*)\/w\/([^/]*)$/;

/** Throws a TypeError for a badly written name, and for two that differ. */
export function addressesOf({ url, token, world }: WorldAddress): Addresses {
  const whole = url.replace(/\/+$/, '');
  const [, root = whole, inUrl] = IN_WORLD.exec(whole) ?? [];
  const name = world ?? inUrl;
  const process = { url: root, token };
  if (name === undefined) return { process, world: process };
  if (!WORLD_NAME.test(name))
    throw new TypeError(`the name of a world is ${WORLD_NAME_FORM}, got ${JSON.stringify(name.slice(0, 80))}`);
  if (inUrl !== undefined && inUrl !== name)
    throw new TypeError(`the world ${name} is asked for, at an address that leads into the world ${inUrl}`);
  return { process, world: { url: `${root}/w/${name}`, token } };
}
