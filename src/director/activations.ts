// Puts profiles in force under a name, renews them, replaces them, and ends them.

import { nearest } from '../base/nearest.ts';
import { Refusal } from '../base/refusal.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { CheckedRule, KnownNames } from '../faults/check.ts';
import { forOneDocument, withoutKeys } from '../faults/known-names.ts';
import { activationMistakes, type ExcludedRule as ExcludedByIndex } from '../faults/laid-over.ts';
import type { Match, Reach, Rule, Share } from '../faults/rule.ts';
import { pacedShare } from '../scenarios/paced-share.ts';
import type { Pace } from '../scenarios/scenario-port.ts';
import type { Shelf, ShelvedProfile } from '../shelf/shelf.ts';
import type { Release, Released } from '../wire/held.ts';
import type { Activation, ActivationTable, Ended } from './activation-table.ts';
import { type Living, reach, sparedBy } from './connections.ts';
import type { Arming, Guard } from './guard.ts';
import { canonical, refuse, type TtlBounds, ttlOf } from './terms.ts';
import type { World } from './world-port.ts';

export interface ActivateRequest {
  readonly profile: string;
  /** Name of the activation; the profile's when unset. */
  readonly as?: string | undefined;
  /** As written, `5m`. */
  readonly ttl?: string | undefined;
  /** Replaces the share of every rule. */
  readonly share?: Share | undefined;
  /** ANDed with each rule's own. */
  readonly match?: Match | undefined;
  /** In the place of the world's. */
  readonly seed?: number | undefined;
  /** Which connections it strikes; goes before what each rule says, and that before what its kind does. */
  readonly connections?: Reach | undefined;
  readonly by?: string | undefined;
  readonly note?: string | undefined;
  /** Of a scenario's cue: ramps are in story time, and may be under way. */
  readonly pace?: Pick<Pace, 'speed' | 'lateMs'> | undefined;
}

/** A rule that no request can fit together with the match of its activation. */
export interface ExcludedRule {
  readonly rule: string;
  readonly why: string;
}

/** What came of it. */
export interface Activated {
  readonly activation: Activation;
  readonly how: 'activated' | 'renewed' | 'replaced';
  /** Of what the replaced rules held. */
  readonly released: Released;
  readonly living: Living;
  /** What clients are called that were named by their keys. */
  readonly shownAs: readonly string[];
  /** Of its rules, those that no request can fit together with the match of the activation, and why. */
  readonly excluded: readonly ExcludedRule[];
}

export interface Means {
  readonly shelf: Shelf;
  readonly known: KnownNames;
  readonly ttl: TtlBounds;
}

const NOTHING_HELD: Released = Object.freeze({ dropped: 0, answered: 0 });

/** The name that rules without activation use in its place. */
const RESERVED = 'rule';

export async function activate(
  world: World,
  table: ActivationTable,
  written: ActivateRequest,
  { shelf, known, ttl }: Means,
): Promise<Activated> {
  const shelved = shelf.get(written.profile);
  const name = written.as ?? written.profile;
  const excluded = refuseMistaken(written, name, shelved, known);
  const { match, shownAs } = withoutKeys(written.match, known);
  const request = { ...written, match };
  const named = [...new Set([...shownAs, ...shelved.checked.flatMap((rule) => rule.shownAs ?? [])])];
  const found = {
    shownAs: named,
    excluded: excluded.map(({ index, why }) => ({ rule: idOf(shelved, index, name), why })),
  };
  const { by = null, note = null, ...asked } = request;
  const ttlMs = ttlOf(request.ttl, ttl);
  const now = world.clock.now();
  const expiresAt = ttlMs === null ? null : now + ttlMs;
  const standing = table.activations.get(name);
  const text = canonical(asked);
  if (standing && standing.asked === text && standing.shelved.text === shelved.text) {
    askGuard(world, table.guard?.arming, { rules: standing.rules, expiresAt, isCue: request.pace !== undefined });
    standing.by = by;
    standing.note = note;
    table.renew(standing, expiresAt);
    const living = sparedBy(world, standing.rules);
    return { activation: standing, how: 'renewed', released: NOTHING_HELD, living, ...found };
  }
  const activation: Activation = {
    name,
    shelved,
    asked: text,
    match: request.match,
    share: request.share === undefined ? undefined : inPace(request.share, request.pace),
    seed: request.seed ?? world.seed,
    since: now,
    rules: [],
    expiresAt,
    by,
    note,
  };
  activation.rules = armAll(world, activation, {
    standing,
    pace: request.pace,
    connections: request.connections,
  });
  const replaced = standing?.rules;
  const arming = { rules: activation.rules, expiresAt, isCue: request.pace !== undefined };
  askGuard(world, table.guard?.arming, arming, replaced);
  table.stand(activation, standing);
  const released = replaced
    ? await world.holds.release(undefined, new Set(replaced.map(({ id }) => id)))
    : NOTHING_HELD;
  const living = await reach(world, activation.rules);
  return { activation, how: replaced ? 'replaced' : 'activated', released, living, ...found };
}

