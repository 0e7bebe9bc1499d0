// What the requests of one world ask for by header: rules armed once for each text, so that what they count goes on from one request to the next.
import { BoundedMap } from '../../base/bounded-map.ts';
import type { Mistake } from '../../base/mistake.ts';
import { ArmedRule, type EngineContext } from '../armed-rule.ts';
import type { CheckedRule } from '../check.ts';
import type { KnownNames } from '../known-names.ts';
import { readFaultHeader } from './read-header.ts';

/** Texts whose rules are kept; the one that came first makes room, and begins anew when it comes again. */
export const MAX_TEXTS = 100;

/** Begins the ids of such rules: `header/latency`. */
const IN_ID = 'header';

export interface HeaderFaultsSettings {
  readonly known: KnownNames;
  /** Of the world as it is now. */
  seed(): number;
}

export type Asked = readonly ArmedRule[] | { readonly mistakes: readonly Mistake[] };

export class HeaderFaults {
  readonly #settings: HeaderFaultsSettings;
  readonly #context: EngineContext;
  readonly #byText = new BoundedMap<string, readonly ArmedRule[]>(MAX_TEXTS);
  /** Of all rules since the last reset: few, since they are made of kinds and places in a list. */
  readonly #ids = new Set<string>();
  /** Ends with all that were asked for meanwhile, also those that have made room and hold a request still. */
  #term = { isOver: false };

  constructor(settings: HeaderFaultsSettings, context: EngineContext) {
    this.#settings = settings;
    this.#context = context;
  }

  /** The rules that a header asks for, in the order of its items. */
  of(text: string): Asked {
    const known = this.#byText.get(text);
    if (known) return known;
    const read = readFaultHeader(text, this.#settings.known);
    if ('mistakes' in read) return read;
    const rules = this.#arm(text, read.rules);
    this.#byText.set(text, rules);
    for (const { id } of rules) this.#ids.add(id);
    return rules;
  }

  /** Whether a rule of that id was asked for since the last reset. */
  hasSeen(id: string): boolean {
    return this.#ids.has(id);
  }

  forgetSeen(): void {
    this.#ids.clear();
  }

  /** None is in force any more; what comes after that begins anew. */
  end(): void {
    this.#term.isOver = true;
    this.#term = { isOver: false };
    this.#byText.clear();
  }

  /** A rule's luck is that of its place in this text: the same whenever it is armed. */
  #arm(text: string, checked: readonly CheckedRule[]): ArmedRule[] {
    const names = checked.map(({ fault }) => fault.name);
    return checked.map((one, index) => {
      const name = names[index] as string;
      const before = names.slice(0, index).filter((other) => other === name).length;
      const id = `${IN_ID}/${name}${before > 0 ? `/${before + 1}` : ''}`;
      const named = { ...one, rule: { ...one.rule, id }, writtenId: `${index} ${text}` };
      const overrides = { activation: null, seed: this.#settings.seed(), connections: 'all' } as const;
      return new ArmedRule(named, index, { ...overrides, term: this.#term }, this.#context);
    });
  }
}
