// A rule in force: whom it strikes, how often it did, and the state of its kind.
import { Chance, hash32, join32, type RuleDraw } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import { TLS_DOOR } from '../base/door-names.ts';
import { parseDuration } from '../base/duration.ts';
import { rampAt } from '../base/ramp.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { CheckedRule } from './check.ts';
import { Counters, Occurrences } from './counters.ts';
import type { ArmContext, Armed, Fault } from './fault.ts';
import { compileScan, fitsFamily, type Matches } from './match.ts';
import type { Match, Reach, Rule, Share } from './rule.ts';

/** What an activation adds to the rules of its profile. */
export interface Overrides {
  /** Name of the activation; null for a rule armed alone. */
  readonly activation: string | null;
  readonly seed: number;
  /** ANDed with each rule's own. */
  readonly match?: Match;
  /** Replaces each rule's own. */
  readonly share?: Share;
  /** Goes before each rule's own, and that before the kind's. */
  readonly connections?: Reach;
}

/** A rule that acted on a request, with its luck. */
export interface Hit {
  readonly rule: ArmedRule;
  readonly chance: Chance;
  readonly note: RuleDraw;
}

/** A request as the draws see it, the same for every rule. */
export interface Fingerprint {
  readonly arrival: Arrival;
  readonly hash: number;
}

export class ArmedRule {
  readonly id: string;
  readonly activation: string | null;
  readonly fault: Fault;
  readonly spec: Rule;
  readonly armed: Armed;
  readonly since: number;
  readonly expiresAt: number | null;
  /** What becomes of connections that were there before it. */
  readonly reach: Reach;
  inForce = true;
  matched = 0;
  acted = 0;
  readonly #overrides: Overrides;
  readonly #identity: number;
  readonly #clock: Clock;
  readonly #scans: readonly Matches[];
  readonly #counters: Counters;
  readonly #occurrences = new Occurrences();

  constructor({ rule, fault, params }: CheckedRule, index: number, overrides: Overrides, context: ArmContext) {
    const { clock } = context;
    const home = overrides.activation ?? 'rule';
    this.id = rule.id ?? `${home}/${index}`;
    this.activation = overrides.activation;
    this.fault = fault;
    this.spec = rule;
    this.armed = fault.arm(params, context);
    this.since = clock.now();
    this.expiresAt = rule.ttl === undefined ? null : this.since + (parseDuration(rule.ttl) ?? 0);
    this.reach = overrides.connections ?? rule.connections ?? (fault.living === 'all' ? 'all' : 'new');
    this.#overrides = overrides;
    this.#identity = hash32(`${home}/${index}`, overrides.seed);
    this.#clock = clock;
    const own = fault.inHandshake ? { doors: [TLS_DOOR] } : undefined;
    this.#scans = [compileScan(own), compileScan(rule.match), compileScan(overrides.match)].filter(
      (scan) => scan !== undefined,
    );
    this.#counters = new Counters(rule);
  }

  /** Every client that its match names, and that of its activation. */
  get clientsNamed(): readonly string[] {
    return [...(this.spec.match?.clients ?? []), ...(this.#overrides.match?.clients ?? [])];
  }

  fitsFamily(operation: string, client: string): boolean {
    if (operation === this.fault.ownOperation) return true;
    return fitsFamily(this.spec.match, operation, client) && fitsFamily(this.#overrides.match, operation, client);
  }

  /** Match, skip, every, share, limit, in that order. Gives the hit, the draw that spared it, or nothing when it was not drawn. */
  strike({ arrival, hash }: Fingerprint): Hit | RuleDraw | undefined {
    if (arrival.operation === this.fault.ownOperation) return this.#own(arrival, hash);
    if (!this.#matches(arrival)) return undefined;
    this.matched++;
    const key = this.#countingKey(arrival);
    if (!this.#counters.due(key)) return undefined;
    const chance = new Chance(join32(join32(this.#identity, hash), this.#occurrences.next(hash)));
    const note = this.#note(chance.uniform('share'));
    if (note.draw >= this.shareNow()) return note;
    if (!this.#counters.spend(key)) return undefined;
    this.acted++;
    return { rule: this, chance, note };
  }

  /** A request about the kind's own doing strikes the one rule that it is about, uncounted and whatever else is asked. */
  #own(arrival: Arrival, hash: number): Hit | undefined {
    if (!this.armed.owns?.(arrival)) return undefined;
    return { rule: this, chance: new Chance(join32(this.#identity, hash)), note: this.#note(0) };
  }

  #note(draw: number): RuleDraw {
    return { rule: this.id, fault: this.fault.name, draw };
  }

  /** Whether it stands at this door; only for kinds that stand at doors. */
  standsAt(door: string): boolean {
    const meant = [this.spec.match?.doors, this.#overrides.match?.doors].every(
      (doors) => !doors || doors.includes(door),
    );
    return meant && this.shareNow() > 0;
  }

  #matches(arrival: Arrival): boolean {
    if (this.reach === 'new' && arrival.connectedAt < this.since) return false;
    return this.#scans.every((scan) => scan(arrival));
  }

  /** That of its kind, its own and that of its activation; all of them must match. */
  get matches(): readonly Match[] {
    const ofKind = this.fault.inHandshake ? { doors: [TLS_DOOR] } : undefined;
    return [ofKind, this.spec.match, this.#overrides.match].filter((match) => match !== undefined);
  }

  /** The largest share that it ever has, 0..1; at 0 it is truly off. */
  get maxShare(): number {
    const share = this.#overrides.share ?? this.spec.share ?? 1;
    return typeof share === 'number' ? share : Math.max(share.from, share.to);
  }

  /** The share in force at this moment, 0..1. */
  shareNow(): number {
    const share = this.#overrides.share ?? this.spec.share ?? 1;
    if (typeof share === 'number') return share;
    return rampAt({ ...share, overMs: parseDuration(share.over) ?? 0 }, this.#clock.now() - this.since);
  }

  #countingKey(arrival: Arrival): string {
    switch (this.spec.per ?? 'client') {
      case 'client':
        return arrival.client;
      case 'all':
        return '';
      case 'connection':
        return String(arrival.connectionId);
      case 'idempotency-key':
        return `${arrival.client} ${arrival.header('idempotency-key') ?? ''}`;
    }
  }
}
