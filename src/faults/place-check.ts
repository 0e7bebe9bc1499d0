// What a rule may ask of a kind, by the places where it acts: at accept nobody knows the request yet.
import { TLS_DOOR } from '../base/door-names.ts';
import type { Mistake } from '../base/mistake.ts';
import type { Fault, Place } from './fault.ts';
import type { Match, Reach, Rule } from './rule.ts';

const REQUEST_PLACES: readonly Place[] = ['arrive', 'work', 'answer', 'deliver'];
const OF_REQUESTS = ['operations', 'clients', 'methods', 'paths', 'headers'] as const;
const OF_WEBHOOKS = ['events', 'clients'] as const;
/** A webhook has neither a connection that came, nor a key. */
const COUNTED_OF_WEBHOOKS: readonly Rule['per'][] = [undefined, 'client', 'all'];
const COUNTING = ['skip', 'every', 'limit', 'per'] as const;

/** Whether a kind acts on requests, and not only on doors and connections. */
export const actsOnRequests = ({ at }: Pick<Fault, 'at'>): boolean =>
  at.some((place) => REQUEST_PLACES.includes(place));

/** Whether all that a kind does, it does to requests. */
export const actsOnRequestsAlone = ({ at }: Pick<Fault, 'at'>): boolean =>
  at.every((place) => REQUEST_PLACES.includes(place));

/** Whether a kind acts on webhooks: on what goes out, and never on a request or connection that comes. */
export const actsOnWebhooks = ({ at }: Pick<Fault, 'at'>): boolean => at.includes('notify');

/** Whether a kind can strike connections that live already, or what is asked on them. */
export const strikesLiving = ({ living }: Pick<Fault, 'living'>): boolean => living !== 'untouchable';

/** Why a rule of this kind cannot be told so of connections that live already. */
export function reachMistakes(
  fault: Pick<Fault, 'name' | 'at' | 'living' | 'onlyAdds'>,
  connections?: Reach,
): Mistake[] {
  const { name, onlyAdds } = fault;
  const path = 'connections';
  if (connections !== undefined && actsOnWebhooks(fault))
    return [{ path, message: `${name} acts on webhooks, which come on no connection of a client: leave it out` }];
  if (connections !== undefined && onlyAdds)
    return [{ path, message: `${name} only adds connections, and strikes none that live already: leave it out` }];
  if (connections !== 'all' || strikesLiving(fault)) return [];
  const message = `${name} acts before a connection is served, so it cannot strike those that live already: only \`sever\` cuts them; allowed: new, sever`;
  return [{ path, message }];
}

/** Whether a match asks for more than what is known of a connection without a request. */
export const asksOfRequests = (match: Match): boolean => OF_REQUESTS.some((part) => match[part] !== undefined);

/** Cutting needs to know which: nobody knows whose a connection in a pool is. All the matches hold together. */
export function severMistakes(connections: Reach | undefined, ...matches: readonly (Match | undefined)[]): Mistake[] {
  if (connections !== 'sever') return [];
  const asked = OF_REQUESTS.filter((part) => matches.some((match) => match?.[part] !== undefined));
  if (asked.length === 0) return [];
  const message = `sever cannot be had with a match by ${asked.join(', ')}: nobody knows whose a living connection is; allowed: new, all, or a match by doors and addresses alone`;
  return [{ path: 'connections', message }];
}

/** What of a rule, or of an activation laid over it, cannot be had with this kind. */
export function placeMistakes(fault: Fault, rule: Partial<Rule>): Mistake[] {
  if (actsOnWebhooks(fault)) return webhookMistakes(fault, rule);
  const events: Mistake[] = rule.match?.events
    ? [{ path: 'match.events', message: `${fault.name} acts on what clients ask, and only webhooks have a type` }]
    : [];
  if (actsOnRequests(fault)) return events;
  const asked: Mistake[] = OF_REQUESTS.filter((part) => rule.match?.[part] !== undefined).map((part) => ({
    path: `match.${part}`,
    message: `${fault.name} strikes connections, and at accept nobody knows ${part}; allowed: ${fault.at.includes('standing') ? 'doors' : 'doors, addresses'}`,
  }));
  const mistakes = [...events, ...asked];
  if (fault.inHandshake && rule.match?.doors && !rule.match.doors.includes(TLS_DOOR))
    mistakes.push({ path: 'match.doors', message: `${fault.name} strikes TLS handshakes; allowed: ${TLS_DOOR}` });
  return fault.at.includes('standing') ? [...mistakes, ...standingMistakes(fault, rule)] : mistakes;
}

/** A webhook is known by its type and by the client that it is for. */
function webhookMistakes({ name }: Fault, { match = {}, per }: Partial<Rule>): Mistake[] {
  const mistakes = (Object.keys(match) as (keyof Match)[])
    .filter((part) => match[part] !== undefined && !OF_WEBHOOKS.some((known) => known === part))
    .map((part) => ({
      path: `match.${part}`,
      message: `${name} acts on webhooks, which have no ${part}; allowed: ${OF_WEBHOOKS.join(', ')}`,
    }));
  if (!COUNTED_OF_WEBHOOKS.includes(per))
    mistakes.push({ path: 'per', message: `${name} acts on webhooks, which have no ${per}; allowed: client, all` });
  return mistakes;
}

/** A door is as it is for everybody. */
function standingMistakes({ name }: Fault, rule: Partial<Rule>): Mistake[] {
  const mistakes: Mistake[] = [];
  if (rule.match?.addresses !== undefined)
    mistakes.push({ path: 'match.addresses', message: `${name} strikes a door, for whoever comes; allowed: doors` });
  if (rule.share !== undefined && rule.share !== 0 && rule.share !== 1)
    mistakes.push({ path: 'share', message: `${name} strikes a door, so that its share can only be 0 or 1` });
  for (const field of COUNTING)
    if (rule[field] !== undefined)
      mistakes.push({ path: field, message: `${name} strikes a door, where there is nothing to count` });
  return mistakes;
}