/** Why a profile can be put in force so at no time, as the server and the doors of this world are; undefined when it can. */
export function whyNever(
  world: World,
  written: ActivateRequest,
  { shelf, known, ttl }: Means,
  guard?: Guard['arming'],
): string | undefined {
  const name = written.as ?? written.profile;
  try {
    const shelved = shelf.get(written.profile);
    refuseMistaken(written, name, shelved, known);
    const { match } = withoutKeys(written.match, known);
    const ttlMs = ttlOf(written.ttl, ttl);
    const rules = armAll(
      world,
      { name, shelved, match, share: written.share, seed: world.seed },
      { connections: written.connections },
    );
    const expiresAt = ttlMs === null ? null : world.clock.now() + ttlMs;
    askGuard(world, guard, { rules, expiresAt, isCue: written.pace !== undefined });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return 'room' in error.facts ? undefined : error.message; // by then there may be room
  }
}

/** With what stays in force beside them. */
function askGuard(
  { engine }: World,
  guard: Guard['arming'] | undefined,
  arming: Omit<Arming, 'beside'>,
  replaced: readonly ArmedRule[] = [],
): void {
  const leaving = new Set([...arming.rules, ...replaced]);
  guard?.({ ...arming, beside: engine.rules.filter((rule) => !leaving.has(rule)) });
}

/** Throws a Refusal of everything that is wrong; gives the rules that can strike nothing so, which must not be all. */
function refuseMistaken(
  { match, share, connections }: ActivateRequest,
  name: string,
  { checked }: ShelvedProfile,
  known: KnownNames,
): readonly ExcludedByIndex[] {
  const { mistakes, excluded } = activationMistakes({ match, share, connections }, checked, forOneDocument(known));
  const taken =
    name === RESERVED ? [{ path: 'as', message: `${JSON.stringify(RESERVED)} is taken by single rules` }] : [];
  if (mistakes.length + taken.length > 0) throw refuse([...mistakes, ...taken]);
  return excluded;
}

/** What a rule of a profile is called under the name of an activation. */
const idOf = ({ checked }: ShelvedProfile, index: number, name: string): string =>
  checked[index]?.rule.id ?? `${name}/${index}`;

/** An id of its own that another activation has taken is put under this activation's name, so that both can stand. */
function armAll(
  world: World,
  { name, shelved, ...overrides }: Pick<Activation, 'name' | 'shelved' | 'seed' | 'match' | 'share'>,
  {
    standing,
    pace,
    connections,
  }: Pick<ActivateRequest, 'pace' | 'connections'> & { readonly standing?: Activation | undefined },
): ArmedRule[] {
  const own = new Set(standing?.rules);
  const taken = new Set(world.engine.rules.filter((rule) => !own.has(rule)).map(({ id }) => id));
  const named = shelved.checked.map((each): CheckedRule => {
    const checked = { ...each, rule: pacedRule(each.rule, pace) };
    const { id } = checked.rule;
    return id !== undefined && taken.has(id)
      ? { ...checked, rule: { ...checked.rule, id: `${name}/${id}` }, writtenId: id }
      : checked;
  });
  const { seed, match, share } = overrides;
  return world.engine.arm(named, {
    activation: name,
    seed,
    ...(match && { match }),
    ...(share !== undefined && { share }),
    ...(connections && { connections }),
  });
}

const inPace = (share: Share, pace: ActivateRequest['pace']): Share => (pace ? pacedShare(share, pace) : share);

const pacedRule = (rule: Rule, pace: ActivateRequest['pace']): Rule =>
  rule.share === undefined ? rule : { ...rule, share: inPace(rule.share, pace) };

/** Ends every activation of a profile; one that is known and not in force ends nothing. */
export function deactivate(
  table: ActivationTable,
  profile: string,
  how: Release | undefined,
  shelf: Shelf,
): Promise<Ended> {
  const standing = [...table.activations.values()].filter(({ shelved }) => shelved.name === profile);
  if (standing.length === 0 && !shelf.find(profile)) shelf.get(profile); // refuses, and says what is known
  return table.end(
    standing.flatMap(({ rules }) => rules),
    how,
  );
}

export function endActivation(table: ActivationTable, name: string, how: Release | undefined): Promise<Ended> {
  const standing = table.activations.get(name);
  if (standing) return table.end(standing.rules, how);
  const known = [...table.activations.keys()];
  const close = nearest(name, known);
  throw new Refusal('not_found', `no activation ${JSON.stringify(name)} is in force`, {
    known,
    ...(close && { nearest: close }),
  });
}

/** Profiles in force, to be asked before one is taken off the shelf. */
export function activationsOf(table: ActivationTable, { name }: Pick<ShelvedProfile, 'name'>): string[] {
  return [...table.activations.values()]
    .filter(({ shelved }) => shelved.name === name)
    .map((standing) => standing.name);
}
