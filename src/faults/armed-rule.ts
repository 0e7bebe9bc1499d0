// A rule in force: whom it strikes, how often it did, and the state of its kind.
import { Chance, hash32, join32, type RuleDraw } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import { TLS_DOOR } from '../base/door-names.ts';
import { parseDuration } from '../base/duration.ts';
import type { Outcome } from '../base/outcome.ts';
import { rampAt } from '../base/ramp.ts';
import { Refusal } from '../base/refusal.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { CheckedRule } from './check.ts';
import { type Count, Counters, Occurrences } from './counters.ts';
import { DrawnStrike } from './drawn-strike.ts';
import type { ArmContext, Armed, Fault } from './fault.ts';
import { compileScan, fitsFamily, fitsNotice, type Matches } from './match.ts';
import type { Recorder } from './recorder.ts';
import type { Match, Reach, Rule, Share } from './rule.ts';
import { touches } from './touches.ts';

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
  /** When it is over, so are all that were armed in it. */
  readonly term?: { readonly isOver: boolean };
}

/** In the place of an activation's name; no activation may be called so. */
const LONE = 'rule';

/** A request as the draws see it, the same for every rule. */
export interface Fingerprint {
  readonly arrival: Arrival;
  readonly hash: number;
  /** Where it is written what becomes of each rule. */
  readonly recorder: Recorder;
}

/** Requests or connections that a rule was meant for and its kind can touch, and what became of those it was drawn for. */
export type RuleCounts = Record<'matched' | Outcome, number>;

export interface EngineContext extends Omit<ArmContext, 'chance' | 'standsAt'> {
  /** Hears of everything that is counted. */
  readonly counted?: (fault: string, outcome: Outcome) => void;
}

