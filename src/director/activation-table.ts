// The activations of one world: which activations and rules are in force there, and the timers that end them.
import type { Cancel } from '../base/clock.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { Match, Share } from '../faults/rule.ts';
import type { ShelvedProfile } from '../shelf/shelf.ts';
import type { Release } from '../wire/held.ts';
import type { Actions } from './actions.ts';
import { FaultTimes } from './fault-times.ts';
import type { Guard } from './guard.ts';
import { RulesSeen } from './rules-seen.ts';
import type { World } from './world-port.ts';

/** A profile in force under a name. */
export interface Activation {
  readonly name: string;
  /** Its text as it was then; the shelf may hold another by now. */
  readonly shelved: ShelvedProfile;
  /** What was asked, in a form that can be compared. */
  readonly asked: string;
  readonly match: Match | undefined;
  readonly share: Share | undefined;
  readonly seed: number;
  readonly since: number;
  /** Those still in force; never empty while the activation stands. */
  rules: readonly ArmedRule[];
  /** Epoch ms; null: until it is ended. */
  expiresAt: number | null;
  by: string | null;
  note: string | null;
}

/** What came to an end, and what became of the requests it held. */
export interface Ended {
  readonly activations: number;
  readonly rules: number;
  readonly dropped: number;
  readonly answered: number;
  /** How long it took until the last of them was let go. */
  readonly ms: number;
}

/** What a timer ended, by its name. */
export type Subject = { readonly activation: string } | { readonly rule: string };

/** Rules that were taken out, and when that began. */
interface Taken {
  readonly activations: number;
  readonly rules: number;
  readonly start: number;
}

export class ActivationTable {
  readonly activations = new Map<string, Activation>();
  readonly actions: Actions;
  readonly rulesSeen: RulesSeen;
  readonly faultTimes = new FaultTimes();
  /** Single rules are numbered by it. */
  ruleNumber = 1;
  /** Asked before anything is armed. */
  guard: Guard | undefined;
  readonly #world: World;
  readonly #expired: (subject: Subject, ended: Ended) => void;
  readonly #timers = new Map<Activation | ArmedRule, Cancel>();

  constructor(world: World, actions: Actions, expired: (subject: Subject, ended: Ended) => void) {
    this.#world = world;
    this.actions = actions;
    this.#expired = expired;
    this.rulesSeen = new RulesSeen((id) => world.engine.byHeader?.hasSeen(id) === true);
  }

  /** Puts rules in force that were armed for an activation, in the place of the one of the same name if there is one. */
  stand(activation: Activation, replaced?: Activation): void {
    this.#world.engine.enforce(activation.rules, replaced?.rules);
    this.#begun(activation.rules, replaced?.rules);
    if (replaced) this.#stopTimers(replaced);
    this.activations.set(activation.name, activation);
    this.#timeActivation(activation);
    for (const rule of activation.rules) this.#timeRule(rule);
  }

  /** Puts a rule in force that belongs to no activation. */
  standAlone(rule: ArmedRule): void {
    this.#world.engine.enforce([rule]);
    this.#begun([rule]);
    this.#timeRule(rule);
  }

  renew(activation: Activation, expiresAt: number | null): void {
    activation.expiresAt = expiresAt;
    this.#timeActivation(activation);
  }

  /** Ends rules, and every activation that has none left, at once; resolves when all they held is let go. */
  end(rules: readonly ArmedRule[], how: Release | undefined): Promise<Ended> {
    return this.#letGo(this.#takeOut(rules), how, new Set(rules.map(({ id }) => id)));
  }

  /** Ends everything at once; resolves when nothing that was held then is held any more, whatever rule held it. */
  endAll(how: Release | undefined): Promise<Ended> {
    this.#world.engine.byHeader?.end();
    return this.#letGo(this.#takeOut(this.#world.engine.rules), how);
  }

  /** Stops every timer; what is in force stays as it is. */
  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #begun(rules: readonly ArmedRule[], replaced: readonly ArmedRule[] = []): void {
    const now = this.#world.clock.now();
    this.rulesSeen.add(rules);
    this.faultTimes.end(replaced, now);
    this.faultTimes.begin(rules, now);
  }

  #takeOut(rules: readonly ArmedRule[]): Taken {
    const start = this.#world.clock.ticks();
    const leaving = new Set(rules);
    let activations = 0;
    this.#world.engine.end(rules);
    this.faultTimes.end(rules, this.#world.clock.now());
    for (const rule of rules) this.#stopTimer(rule);
    for (const activation of [...this.activations.values()]) {
      activation.rules = activation.rules.filter((rule) => !leaving.has(rule));
      if (activation.rules.length > 0) continue;
      this.#stopTimer(activation);
      this.activations.delete(activation.name);
      activations++;
    }
    return { activations, rules: rules.length, start };
  }

  async #letGo(
    { activations, rules, start }: Taken,
    how: Release | undefined,
    ids?: ReadonlySet<string>,
  ): Promise<Ended> {
    const { holds, clock } = this.#world;
    const { dropped, answered } = await holds.release(how, ids);
    await this.#world.doors.settled();
    return { activations, rules, dropped, answered, ms: Math.round(clock.ticks() - start) };
  }

  #timeActivation(activation: Activation): void {
    this.#time(activation, activation.expiresAt, () => [{ activation: activation.name }, activation.rules]);
  }

  #timeRule(rule: ArmedRule): void {
    this.#time(rule, rule.expiresAt, () => [{ rule: rule.id }, [rule]]);
  }

  #time(
    subject: Activation | ArmedRule,
    expiresAt: number | null,
    due: () => readonly [what: Subject, rules: readonly ArmedRule[]],
  ): void {
    this.#stopTimer(subject);
    if (expiresAt === null) return;
    const { clock } = this.#world;
    const end = async (): Promise<void> => {
      const [what, rules] = due();
      this.#expired(what, await this.end(rules, undefined));
    };
    this.#timers.set(
      subject,
      clock.after(expiresAt - clock.now(), () => void end()),
    );
  }

  #stopTimers(activation: Activation): void {
    this.#stopTimer(activation);
    for (const rule of activation.rules) this.#stopTimer(rule);
  }

  #stopTimer(subject: Activation | ArmedRule): void {
    this.#timers.get(subject)?.();
    this.#timers.delete(subject);
  }
}
