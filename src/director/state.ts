// One snapshot of a world: what is in force, what is held, what was sold. Times are epoch milliseconds.
import type { PlacedMistake } from '../base/document.ts';
import type { Observed } from '../capacity/observed.ts';
import type { ArmedRule, RuleCounts } from '../faults/armed-rule.ts';
import type { Match, Rule, Share } from '../faults/rule.ts';
import type { JournalStats } from '../journal/journal.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { redact } from './actions.ts';
import type { Activation, ActivationTable } from './activation-table.ts';
import type { Activated } from './activations.ts';
import { type ClockState, clockState } from './clock.ts';
import type { Living } from './connections.ts';
import type { CrowdSeen } from './load-port.ts';
import type { AddedRule } from './rules.ts';
import type { WebhookTotals } from './webhooks-port.ts';
import type { World } from './world-port.ts';

export interface RuleState {
  readonly id: string;
  /** Null for a single rule. */
  readonly activation: string | null;
  readonly fault: string;
  /** As written, secrets in headers aside. */
  readonly spec: Rule;
  /** Null for a kind whose acts nobody can count. */
  readonly counts: RuleCounts | null;
  /** Requests it holds now. */
  readonly held: number;
  readonly since: number;
  readonly expiresAt: number | null;
  /** In force at this moment, 0..1. */
  readonly share: number;
}

export interface ActivationState {
  readonly activation: string;
  readonly profile: string;
  readonly summary: string;
  readonly since: number;
  readonly expiresAt: number | null;
  readonly by: string | null;
  readonly note: string | null;
  readonly seed: number;
  readonly match: Match | null;
  readonly share: Share | null;
  readonly rules: readonly RuleState[];
}

export interface ActivatedState extends ActivationState, Pick<Activated, 'how' | 'living' | 'shownAs' | 'excluded'> {}

export interface AddedState extends RuleState, Pick<AddedRule, 'shownAs'> {
  readonly living: Living;
}

export interface WorldState {
  readonly world: string;
  readonly seed: number;
  readonly catalog: string;
  readonly startedAt: number;
  readonly uptimeMs: number;
  readonly clock: ClockState;
  readonly activations: readonly ActivationState[];
  /** Single rules, of no activation. */
  readonly rules: readonly RuleState[];
  readonly inFlight: number;
  readonly held: number;
  readonly connections: number;
  /** What is wrong with its doors themselves, in words. */
  readonly doorTroubles: readonly string[];
  readonly boxOffice: ReturnType<World['totals']>;
  readonly journal: JournalStats;
  /** What it was seen to do; null while it is off. */
  readonly capacity: Observed | null;
  readonly crowd: CrowdSeen | null;
  readonly webhooks: WebhookTotals;
  readonly profiles: { readonly count: number; readonly errors: readonly PlacedMistake[] };
}

export function ruleState(rule: ArmedRule, held: ReadonlyMap<string, number>): RuleState {
  const { id, activation, fault, spec, counts, since, expiresAt } = rule;
  const headers = spec.match?.headers;
  const shown = headers ? { ...spec, match: { ...spec.match, headers: redact(headers) as typeof headers } } : spec;
  return {
    id,
    activation,
    fault: fault.name,
    spec: shown,
    counts: fault.countable ? { ...counts } : null,
    held: held.get(id) ?? 0,
    since,
    expiresAt,
    share: rule.shareNow(),
  };
}

export function ruleStates({ engine, holds }: World): RuleState[] {
  const held = holds.countByRule();
  return engine.rules.map((rule) => ruleState(rule, held));
}

export function activationState(activation: Activation, held: ReadonlyMap<string, number>): ActivationState {
  const { name, shelved, since, expiresAt, by, note, seed, match, share, rules } = activation;
  return {
    activation: name,
    profile: shelved.name,
    summary: shelved.profile.summary,
    since,
    expiresAt,
    by,
    note,
    seed,
    match: match?.headers ? { ...match, headers: redact(match.headers) as typeof match.headers } : (match ?? null),
    share: share ?? null,
    rules: rules.map((rule) => ruleState(rule, held)),
  };
}

export function activationStates({ holds }: World, table: ActivationTable): ActivationState[] {
  const held = holds.countByRule();
  return [...table.activations.values()].map((activation) => activationState(activation, held));
}

export function worldState(world: World, table: ActivationTable, shelf: Shelf): WorldState {
  const { name, seed, catalog, startedAt, clock, holds, journal, load } = world;
  return {
    world: name,
    seed,
    catalog,
    startedAt,
    uptimeMs: clock.now() - startedAt,
    clock: clockState(world),
    activations: activationStates(world, table),
    rules: ruleStates(world).filter(({ activation }) => activation === null),
    inFlight: world.inFlight(),
    held: holds.size,
    connections: world.doors.count,
    doorTroubles: world.doors.troubles,
    boxOffice: world.totals(),
    journal: journal.stats,
    capacity: load.capacityObserved(),
    crowd: load.observed(),
    webhooks: world.webhooks.totals,
    profiles: { count: shelf.list().length, errors: shelf.mistakes },
  };
}
