// Which living connections a change reaches: none, all that it is meant for, or they are cut.
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { KnownNames } from '../faults/check.ts';
import { matchMistakes } from '../faults/match-check.ts';
import type { Match } from '../faults/rule.ts';
import type { Controls } from './controls.ts';
import { refuse } from './terms.ts';

/** Which connections an activation strikes: those to come, those that are there too, or those that are there at once. */
export const CONNECTIONS = ['new', 'all', 'sever'] as const;
export type Reach = (typeof CONNECTIONS)[number];

/** What is known of a connection without a request; absent parts mean all. */
export interface ConnectionMatch {
  readonly doors?: readonly string[] | undefined;
  /** Addresses or ranges in CIDR notation. */
  readonly addresses?: readonly string[] | undefined;
}

export interface SeverRequest extends ConnectionMatch {
  readonly by?: string | undefined;
}

/** Lets rules that came into force reach those that live; resolves when the doors are as wanted too. Gives how many were cut. */
export async function reach(
  world: Controls,
  rules: readonly ArmedRule[],
  { connections, match = {} }: { readonly connections?: Reach | undefined; readonly match?: Match | undefined },
): Promise<number> {
  if (connections === 'all') await world.reachLiving(rules);
  await world.settled();
  if (connections !== 'sever') return 0;
  let severed = 0;
  for (const { spec } of rules) severed += await world.sever([spec.match ?? {}, match]);
  return severed;
}

export async function sever(world: Controls, { doors, addresses }: SeverRequest, known: KnownNames): Promise<number> {
  const asked = { ...(doors && { doors: [...doors] }), ...(addresses && { addresses: [...addresses] }) };
  const mistakes = doors || addresses ? matchMistakes(asked, known) : [];
  if (mistakes.length > 0) throw refuse(mistakes);
  return world.sever([{ doors, addresses }]);
}
