// What the rules in force decided about one request, taken once and used at every place of its way.
import type { Terms } from '../box-office/terms.ts';
import { plainDelivery } from '../wire/answer/delivery.ts';
import type { Reply } from '../wire/answer/reply.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { DrawnStrike } from './drawn-strike.ts';
import type { Arrived } from './fault.ts';
import { foldAnswer, type PlannedAnswer, type Told } from './planned-answer.ts';
import { foldDelivery, type PlannedDelivery, repliesDiffer, unplanned } from './planned-delivery.ts';
import { foldTerms, type PlannedWork } from './planned-work.ts';

export type { Told };

/** Something a rule does before the work. */
export interface Step {
  readonly strike: DrawnStrike;
  readonly does: NonNullable<Arrived>;
}

/** A later place skips a rule that is no longer in force by then, and one of which it is decided already what became of it. */
export class Plan {
  readonly strikes: readonly DrawnStrike[];
  readonly #arrival: Arrival | undefined;

  constructor(strikes: readonly DrawnStrike[], arrival: Arrival | undefined) {
    this.strikes = strikes;
    this.#arrival = arrival;
  }

  /** Waits first, in rule order; then whatever answers or withholds, in rule order. A wait of no time is none. */
  arriveSteps(): Step[] {
    const steps: Step[] = [];
    for (const strike of this.#open()) {
      const does = strike.rule.armed.arrive?.(this.arrival, strike.chance);
      if (does && !('waitMs' in does && does.waitMs <= 0)) steps.push({ strike, does });
    }
    const [waits, rest] = [
      steps.filter(({ does }) => 'waitMs' in does),
      steps.filter(({ does }) => !('waitMs' in does)),
    ];
    return waits.concat(rest);
  }

  /** Whether a rule in force is of a kind that makes an answer hang on its way out. */
  get withholdsAnswer(): boolean {
    return this.#open().some(
      ({ rule: { fault } }) => fault.at.includes('deliver') && fault.signature.shows.ending === 'hang',
    );
  }

  work(terms: Terms): PlannedWork {
    return foldTerms(terms, this.#open(), this.arrival);
  }

  /** The answer to work that was done: replaced, and with what merely goes with it. */
  answer(worked: Reply, told?: Told): PlannedAnswer {
    const { reply, by, without } = foldAnswer(worked, this.#open(), this.arrival, told);
    return { reply: this.#accompanied(reply), by, without: by.length === 0 ? without : this.#accompanied(without) };
  }

  deliver(reply: Reply): PlannedDelivery {
    return this.#arrival ? foldDelivery(reply, this.#open(), this.#arrival) : unplanned(plainDelivery(reply));
  }

  /** Whether it shows which of two replies is delivered. */
  tellsApart(one: Reply, other: Reply): boolean {
    return repliesDiffer(one, other, this.strikes, this.arrival);
  }

  /** Nothing more comes of it: what has not acted by now had nothing to act on. */
  settle(): void {
    for (const strike of this.strikes) strike.giveBack();
  }

  /** Tells the kinds that were drawn, also those that are no longer in force. */
  over(): void {
    for (const { rule } of this.strikes) rule.armed.over?.(this.arrival);
  }

  get arrival(): Arrival {
    if (!this.#arrival) throw new Error('a plan without strikes has no arrival');
    return this.#arrival;
  }

  #accompanied(reply: Reply): Reply {
    const inForce = this.strikes.filter(({ rule }) => rule.inForce);
    return inForce.reduce((said, { rule }) => rule.armed.accompany?.(said, this.arrival) ?? said, reply);
  }

  #open(): readonly DrawnStrike[] {
    return this.strikes.filter(({ open }) => open);
  }
}

/** The plan of a request that no rule touches. */
export const UNTOUCHED = new Plan([], undefined);
