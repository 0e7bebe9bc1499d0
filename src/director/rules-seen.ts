// The rules that were in force at any time since the last reset, so that a question about one that never was is refused.
import { nearest } from '../base/nearest.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { Fault } from '../faults/fault.ts';
import { actsOnWebhooks } from '../faults/place-check.ts';

/** Ids kept, at most 3 MB; the one that was in force longest ago makes room. */
export const MAX_RULES_SEEN = 20_000;
/** The latest are compared with a mistyped one. */
const MAX_COMPARED = 1000;

export class RulesSeen {
  /** By id: why the journal has no hits of it, or nothing. */
  readonly #uncounted = new Map<string, string | undefined>();
  readonly #byHeader: (id: string) => boolean;
  #forgotten = 0;

  /** `byHeader`: whether requests have asked for a rule of that id themselves. */
  constructor(byHeader: (id: string) => boolean = () => false) {
    this.#byHeader = byHeader;
  }

  add(rules: readonly Pick<ArmedRule, 'id' | 'fault'>[]): void {
    for (const { id, fault } of rules) {
      this.#uncounted.delete(id); // so that it is the latest
      this.#uncounted.set(id, whyUncounted(id, fault));
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
    const why = this.#uncounted.get(id);
    if (why !== undefined) return why;
    if (this.#uncounted.has(id) || this.#byHeader(id)) return undefined;
    const close = nearest(id, [...this.#uncounted.keys()].slice(-MAX_COMPARED));
    const hint = close === undefined ? '`showstopper rules` lists those in force' : `did you mean ${close}?`;
    const lost = this.#forgotten > 0 ? `, as far as is known: ${this.#forgotten} older ids are forgotten` : '';
    return `no rule ${JSON.stringify(id.slice(0, 130))} was in force since the last reset${lost}; ${hint}`;
  }
}

function whyUncounted(id: string, fault: Pick<Fault, 'name' | 'at' | 'countable'>): string | undefined {
  if (actsOnWebhooks(fault))
    return `${id} is a rule of ${fault.name}, which acts on webhooks: GET /v1/webhooks/deliveries tells where it acted`;
  if (fault.countable) return undefined;
  return `${id} is a rule of ${fault.name}, which acts on a door and not on a request or connection: its hits cannot be counted`;
}
