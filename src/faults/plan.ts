// What the rules in force decided about one request, taken once and used at every place of its way.
import type { RuleDraw } from '../base/chance.ts';
import type { Terms } from '../box-office/terms.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Cause } from '../wire/burden.ts';
import { type Delivery, harsher, plainDelivery } from '../wire/delivery.ts';
import type { Reply } from '../wire/reply.ts';
import type { Hit } from './armed-rule.ts';
import type { Arrived } from './fault.ts';

/** Something a rule does before the work. */
export interface Step {
  readonly hit: Hit;
  readonly does: NonNullable<Arrived>;
}

/** What one rule wants of a delivery, beyond another reply. */
export interface DeliveryPart {
  readonly rule: Cause;
  readonly wants: Delivery;
}

/** A delivery, and the rules whose doing it is that it is slow, cut or ends badly; a held one is held by them. */
export interface PlannedDelivery {
  readonly delivery: Delivery;
  readonly parts: readonly DeliveryPart[];
}

const NO_PARTS: readonly DeliveryPart[] = Object.freeze([]);

/** A delivery that no rule has a say in. */
export const unplanned = (delivery: Delivery): PlannedDelivery => ({ delivery, parts: NO_PARTS });

/** The same reply, delivered as those of the rules want it that are still in force. */
export function deliveryNow({ delivery: { reply }, parts }: PlannedDelivery): Delivery {
  const standing = parts.filter(({ rule }) => rule.inForce);
  return { ...standing.reduce<Delivery>((all, { wants }) => harsher(all, wants), plainDelivery(reply)), reply };
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
    const [waits, rest] = [
      steps.filter(({ does }) => 'waitMs' in does),
      steps.filter(({ does }) => !('waitMs' in does)),
    ];
    return waits.concat(rest);
  }

  /** Whether a rule in force is of a kind that makes an answer hang on its way out. */
  get withholdsAnswer(): boolean {
    return this.#active().some(
      ({ rule: { fault } }) => fault.at.includes('deliver') && fault.signature.shows.ending === 'hang',
    );
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
    let parts = NO_PARTS;
    for (const { rule, chance } of this.#active()) {
      const given: Delivery = { reply: delivery.reply, ending: 'keep', ...(delivery.also && { also: delivery.also }) };
      const wants = rule.armed.deliver?.(given, this.arrival, chance);
      if (!wants || wants === given) continue;
      delivery = harsher(delivery, wants);
      if (isPartOfHold(wants)) parts = [...parts, { rule, wants }];
    }
    return { delivery, parts };
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

/** Whether it changes when and how far the answer arrives, and not only what it says. */
const isPartOfHold = ({ ending, cutAt, bytesPerSecond, instead, lengthOff }: Delivery): boolean =>
  ending !== 'keep' ||
  cutAt !== undefined ||
  bytesPerSecond !== undefined ||
  instead !== undefined ||
  lengthOff !== undefined;

/** The plan of a request that no rule touches. */
export const UNTOUCHED = new Plan([], [], undefined);
