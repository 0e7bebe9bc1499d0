// When rules were in force since the last reset, so that a client can be judged by how it behaved meanwhile.
import type { ArmedRule } from '../faults/armed-rule.ts';

/** Rules whose times are kept; of those that have ended, the one that began first makes room. */
export const MAX_TIMES = 2000;

/** When a rule was in force, in epoch milliseconds. */
export interface FaultTime {
  readonly from: number;
  readonly to: number;
  /** None: it could strike everybody. */
  readonly clients: readonly string[];
}

interface RuleTime extends Omit<FaultTime, 'to'> {
  /** Null while it is in force. */
  to: number | null;
}

export class FaultTimes {
  readonly #times = new Map<ArmedRule, RuleTime>();

  /** A rule whose share is 0 strikes nobody. */
  begin(rules: readonly ArmedRule[], at: number): void {
    for (const rule of rules)
      if (rule.maxShare > 0) this.#times.set(rule, { from: at, to: null, clients: rule.clientsNamed });
    for (const [rule, { to }] of this.#times) {
      if (this.#times.size <= MAX_TIMES) return;
      if (to !== null) this.#times.delete(rule);
    }
  }

  end(rules: readonly ArmedRule[], at: number): void {
    for (const rule of rules) {
      const time = this.#times.get(rule);
      if (time) time.to = at;
    }
  }

  forget(): void {
    this.#times.clear();
  }

  /** In order of their beginning; what is in force still ends `now`. */
  list(now: number): FaultTime[] {
    return [...this.#times.values()].map(({ from, to, clients }) => ({ from, to: to ?? now, clients }));
  }
}
