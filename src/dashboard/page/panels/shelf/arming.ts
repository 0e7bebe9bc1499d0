// A profile to be armed: what its rules leave to choose, what is sent, and what that means in plain words.
import type { ActivateBody, Kind, Profile } from '../../../../admin/contract/contract.ts';
import { WORDS } from '../../words/shelf.ts';

/** What a rule or an activation is aimed at; empty: everything. */
export interface Aim {
  readonly operations: readonly string[];
  readonly clients: readonly string[];
  readonly doors: readonly string[];
  readonly events: readonly string[];
}

export const EVERYTHING: Aim = { operations: [], clients: [], doors: [], events: [] };

/** As it is typed: a share in percent, an empty field left out. */
export interface ArmDraft {
  readonly aim: Aim;
  readonly share: string;
  readonly ttl: string;
  readonly as: string;
  readonly note: string;
  readonly connections: string;
}

/** Long enough to see it, and short enough to be forgotten. */
export const FIRST_TTL = '2m';

export const FIRST_DRAFT: ArmDraft = {
  ...{ aim: EVERYTHING, share: '', ttl: FIRST_TTL, as: '', note: '', connections: '' },
};

/** What kinds act on. */
export type Struck = 'requests' | 'connections' | 'webhooks';

/** What the rules of a profile leave to choose. */
export interface Reach {
  readonly struck: readonly Struck[];
  /** Those that its rules name; null: any. */
  readonly operations: readonly string[] | null;
  readonly clients: readonly string[] | null;
  /** Some of its rules strike only a share, or count. */
  readonly strikesSome: boolean;
}

export function reachOf(rules: Profile['rules'], kinds: readonly Kind[]): Reach {
  const struck = new Set(rules.map(({ fault }) => struckBy(kinds.find(({ name }) => name === fault))));
  return {
    struck: [...struck],
    operations: namedByAll(rules.map(({ match }) => match?.operations)),
    clients: namedByAll(rules.map(({ match }) => match?.clients)),
    strikesSome: rules.some(({ share, every, skip, limit }) =>
      [share, every, skip, limit].some((given) => given !== undefined),
    ),
  };
}

/** What all that is struck has: a connection has no client yet, and a webhook no operation. */
export const mayAimAt = (struck: readonly Struck[]) => ({
  operations: struck.every((one) => one === 'requests'),
  clients: !struck.includes('connections'),
  events: struck.every((one) => one === 'webhooks'),
});

/** A kind that this page does not know acts on requests, as most do. */
export function struckBy(kind: Pick<Kind, 'at'> | undefined): Struck {
  const at = kind?.at ?? [];
  if (at.includes('notify')) return 'webhooks';
  return at.length > 0 && at.every((place) => place === 'standing' || place === 'connect') ? 'connections' : 'requests';
}

function namedByAll(named: readonly (readonly string[] | undefined)[]): readonly string[] | null {
  if (named.some((names) => names === undefined)) return null;
  return [...new Set(named.flatMap((names) => names ?? []))];
}

/** Undefined: nothing is given. */
export function matchOf({ operations, clients, doors, events }: Aim): ActivateBody['match'] {
  const given = {
    ...(operations.length > 0 && { operations: [...operations] }),
    ...(clients.length > 0 && { clients: [...clients] }),
    ...(doors.length > 0 && { doors: [...doors] }),
    ...(events.length > 0 && { events: [...events] }),
  };
  return Object.keys(given).length === 0 ? undefined : given;
}

/** Of a share in percent; undefined: it is left to the rules. */
export const shareOf = (percent: string): number | undefined => {
  const share = Number(percent) / 100;
  return percent.trim() === '' || Number.isNaN(share) ? undefined : share;
};

export function bodyOf({ aim, share, ttl, as, note, connections }: ArmDraft): ActivateBody {
  const [match, part] = [matchOf(aim), shareOf(share)];
  return {
    ...(match && { match }),
    ...(part !== undefined && { share: part }),
    ...(ttl.trim() !== '' && { ttl: ttl.trim() }),
    ...(as.trim() !== '' && { as: as.trim() }),
    ...(note.trim() !== '' && { note: note.trim() }),
    ...(isReach(connections) && { connections }),
  };
}

const REACHES = ['new', 'all', 'sever'] as const;
export const isReach = (text: string): text is (typeof REACHES)[number] =>
  (REACHES as readonly string[]).includes(text);

/** `upstream-hang on getSeatMap for my-shop, all requests, for 2 minutes`. */
export function sentenceOf(
  what: string,
  { aim, share, ttl }: Pick<ArmDraft, 'aim' | 'share' | 'ttl'>,
  reach: Reach,
): string {
  const words = WORDS.sentence;
  const operations = aim.operations.length > 0 ? aim.operations : reach.operations;
  const clients = aim.clients.length > 0 ? aim.clients : reach.clients;
  const overRequests = reach.struck.includes('requests');
  const parts = [
    ...(overRequests ? [operations === null ? words.everyOperation : words.on(listed(operations))] : []),
    ...(aim.events.length > 0 ? [words.ofTypes(listed(aim.events))] : []),
    clients === null ? words.everyClient : words.for(listed(clients)),
    ...(aim.doors.length > 0 ? [words.atDoors(listed(aim.doors))] : []),
  ];
  const whole = reach.struck.map((one) => words[one]).join(` ${words.and} `);
  const part = shareOf(share);
  const often =
    part === undefined ? (reach.strikesSome ? words.asRulesSay(whole) : words.all(whole)) : words.percent(part, whole);
  return `${[what, ...parts].join(' ')}, ${often}, ${ttl.trim() === '' ? words.endless : words.time(durationWords(ttl))}`;
}

export function listed(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} ${WORDS.sentence.and} ${last}`;
}

const UNITS = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day' } as const;

/** `2m` as `2 minutes`; anything else as it is. */
export function durationWords(text: string): string {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  if (figure === undefined || unit === undefined) return text.trim();
  return `${figure} ${UNITS[unit as keyof typeof UNITS]}${Number(figure) === 1 ? '' : 's'}`;
}
