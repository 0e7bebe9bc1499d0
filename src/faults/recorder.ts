// Writes down what becomes of the rules that were drawn for one request or connection.
import type { RuleDraw } from '../base/chance.ts';
import type { Outcome } from '../base/outcome.ts';

/** The draws for one request or connection, by what became of them: its journal entry has them. */
export interface Draws {
  hits: readonly RuleDraw[];
  spared: readonly RuleDraw[];
  inapplicable: readonly RuleDraw[];
  limited: readonly RuleDraw[];
}

/** Who is told that something was written; a journal is one. */
export interface DrawsKeeper {
  changed(draws: Draws): void;
}

const NONE: readonly RuleDraw[] = Object.freeze([]);

export const noDraws = (): Draws => ({ hits: NONE, spared: NONE, inapplicable: NONE, limited: NONE });

const FIELDS = { acted: 'hits', spared: 'spared', inapplicable: 'inapplicable', limited: 'limited' } as const;

/** Writes what becomes of the rules for one request or connection. */
export class Recorder {
  readonly draws: Draws;
  readonly #keeper: DrawsKeeper | undefined;

  constructor(draws: Draws = noDraws(), keeper?: DrawsKeeper) {
    this.draws = draws;
    this.#keeper = keeper;
  }

  write(draw: RuleDraw, outcome: Outcome): void {
    const field = FIELDS[outcome];
    const before = this.draws[field];
    this.draws[field] = before.length === 0 ? [draw] : [...before, draw]; // no room to grow into: held requests are many
    this.#keeper?.changed(this.draws);
  }
}