/** Of an Idempotency-Key that is counted by: no longer one is taken by the box office. */
const MAX_KEY_CHARS = 255;

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
  readonly counts: RuleCounts = { matched: 0, acted: 0, spared: 0, inapplicable: 0, limited: 0 };
  readonly #overrides: Overrides;
  readonly #identity: number;
  readonly #clock: Clock;
  readonly #scans: readonly Matches[];
  readonly #counters: Counters | undefined;
  readonly #occurrences = new Occurrences();
  readonly #told: EngineContext['counted'];
  #isEnded = false;

  constructor(checked: CheckedRule, index: number, overrides: Overrides, context: EngineContext) {
    const { rule, fault, params } = checked;
    const { clock, conditions, counted } = context;
    this.id = rule.id ?? `${overrides.activation ?? LONE}/${index}`;
    this.activation = overrides.activation;
    this.fault = fault;
    this.spec = rule;
    this.#identity = hash32(identityOf(checked, overrides, index), overrides.seed);
    if (conditions.doorless !== undefined && !fault.inHandshake)
      refuseDoorless(checked, overrides, conditions.doorless);
    this.since = clock.now();
    this.expiresAt = rule.ttl === undefined ? null : this.since + (parseDuration(rule.ttl) ?? 0);
    this.reach = overrides.connections ?? rule.connections ?? (fault.living === 'all' ? 'all' : 'new');
    this.#overrides = overrides;
    this.#clock = clock;
    const own = fault.inHandshake ? { doors: [TLS_DOOR] } : undefined;
    this.#scans = [compileScan(own), compileScan(rule.match), compileScan(overrides.match)].filter(
      (scan) => scan !== undefined,
    );
    const counters = new Counters(rule);
    this.#counters = counters.idle ? undefined : counters;
    this.#told = counted;
    const standsAt = (door: string): boolean => this.#isMeantFor(door) && this.maxShare > 0;
    this.armed = fault.arm(params, { clock, conditions, chance: new Chance(this.#identity), standsAt });
  }

  get inForce(): boolean {
    return !this.#isEnded && this.#overrides.term?.isOver !== true;
  }

  end(): void {
    this.#isEnded = true;
  }

  /** Every client that its match names, and that of its activation. */
  get clientsNamed(): readonly string[] {
    return [...(this.spec.match?.clients ?? []), ...(this.#overrides.match?.clients ?? [])];
  }

  fitsFamily(operation: string, client: string): boolean {
    if (operation === this.fault.ownOperation) return true;
    if (this.fault.touches?.operations?.includes(operation) === false) return false;
    return fitsFamily(this.spec.match, operation, client) && fitsFamily(this.#overrides.match, operation, client);
  }

  fitsNotice(type: string, client: string): boolean {
    return fitsNotice(this.spec.match, type, client) && fitsNotice(this.#overrides.match, type, client);
  }

  /** Match, skip, every and share, in that order, decided once. Undefined when it does not come to act. */
  draw({ arrival, hash, recorder }: Fingerprint): DrawnStrike | undefined {
    if (arrival.operation === this.fault.ownOperation) return this.#own(arrival, hash);
    if (!this.#matches(arrival)) return undefined;
    this.counts.matched++;
    const count = this.#counters?.of(this.#countingKey(arrival));
    if (count && !this.#counters?.due(count)) return undefined;
    const chance = new Chance(join32(join32(this.#identity, hash), this.#occurrences.next(hash)));
    const note = this.#note(chance.uniform('share'));
    if (note.draw < this.shareNow()) return new DrawnStrike({ rule: this, chance, note, recorder, count });
    recorder.write(note, 'spared');
    this.counted('spared');
    return undefined;
  }

  /** A request about the kind's own doing strikes the one rule that it is about, outside of every count and whatever else is asked. */
  #own(arrival: Arrival, hash: number): DrawnStrike | undefined {
    if (!this.armed.owns?.(arrival)) return undefined;
    const chance = new Chance(join32(this.#identity, hash));
    return new DrawnStrike({ rule: this, chance, note: this.#note(0), recorder: undefined, count: undefined });
  }

  hasUnit(count: Count): boolean {
    return this.#counters?.hasUnit(count) ?? true;
  }

  takeUnit(count: Count): boolean {
    return this.#counters?.take(count) ?? true;
  }

  counted(outcome: Outcome): void {
    this.counts[outcome]++;
    this.#told?.(this.fault.name, outcome);
  }

  #note(draw: number): RuleDraw {
    return { rule: this.id, fault: this.fault.name, draw };
  }

  /** Whether it stands at this door; only for kinds that stand at doors. */
  standsAt(door: string): boolean {
    return this.#isMeantFor(door) && this.shareNow() > 0;
  }

  /** Whether it makes this door dark at any time. */
  mayDarken(door: string): boolean {
    return this.armed.standing?.().door === 'dark' && this.#isMeantFor(door) && this.maxShare > 0;
  }

  #isMeantFor(door: string): boolean {
    return [this.spec.match?.doors, this.#overrides.match?.doors].every((doors) => !doors || doors.includes(door));
  }

  #matches(arrival: Arrival): boolean {
    if (this.reach === 'new' && arrival.connectedAt < this.since) return false;
    return touches(this.fault, arrival) && this.#scans.every((scan) => scan(arrival));
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
        return `${arrival.client} ${(arrival.header('idempotency-key') ?? '').slice(0, MAX_KEY_CHARS)}`;
    }
  }
}

/** What tells a rule's draws from another's, and the same ones every time that it is armed: never when, nor after how many others. */
function identityOf({ rule, writtenId = rule.id }: CheckedRule, { activation }: Overrides, index: number): string {
  const own = writtenId === undefined ? String(index) : `id ${writtenId}`;
  return `${activation ?? LONE}/${own}`;
}

/** What acts before a request is read, or on the connection itself, needs a door of its world. */
function refuseDoorless({ rule, fault }: CheckedRule, { connections }: Overrides, doorless: string): void {
  const needs = fault.at.some((place) => place === 'standing' || place === 'connect')
    ? `${fault.name} acts on connections before a request is read`
    : (connections ?? rule.connections) === 'sever' && 'connections: sever cuts connections';
  if (needs) throw new Refusal('cannot_be_armed', `${needs}, and ${doorless}`);
}
