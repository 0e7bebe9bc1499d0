// The rules in force in one world, in order, and what they decide about a request.
import { hash32, join32 } from '../base/chance.ts';
import type { Outcome } from '../base/outcome.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { ConnectionFate } from '../wire/connection/connection-fate.ts';
import type { FatePart } from '../wire/connection/fate-part.ts';
import { type DoorConditions, NO_CONDITIONS, stricter } from '../wire/door/door-conditions.ts';
import { ArmedRule, type EngineContext, type Overrides } from './armed-rule.ts';
import type { CheckedRule } from './check.ts';
import type { DrawnStrike } from './drawn-strike.ts';
import type { Conditions } from './fault.ts';
import { HeaderFaults, type HeaderFaultsSettings } from './header/header-faults.ts';
import type { Notice } from './notice.ts';
import { arrivalOfNotice, foldNotices, type PlannedNotice } from './notified.ts';
import { actsOnRequests } from './place-check.ts';
import { Plan, UNTOUCHED } from './plan.ts';
import { type Draws, type DrawsKeeper, Recorder } from './recorder.ts';

/** Where it is written what becomes of the rules for one request or connection, and who is told. */
export interface DrawsRecord {
  readonly draws?: Draws;
  readonly keeper?: DrawsKeeper;
}

/** Of every rule in force. */
export interface Counted {
  readonly fault: string;
  readonly outcome: Outcome;
}

const NO_RULES: readonly never[] = Object.freeze([]);

const ADMITTED: ConnectionFate = Object.freeze({ admission: 'admit' });

/** Rules in force at once, over all activations: a list of them all is some 600 kB, made and sent at once. */
export const MAX_RULES = 2500;

/** Answers remembered; when there are more, all are forgotten. */
const MAX_FAMILIES = 50_000;

/** In the memo, for every client that no rule names: what strikes one of them may strike them all. */
const ANYBODY = '';

export class Engine {
  /** Told after every change of the rules in force. */
  readonly changed: Topic<void> = createTopic();
  /** Told what becomes of each rule for a request or connection, once. */
  readonly counted: Topic<Counted> = createTopic();
  /** What requests ask for by header; undefined where they may not. */
  readonly byHeader: HeaderFaults | undefined;
  readonly #context: EngineContext;
  #rules: readonly ArmedRule[] = [];
  /** Those that strike connections as they are accepted. */
  #connecting: readonly ArmedRule[] = [];
  /** Those that act on webhooks. */
  #notifying: readonly ArmedRule[] = [];
  readonly #families = new Map<string, Map<string, readonly ArmedRule[]>>();
  /** Clients that some rule in force names. */
  #named: ReadonlySet<string> = new Set();
  #familyCount = 0;

