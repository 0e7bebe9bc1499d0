// Which living connections a change reaches: none, all that it is meant for, or they are cut.
import { Refusal } from '../base/refusal.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { KnownNames } from '../faults/check.ts';
import { matchMistakes } from '../faults/match-check.ts';
import { actsOnRequests, actsOnWebhooks, asksOfRequests, strikesLiving } from '../faults/place-check.ts';
import { type ConnectionMatch, fitsConnection } from '../wire/door/connection-match.ts';
import type { ActivationTable } from './activation-table.ts';
import type { LivingConnection } from './doors-port.ts';
import { refuse } from './terms.ts';
import type { World } from './world-port.ts';

export interface SeverRequest extends ConnectionMatch {
  readonly by?: string | undefined;
}

/** What became of the connections that lived when rules came into force, those of our own floods aside. */
export interface Living {
  /** At least one of the rules strikes them, or what is asked on them. */
  readonly reached: number;
  /** They were cut; floods too, where they are meant. */
  readonly severed: number;
  /** At least one of the rules leaves them as they are because they are older than it. */
  readonly spared: number;
  /** How to reach those that are spared; null when there are none. */
  readonly hint: string | null;
}

/** Lets rules that came into force reach those that live; resolves when the doors are as wanted too. */
export async function reach(world: World, rules: readonly ArmedRule[]): Promise<Living> {
  const meant = rules.filter(concernsClients);
  const living = clientsAmong(world.doors.livingConnections());
  const on = meant.filter((rule) => rule.reach === 'all' && rule.armed.connect !== undefined);
  const struck = on.length > 0 ? await world.doors.reachLiving(on) : NONE;
  await world.doors.settled();
  const cutting = meant.filter((rule) => rule.reach === 'sever');
  const cut = someFits(cutting);
  let severed = 0;
  for (const { matches } of cutting) severed += await world.doors.sever(matches);
  const byRequests = someFits(meant.filter((rule) => rule.reach === 'all' && actsOnRequests(rule.fault)));
  const left = living.filter((connection) => !cut(connection));
  const reached = left.filter((connection) => struck.has(connection.id) || byRequests(connection)).length;
  return { reached, severed, ...sparing(meant, left) };
}

/** What rules that are in force already leave as it is. */
export function sparedBy(world: World, rules: readonly ArmedRule[]): Living {
  const meant = rules.filter(concernsClients);
  const since = Math.max(...meant.map((rule) => rule.since));
  const older = clientsAmong(world.doors.livingConnections()).filter(({ openedAt }) => openedAt < since);
  return { reached: 0, severed: 0, ...sparing(meant, older) };
}

export async function sever(
  world: World,
  { guard }: Pick<ActivationTable, 'guard'>,
  { doors, addresses }: SeverRequest,
  known: KnownNames,
): Promise<number> {
  const asked = { ...(doors && { doors: [...doors] }), ...(addresses && { addresses: [...addresses] }) };
  if (world.doors.missing !== undefined) throw new Refusal('no_door', world.doors.missing);
  const mistakes = doors || addresses ? matchMistakes(asked, known) : [];
  if (mistakes.length > 0) throw refuse(mistakes);
  guard?.sweeping('sever');
  return world.doors.sever([{ doors, addresses }]);
}

const concernsClients = ({ maxShare, fault }: ArmedRule): boolean =>
  maxShare > 0 && !fault.onlyAdds && !actsOnWebhooks(fault);

const NONE: ReadonlySet<number> = new Set();

/** Without those whose client has gone and whose socket is only kept for a while. */
const clientsAmong = (living: readonly LivingConnection[]): LivingConnection[] =>
  living.filter(({ flood, lingering }) => !flood && !lingering);

const spares = ({ reach, fault }: ArmedRule): boolean => reach === 'new' || (reach === 'all' && !strikesLiving(fault));

function someFits(rules: readonly ArmedRule[]): (connection: LivingConnection) => boolean {
  const fits = rules.map(({ matches }) => fitsConnection(matches));
  return (connection) => fits.some((isMeant) => isMeant(connection));
}

function sparing(rules: readonly ArmedRule[], living: readonly LivingConnection[]): Pick<Living, 'spared' | 'hint'> {
  const sparers = rules.filter(spares).filter(({ matches }) => living.some(fitsConnection(matches)));
  const spared = living.filter(someFits(sparers)).length;
  if (spared === 0) return { spared, hint: null };
  const kinds = [...new Set(sparers.map(({ fault }) => fault.name))].join(', ');
  const them = spared === 1 ? 'it' : 'them';
  const ways = [
    ...(sparers.some(({ fault }) => strikesLiving(fault)) ? [`\`connections: all\` strikes ${them} too`] : []),
    ...(sparers.some(({ matches }) => !matches.some(asksOfRequests)) ? [`\`connections: sever\` cuts ${them}`] : []),
  ];
  const are = spared === 1 ? 'connection that lives already is' : 'connections that live already are';
  return { spared, hint: `${spared} ${are} spared by ${kinds}: ${ways.join(', ')}.` };
}
