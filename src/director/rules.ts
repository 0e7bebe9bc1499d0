// Single rules: put in force without a file, and taken out one by one.
import { formatDuration } from '../base/duration.ts';
import { nearest } from '../base/nearest.ts';
import { Refusal } from '../base/refusal.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import { checkRule, type KnownNames } from '../faults/check.ts';
import type { Rule } from '../faults/rule.ts';
import type { Release } from '../wire/held.ts';
import type { ActivationTable, Ended } from './activation-table.ts';
import { refuse, type TtlBounds, ttlOf } from './terms.ts';
import type { World } from './world-port.ts';

/** A rule put in force, and what clients are called that it names by their keys. */
export interface AddedRule {
  readonly added: ArmedRule;
  readonly shownAs: readonly string[];
}

export function addRule(
  world: World,
  table: ActivationTable,
  written: Rule,
  known: KnownNames,
  bounds: TtlBounds,
): AddedRule {
  const ttlMs = ttlOf(written.ttl, bounds);
  const checked = checkRule(ttlMs === null ? written : { ...written, ttl: formatDuration(ttlMs) }, known);
  if ('mistakes' in checked) throw refuse(checked.mistakes);
  if (world.engine.rules.every(({ activation }) => activation !== null)) table.ruleNumber = 1; // the same rules again are numbered alike
  const taken = new Set(world.engine.rules.map(({ id }) => id));
  while (written.id === undefined && taken.has(`rule/${table.ruleNumber}`)) table.ruleNumber++;
  const [rule] = world.engine.arm([checked], { activation: null, seed: world.seed }, table.ruleNumber);
  if (!rule) throw new Error('one rule was armed, none came');
  table.guard?.arming({ rules: [rule], beside: world.engine.rules, expiresAt: rule.expiresAt, isCue: false });
  table.standAlone(rule);
  table.ruleNumber++;
  return { added: rule, shownAs: checked.shownAs ?? [] };
}

/** Also ends a rule of an activation; the activation ends with its last. */
export function deleteRule(world: World, table: ActivationTable, id: string, how: Release | undefined): Promise<Ended> {
  const rule = world.engine.rules.find((candidate) => candidate.id === id);
  if (!rule) {
    const close = nearest(
      id,
      world.engine.rules.map((one) => one.id),
    );
    const hint = close === undefined ? '' : `; did you mean ${close}?`;
    throw new Refusal('not_found', `no rule ${JSON.stringify(id.slice(0, 200))} is in force${hint}`);
  }
  return table.end([rule], how);
}
