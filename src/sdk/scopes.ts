// What ends with a scope: a fault in force, and a world. `await using` ends it on Node 24, and `close()` everywhere.
import type { ActivateBody, Activated, ActiveRule, AddedRule, Ended, RuleBody } from '../admin/contract/contract.ts';
import type { NamedOperation } from '../admin/contract/operations.ts';
import type { World } from '../admin/contract/worlds.ts';
import { given } from './calls.ts';
import { AdminError } from './errors.ts';

/** For short, of a match. */
interface Narrowed {
  readonly operations?: NamedOperation[];
  readonly clients?: string[];
  readonly doors?: string[];
}

/** How a profile is put in force. */
export interface OnOptions extends ActivateBody, Narrowed {}
/** How a single rule is. */
export interface RuleOptions extends Narrowed, Pick<RuleBody, 'share' | 'ttl'> {}

/** A fault in force until it is closed. */
export interface FaultScope extends AsyncDisposable {
  /** Of the activation, or the id of the rule. */
  readonly name: string;
  /** As they were put in force. */
  readonly rules: readonly ActiveRule[];
  /** What it ended; null where it had ended already: by its ttl, by a heal, or with its world. */
  close(): Promise<Ended | null>;
}

/** A world that is deleted when it is closed. */
export interface WorldScope<Client> extends World, AsyncDisposable {
  /** The client of this world. */
  readonly admin: Client;
  close(): Promise<void>;
}

export interface ArmingCalls {
  activate(profile: string, request?: ActivateBody): Promise<Activated>;
  /** Ends one, by the name that it was given. */
  endActivation(as: string): Promise<Ended>;
  addRule(rule: RuleBody): Promise<AddedRule>;
  deleteRule(id: string): Promise<Ended>;
}

export interface On {
  (profile: string, options?: OnOptions): Promise<FaultScope>;
  (rule: RuleBody, options?: RuleOptions): Promise<FaultScope>;
}

/**
 * A profile that is put in force again while it is on gets another name, `flaky-503-2`: the two stand beside each other.
 * Names follow the order of the calls, and so do the draws made by them.
 */
export function faultScopes(calls: ArmingCalls): On {
  const taken = new Set<string>();
  const profileOn = async (profile: string, { operations, clients, doors, match, ...rest }: OnOptions) => {
    const as = rest.as ?? freeName(profile, taken);
    taken.add(as);
    const free = (): boolean => taken.delete(as);
    try {
      const { rules } = await calls.activate(profile, {
        ...rest,
        as,
        ...matching(match, { operations, clients, doors }),
      });
      return scopeOf(as, rules, () => calls.endActivation(as).finally(free));
    } catch (error) {
      free();
      throw error;
    }
  };
  const ruleOn = async (rule: RuleBody, { share, ttl, ...narrowed }: RuleOptions) => {
    const added = await calls.addRule({ ...rule, ...given({ share, ttl }), ...matching(rule.match, narrowed) });
    return scopeOf(added.id, [added], () => calls.deleteRule(added.id));
  };
  return (what: string | RuleBody, options: OnOptions = {}) =>
    typeof what === 'string' ? profileOn(what, options) : ruleOn(what, options);
}

/** What has gone already need not go again. */
export const unlessGone = (error: unknown): null => {
  if (error instanceof AdminError && (error.status === 404 || error.status === 410)) return null;
  throw error;
};

function scopeOf(name: string, rules: readonly ActiveRule[], end: () => Promise<Ended>): FaultScope {
  let closing: Promise<Ended | null> | undefined;
  const close = (): Promise<Ended | null> => {
    closing ??= end().catch(unlessGone);
    return closing;
  };
  return {
    name,
    rules,
    close,
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
}

function freeName(profile: string, taken: ReadonlySet<string>): string {
  for (let nth = 2, name = profile; ; name = `${profile}-${nth++}`) if (!taken.has(name)) return name;
}

function matching(match: RuleBody['match'], narrowed: Narrowed): { match?: NonNullable<RuleBody['match']> } {
  const whole = { ...match, ...given(narrowed) };
  return Object.keys(whole).length > 0 ? { match: whole } : {};
}
