// The rules that were in force at any time since the last reset, so that a question about one that never was is refused.
import { nearest } from '../base/nearest.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';

/** Ids kept, at most 3 MB; the one that was in force longest ago makes room. */
export const MAX_RULES_SEEN = 20_000;
/** The latest are compared with a mistyped one. */
const MAX_COMPARED = 1000;

export class RulesSeen {
  /** By id: the kind whose hits cannot be counted, or nothing. */
  readonly #uncounted = new Map<string, string | undefined>();
  #forgotten = 0;

  add(rules: readonly Pick<ArmedRule, 'id' | 'fault'>[]): void {
    for (const { id, fault } of rules) {
      this.#uncounted.delete(id); // so that it is the latest
      this.#uncounted.set(id, fault.countable ? undefined : fault.name);
    }
    for (const id of this.#uncounted.keys()) {
      if (this.#uncounted.size <= MAX_RULES_SEEN) return;
      this.#uncounted.delete(id);
      this.#forgotten++;
    }
  }

  forget(): void {
    this.#uncounted.clear();
    this.#forgotten = 0;
  }

  /** Why nothing can be told about the hits of a rule; undefined when it can. */
  whyUnasked(id: string): string | undefined {
    const kind = this.#uncounted.get(id);
    if (kind !== undefined)
      return `${id} is a rule of ${kind}, which acts on a door and not on a request or connection: its hits cannot be counted`;
    if (this.#uncounted.has(id)) return undefined;
    const close = nearest(id, [...this.#uncounted.keys()].slice(-MAX_COMPARED));
    const hint = close === undefined ? '`showstopper rules` lists those in force' : `did you mean ${close}?`;
    const lost = this.#forgotten > 0 ? `, as far as is known: ${this.#forgotten} older ids are forgotten` : '';
    return `no rule ${JSON.stringify(id.slice(0, 130))} was in force since the last reset${lost}; ${hint}`;
  }
}
