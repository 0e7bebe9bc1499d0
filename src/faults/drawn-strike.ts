// A rule that was drawn for one request or connection: its luck with it, and the unit of its limit that it takes to act.
import type { Chance, RuleDraw } from '../base/chance.ts';
import type { Outcome } from '../base/outcome.ts';
import type { RuleRef } from '../wire/rule-ref.ts';
import type { Strike } from '../wire/strike.ts';
import type { Count } from './counters.ts';
import type { Armed, Fault } from './fault.ts';
import type { Recorder } from './recorder.ts';

/** `taken`: it holds a unit · `acted`, or `closed` without: this is written, and stays so. */
type State = 'drawn' | 'taken' | 'acted' | 'closed';

/** The rule as its strikes know it. */
export interface StrikingRule extends RuleRef {
  readonly fault: Fault;
  readonly armed: Armed;
  hasUnit(count: Count): boolean;
  takeUnit(count: Count): boolean;
  counted(outcome: Outcome): void;
}

interface DrawnParts {
  readonly rule: StrikingRule;
  readonly chance: Chance;
  readonly note: RuleDraw;
  /** Undefined for what is outside of every count. */
  readonly recorder: Recorder | undefined;
  readonly count: Count | undefined;
}

export class DrawnStrike implements Strike {
  readonly rule: StrikingRule;
  readonly chance: Chance;
  readonly note: RuleDraw;
  readonly #recorder: Recorder | undefined;
  readonly #count: Count | undefined;
  #state: State = 'drawn';

  constructor({ rule, chance, note, recorder, count }: DrawnParts) {
    this.rule = rule;
    this.chance = chance;
    this.note = note;
    this.#recorder = recorder;
    this.#count = count;
  }

  /** Whether it is still to be seen what becomes of it. */
  get open(): boolean {
    return (this.#state === 'drawn' || this.#state === 'taken') && this.rule.inForce;
  }

  /** Whether it has a say: it has acted, or could, with the unit that it has or one that is left. */
  get hasSay(): boolean {
    if (this.#state === 'closed' || !this.rule.inForce) return false;
    return this.#state !== 'drawn' || !this.#count || this.rule.hasUnit(this.#count);
  }

  take(): boolean {
    if (this.#state !== 'drawn') return this.#state !== 'closed';
    if (this.#count && !this.rule.takeUnit(this.#count)) {
      this.#decide('limited');
      return false;
    }
    this.#state = 'taken';
    return true;
  }

  /** Others have overruled it for now: the unit goes back, and it may take one again. */
  untake(): void {
    if (this.#state !== 'taken') return;
    if (this.#count) this.#count.out--;
    this.#state = 'drawn';
  }

  acted(): void {
    if (this.#state === 'acted' || !this.take()) return;
    if (this.#count) {
      this.#count.out--;
      this.#count.spent++;
    }
    this.#decide('acted');
  }

  giveBack(): void {
    if (this.#state === 'acted' || this.#state === 'closed') return;
    this.untake();
    this.#decide('inapplicable');
  }

  #decide(outcome: 'acted' | 'inapplicable' | 'limited'): void {
    this.#state = outcome === 'acted' ? 'acted' : 'closed';
    if (!this.#recorder) return;
    this.#recorder.write(this.note, outcome);
    this.rule.counted(outcome);
  }
}