  constructor(context: Omit<EngineContext, 'counted'>, byHeader?: HeaderFaultsSettings) {
    const counted = (fault: string, outcome: Outcome): void => {
      if (this.counted.listeners > 0) this.counted.publish({ fault, outcome });
    };
    this.#context = { ...context, counted };
    this.byHeader = byHeader && new HeaderFaults(byHeader, this.#context);
  }

  get rules(): readonly ArmedRule[] {
    return this.#rules;
  }

  /** Arms rules without putting them in force, so that a refusal leaves everything as it was. */
  arm(checked: readonly CheckedRule[], overrides: Overrides, firstIndex = 0): ArmedRule[] {
    const armed: ArmedRule[] = [];
    const context = { ...this.#context, conditions: behind(armed, this.#context.conditions) };
    for (const [index, rule] of checked.entries())
      armed.push(new ArmedRule(rule, firstIndex + index, overrides, context));
    return armed;
  }

  /** Puts armed rules in force behind the others, or in the place of those they replace, in one step. */
  enforce(armed: readonly ArmedRule[], replaced: readonly ArmedRule[] = []): void {
    const leaving = new Set(replaced);
    const staying = this.#rules.filter((rule) => !leaving.has(rule));
    const taken = new Set(staying.map(({ id }) => id));
    for (const { id } of armed) {
      if (taken.has(id))
        throw new Refusal(
          'rule_exists',
          `a rule ${JSON.stringify(id)} is already in force; give another id, or another activation name (as)`,
        );
      taken.add(id);
    }
    if (taken.size > MAX_RULES)
      throw new Refusal('too_many_rules', `${taken.size} rules would be in force, at most ${MAX_RULES} are allowed`);
    const first = this.#rules.findIndex((rule) => leaving.has(rule));
    const at = first < 0 ? staying.length : this.#rules.slice(0, first).filter((rule) => !leaving.has(rule)).length;
    this.#become([...staying.slice(0, at), ...armed, ...staying.slice(at)]);
    for (const rule of replaced) rule.end();
    this.changed.publish();
  }

  /** Takes rules out of force; places a request has not reached yet skip them. */
  end(rules: readonly ArmedRule[]): void {
    const leaving = new Set(rules);
    this.#become(this.#rules.filter((rule) => !leaving.has(rule)));
    for (const rule of rules) rule.end();
    this.changed.publish();
  }

  /** Whether any rule in force may strike such a request; cheap, and all that an untouched request pays. */
  touches(operation: string, client: string): boolean {
    return this.#rules.length > 0 && this.#family(operation, client).length > 0;
  }

  /** Draws once for every rule that matches; those that the request has asked for itself come first. */
  plan(arrival: Arrival, { draws, keeper }: DrawsRecord = {}, asked: readonly ArmedRule[] = NO_RULES): Plan {
    const standing = this.#rules.length === 0 ? this.#rules : this.#family(arrival.operation, arrival.client);
    const rules = asked.length === 0 ? standing : [...asked, ...standing];
    if (rules.length === 0) return UNTOUCHED;
    const strikes = drawFor(arrival, rules, new Recorder(draws, keeper));
    return strikes.length === 0 ? UNTOUCHED : new Plan(strikes, arrival);
  }

  /** Whether any rule in force may strike a connection. */
  get meetsConnections(): boolean {
    return this.#connecting.length > 0;
  }

  /**
   * What each rule would make of a connection that is being accepted, or, given some of them, of one that lives: whoever
   * performs that takes the strike's unit, and says when it acted. Undefined: no rule was drawn for it.
   */
  meet(
    arrival: Arrival,
    { draws, keeper }: DrawsRecord = {},
    rules: readonly ArmedRule[] = this.#connecting,
  ): FatePart[] | undefined {
    if (rules.length === 0) return undefined;
    const recorder = new Recorder(draws, keeper);
    const parts = drawFor(arrival, rules, recorder).map((strike) => ({
      fate: strike.rule.armed.connect?.(arrival, strike.chance) ?? ADMITTED,
      strike,
    }));
    return parts.length + recorder.draws.spared.length === 0 ? undefined : parts;
  }

  /** What becomes of a webhook; undefined: no rule was drawn for it, and it is sent as it is. */
  notify(notice: Notice): PlannedNotice | undefined {
    const rules = this.#notifying.filter((rule) => rule.fitsNotice(notice.type, notice.client));
    if (rules.length === 0) return undefined;
    const strikes = drawFor(arrivalOfNotice(notice, this.#context.clock.now()), rules, new Recorder());
    return strikes.length === 0 ? undefined : foldNotices(notice, strikes);
  }

  /** The say over one connection that a rule has which stands at a door. */
  strikeOf(rule: ArmedRule, arrival: Arrival, { draws, keeper }: DrawsRecord = {}): DrawnStrike | undefined {
    return drawFor(arrival, [rule], new Recorder(draws, keeper))[0];
  }

  /** The conditions at a door by the rules in force. */
  conditionsAt(door: string): DoorConditions {
    return this.#rules
      .filter((rule) => rule.armed.standing && rule.standsAt(door))
      .reduce((all, rule) => stricter(all, standsBy(rule)), NO_CONDITIONS);
  }

  #become(rules: readonly ArmedRule[]): void {
    this.#rules = rules;
    this.#connecting = rules.filter(({ armed }) => armed.connect);
    this.#notifying = rules.filter(({ armed }) => armed.notify);
    this.#named = new Set(rules.flatMap((rule) => rule.clientsNamed));
    this.#forgetFamilies();
  }

  /** Strangers share one answer, so that any number of clients takes no more memory, and no more time, than one. */
  #family(operation: string, client: string): readonly ArmedRule[] {
    const who = this.#named.has(client) ? client : ANYBODY;
    const known = this.#families.get(operation)?.get(who);
    if (known) return known;
    const rules = this.#rules.filter((rule) => actsOnRequests(rule.fault) && rule.fitsFamily(operation, client));
    if (this.#familyCount++ >= MAX_FAMILIES) this.#forgetFamilies();
    const clients = this.#families.get(operation) ?? new Map<string, readonly ArmedRule[]>();
    this.#families.set(operation, clients.set(who, rules));
    return rules;
  }

  #forgetFamilies(): void {
    this.#families.clear();
    this.#familyCount = 0;
  }
}

function drawFor(arrival: Arrival, rules: readonly ArmedRule[], recorder: Recorder): DrawnStrike[] {
  const fingerprint = { arrival, hash: fingerprintOf(arrival), recorder };
  const strikes: DrawnStrike[] = [];
  for (const rule of rules) {
    const strike = rule.draw(fingerprint);
    if (strike) strikes.push(strike);
  }
  return strikes.slice(); // without the room that a growing array keeps: plans of held requests are many
}

function standsBy(rule: ArmedRule): DoorConditions {
  const { door = 'open', slots, flood } = rule.armed.standing?.() ?? {};
  return { door, ...(slots && { slots: { ...slots, rule } }), floods: flood ? [{ ...flood, rule }] : [] };
}

/** The conditions for a rule that comes into force together with others before it: doors that those darken are dark already. */
function behind(armed: readonly ArmedRule[], conditions: Conditions): Conditions {
  const isDarkened = (door: string): boolean => armed.some((rule) => rule.mayDarken(door));
  return {
    ...conditions,
    darkRoom: () => Math.max(0, conditions.darkRoom() - conditions.notDark().filter(isDarkened).length),
    notDark: () => conditions.notDark().filter((door) => !isDarkened(door)),
  };
}

/** What makes a request this request and no other: who asks, and path, query and body. */
function fingerprintOf({ client, operation, method, url, body }: Arrival): number {
  const asked = hash32(`${client} ${operation} ${method} ${url}`);
  return body && body.length > 0 ? join32(asked, hash32(body.toString('latin1'))) : asked;
}
