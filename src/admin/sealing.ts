// What a viewer, or an event, may show while a hidden scenario is played: that there are faults, and not which.
import { Refusal } from '../base/refusal.ts';
import type { World } from '../director/world-port.ts';
import type { Worlds } from '../director/worlds-port.ts';
import { isSealed, SEALED, withheldPlayback } from '../scenarios/playback-state.ts';
import type { Action, Activation, ActiveRule, ProfileLine } from './contract/contract.ts';
import type { Entry } from './contract/entry.ts';
import type { ScenarioLine } from './contract/playback.ts';
import type { RehearsalAnswer, RehearsalLine } from './contract/rehearsal.ts';
import type { State } from './contract/state.ts';
import type { WebhookDelivery } from './contract/webhooks.ts';
import type { AdminCode } from './statuses.ts';

export const sealedRule = ({ held, since, shareNow, ...rule }: ActiveRule): ActiveRule => ({
  id: SEALED,
  activation: SEALED,
  fault: SEALED,
  ...countsOf(rule),
  ...{ held, since, shareNow },
  expiresAt: null,
});

const countsOf = ({ matched, acted, spared, inapplicable, limited }: Pick<ActiveRule, Counts>) => ({
  ...{ matched, acted, spared, inapplicable, limited },
});
type Counts = 'matched' | 'acted' | 'spared' | 'inapplicable' | 'limited';

export const sealedActivation = ({ since, rules }: Activation): Activation => ({
  activation: SEALED,
  profile: SEALED,
  summary: SEALED,
  since,
  expiresAt: null,
  by: null,
  note: null,
  seed: 0,
  match: null,
  share: null,
  rules: rules.map(sealedRule),
});

export const sealedState = (state: State): State => ({
  ...state,
  activations: state.activations.map(sealedActivation),
  rules: state.rules.map(sealedRule),
  playback: withheldPlayback(state.playback),
  profiles: { ...state.profiles, errors: [] },
});

/** Settings would tell a stall; what can be observed stays. */
const sealedLoad = ({ observed }: { readonly observed: unknown }) => ({ observed });

/** Its draws would tell rules apart. */
export function sealedEntry(entry: Entry): Entry {
  if (entry.kind === 'event') return entry;
  const hits = entry.hits.map(() => ({ rule: SEALED, fault: SEALED, draw: 0 }));
  const sealed = { ...entry, hits, spared: [], inapplicable: [], limited: [] };
  return sealed.kind === 'exchange' && sealed.about && hits.length > 0
    ? { ...sealed, about: { ...sealed.about, ...UNTOLD } }
    : sealed;
}

/** What an answer said that a rule has acted on would tell of which kind it is. */
const UNTOLD = { code: null, retryAfterMs: null, isWrongType: false };

/** Who did something and when stays; what was done does not. */
export const sealedAction = ({ id, at, world, who, remote }: Action): Action => ({
  ...{ id, at, world, who, remote },
  verb: SEALED,
  by: null,
  body: {},
  result: {},
});

/** Who acted on it is not to be told; that it was late or lost, its seller sees. */
const sealedDelivery = (delivery: WebhookDelivery): WebhookDelivery => ({
  ...delivery,
  rules: delivery.rules.map(() => SEALED),
  attempts: delivery.attempts.map((attempt) => ({ ...attempt, signature: null })),
});

export const sealedRehearsalLine = (line: RehearsalLine): RehearsalLine => ({ ...line, title: SEALED, phase: null });

/** It names the scenario, and its phases tell when rules began. */
function sealedRehearsal(rehearsal: RehearsalAnswer): RehearsalAnswer {
  const { plan } = rehearsal;
  const sealed = { ...plan, title: SEALED, scenario: plan.scenario && { ...plan.scenario, name: SEALED }, phases: [] };
  const abort = rehearsal.abort && { ...rehearsal.abort, value: SEALED };
  return { ...rehearsal, title: SEALED, phase: null, phases: [], abort, plan: sealed, troubles: [] };
}

/** Which profiles come with the program is no secret; which are in force is one. */
const sealedProfile = (profile: ProfileLine): ProfileLine => ({ ...profile, activations: [] });

/** The others were made for this server, perhaps for this very story, and so were hidden scenarios. */
const isPublic = ({ source }: Pick<ProfileLine, 'source'>): boolean => source === 'shipped';
const sealedProfiles = ({ data }: Listed<ProfileLine>) => ({ data: data.filter(isPublic).map(sealedProfile) });
const sealedScenarios = ({ data }: Listed<ScenarioLine>) => ({
  data: data.filter(({ hidden }) => !hidden).map((line) => ({ ...line, errors: [] })),
});

type Listed<Item> = { readonly data: readonly Item[] };
type Seal = (body: never) => unknown;

const listed =
  <Item>(seal: (item: Item) => Item) =>
  (list: Listed<Item>): Listed<Item> => ({ ...list, data: list.data.map(seal) });

/** Answers of routes, by the route's name. */
const SEALS: Readonly<Record<string, Seal>> = {
  listActivations: listed(sealedActivation),
  listRules: listed(sealedRule),
  listActions: listed(sealedAction),
  queryJournal: listed(sealedEntry),
  listProfiles: sealedProfiles,
  getProfile: sealedProfile,
  listScenarios: sealedScenarios,
  getState: sealedState,
  listDeliveries: listed(sealedDelivery),
  getRehearsal: sealedRehearsal,
  listRehearsals: listed(sealedRehearsalLine),
  getCapacity: sealedLoad,
  getCrowd: sealedLoad,
};

/** What they answer is of the shelf, which all worlds share. */
const OF_THE_SHELF: ReadonlySet<string> = new Set(['listProfiles', 'getProfile', 'listScenarios']);

/** Whether a viewer may not be told all now: of a world while a hidden scenario is played there, of the shelf while one is anywhere. */
export function isSealedFor(route: string, world: World, worlds: Worlds): boolean {
  const concerned = OF_THE_SHELF.has(route) ? [...worlds.all] : [world];
  return concerned.some(({ playback }) => isSealed(playback.player.status));
}

/** What they answer, or refuse, tells what kind of fault it is. */
const PROBING: ReadonlySet<string> = new Set(['verifyJournal', 'forecastCapacity', 'getScorecard']);
/** An earlier rehearsal may have played the same story. */
const isReport = (route: string): boolean => route.startsWith('getReportAs');

/** Throws for a question whose answer, or refusal, would tell rules apart. */
export function refuseProbing(route: string, query: unknown, profile: Pick<ProfileLine, 'source'> | undefined): void {
  const ofTheirs = route === 'getProfile' && !(profile && isPublic(profile));
  const byRule = typeof query === 'object' && query !== null && 'rule' in query && query.rule !== undefined;
  if (ofTheirs || PROBING.has(route) || isReport(route) || (route === 'queryJournal' && byRule))
    throw new Refusal<AdminCode>('forbidden', 'faults are sealed until the hidden scenario has ended');
}

/** The body of an answer as a viewer may see it while a hidden scenario is played. */
export function sealedBody(route: string, body: unknown): unknown {
  const seal = Object.hasOwn(SEALS, route) ? SEALS[route] : undefined;
  return seal ? seal(body as never) : body;
}
