// What the rules in force decided about one request, taken once and used at every place of its way.
import type { RuleDraw } from '../base/chance.ts';
import type { Terms } from '../box-office/terms.ts';
import type { Arrival } from '../wire/arrival.ts';
import { type Delivery, harsher, plainDelivery } from '../wire/delivery.ts';
import type { Reply } from '../wire/reply.ts';
import type { Hit } from './armed-rule.ts';
import type { Arrived } from './fault.ts';

/** Something a rule does before the work. */
export interface Step {
  readonly hit: Hit;
  readonly does: NonNullable<Arrived>;
}

/** A delivery, and the rule that a held one is held by: the one that made it harshest. */
export interface PlannedDelivery {
  readonly delivery: Delivery;
  readonly rule: string | undefined;
}

/** A later place skips a rule that is no longer in force by then. */
export class Plan {
  readonly hits: readonly Hit[];
  readonly spared: readonly RuleDraw[];
  readonly #arrival: Arrival | undefined;

  constructor(hits: readonly Hit[], spared: readonly RuleDraw[], arrival: Arrival | undefined) {
    this.hits = hits;
    this.spared = spared;
    this.#arrival = arrival;
  }

  /** Waits first, in rule order; then whatever answers or withholds, in rule order. */
  arriveSteps(): Step[] {
    const steps: Step[] = [];
    for (const hit of this.#active()) {
      const does = hit.rule.armed.arrive?.(this.arrival, hit.chance);
      if (does) steps.push({ hit, does });
    }
    return [...steps.filter(({ does }) => 'waitMs' in does), ...steps.filter(({ does }) => !('waitMs' in does))];
  }

  work(terms: Terms): Terms {
    return this.#active().reduce(
      (told, { rule, chance }) => rule.armed.work?.(told, this.arrival, chance) ?? told,
      terms,
    );
  }

  answer(reply: Reply): Reply {
    return this.#active().reduce(
      (said, { rule, chance }) => rule.armed.answer?.(said, this.arrival, chance) ?? said,
      reply,
    );
  }

  deliver(reply: Reply): PlannedDelivery {
    let delivery = plainDelivery(reply);
    let by: string | undefined;
    for (const { rule, chance } of this.#active()) {
      const wanted = rule.armed.deliver?.(delivery, this.arrival, chance);
      if (!wanted || wanted === delivery) continue;
      const both = harsher(delivery, wanted);
      if (by === undefined || holdsMore(both, delivery)) by = rule.id;
      delivery = both;
    }
    return { delivery, rule: by };
  }

  /** Tells the kinds that struck, also those that are no longer in force. */
  over(): void {
    for (const { rule } of this.hits) rule.armed.over?.(this.arrival);
  }

  get arrival(): Arrival {
    if (!this.#arrival) throw new Error('a plan without hits has no arrival');
    return this.#arrival;
  }

  #active(): readonly Hit[] {
    return this.hits.filter(({ rule }) => rule.inForce);
  }
}

/** What never ends is held by the rule that brought that about, and else what is slow by the one that made it slowest. */
const holdsMore = (now: Delivery, before: Delivery): boolean =>
  now.ending === 'hang' ? before.ending !== 'hang' : now.bytesPerSecond !== before.bytesPerSecond;

/** The plan of a request that no rule touches. */
export const UNTOUCHED = new Plan([], [], undefined);
