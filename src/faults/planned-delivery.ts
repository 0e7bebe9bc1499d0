// How the rules of a request together deliver an answer, and which of them can be told from it on the wire.

import { type Delivery, harsher, plainDelivery } from '../wire/answer/delivery.ts';
import type { Reply } from '../wire/answer/reply.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { DrawnStrike } from './drawn-strike.ts';
import { looksTheSame } from './on-the-wire.ts';

/** What one rule wants of a delivery, beyond another reply. */
export interface DeliveryPart {
  readonly strike: DrawnStrike;
  readonly wants: Delivery;
}

/** A delivery, the rules whose doing it is that it is slow, cut or ends badly (a held one is held by them), and who acts in it. */
export interface PlannedDelivery {
  readonly delivery: Delivery;
  readonly parts: readonly DeliveryPart[];
  /** They act as the answer begins to go out. */
  readonly atOnce: readonly DrawnStrike[];
  /** They act in how it ends, and not when the client leaves before. */
  readonly atItsEnd: readonly DrawnStrike[];
}

const NONE: readonly never[] = Object.freeze([]);

/** A delivery that no rule has a say in. */
export const unplanned = (delivery: Delivery): PlannedDelivery => ({
  delivery,
  parts: NONE,
  atOnce: NONE,
  atItsEnd: NONE,
});

/** The same reply, delivered as those of the rules want it that still have a say. */
export function deliveryNow({ delivery: { reply }, parts }: PlannedDelivery): Delivery {
  const standing = parts.filter(({ strike }) => strike.hasSay);
  return { ...standing.reduce<Delivery>((all, { wants }) => harsher(all, wants), plainDelivery(reply)), reply };
}

/** The same as it comes about: rules act that others have overruled before. */
export function becomeNow({ delivery: { reply }, parts }: PlannedDelivery): Delivery {
  let delivery = plainDelivery(reply);
  for (const { strike, wants } of parts) {
    const after = { ...harsher(delivery, wants), reply };
    if (!strike.hasSay || looksTheSame(delivery, after, false) || !strike.take()) continue;
    strike.acted();
    delivery = after;
  }
  return delivery;
}

/** Rules on one answer that are compared with each other; of more it is believed that all of them show. */
const MAX_COMPARED = 12;

interface Change {
  readonly strike: DrawnStrike;
  readonly before: Delivery;
  readonly after: Delivery;
}

/**
 * A rule without a unit of its limit is left out. A rule acts if what goes out by it differs from what the rules before
 * it alone would have given, and still does when all of them have had their say.
 */
export function foldDelivery(reply: Reply, strikes: readonly DrawnStrike[], arrival: Arrival): PlannedDelivery {
  const headOnly = arrival.method === 'HEAD';
  let delivery = plainDelivery(reply);
  const changes: Change[] = [];
  const parts: DeliveryPart[] = [];
  for (const strike of strikes) {
    const wants = wantedBy(strike, delivery, arrival);
    if (!wants) continue;
    if (isPartOfHold(wants)) parts.push({ strike, wants });
    const after = harsher(delivery, wants);
    if (looksTheSame(delivery, after, headOnly) || !strike.take()) continue;
    changes.push({ strike, before: delivery, after });
    delivery = after;
  }
  if (changes.length === 0) return unplanned(delivery);
  const showing = changes.length <= MAX_COMPARED ? showingIn(delivery, changes, arrival) : changes;
  const late = ({ before, after }: Change): boolean => looksTheSame(before, endingAs(after, before), headOnly);
  return {
    delivery,
    parts: parts.length === 0 ? NONE : parts.slice(),
    atOnce: strikesOf(showing.filter((change) => !late(change))),
    atItsEnd: strikesOf(showing.filter(late)),
  };
}

/** Those without which it would look otherwise; the others have been overruled. */
function showingIn(delivery: Delivery, changes: readonly Change[], arrival: Arrival): readonly Change[] {
  let showing = changes;
  for (const change of changes.length > 1 ? changes : NONE) {
    const others = showing.filter((other) => other !== change);
    const without = deliveredBy(strikesOf(others), changes[0]?.before.reply ?? delivery.reply, arrival);
    if (!looksTheSame(without, delivery, arrival.method === 'HEAD')) continue;
    change.strike.untake();
    showing = others;
  }
  return showing;
}

/** Whether it shows which of two replies it was, when it is delivered as the rules want it that have a say. */
export function repliesDiffer(one: Reply, other: Reply, strikes: readonly DrawnStrike[], arrival: Arrival): boolean {
  const speaking = strikes.filter(({ hasSay }) => hasSay);
  const delivered = deliveredBy(speaking, one, arrival);
  return !looksTheSame(delivered, deliveredBy(speaking, other, arrival), arrival.method === 'HEAD');
}

function deliveredBy(strikes: readonly DrawnStrike[], reply: Reply, arrival: Arrival): Delivery {
  return strikes.reduce((all, strike) => {
    const wants = wantedBy(strike, all, arrival);
    return wants ? harsher(all, wants) : all;
  }, plainDelivery(reply));
}

/** Each kind sees the reply as those before it have left it, and not how it is to be delivered. */
function wantedBy({ rule, chance }: DrawnStrike, { reply, also }: Delivery, arrival: Arrival): Delivery | undefined {
  const given: Delivery = { reply, ending: 'keep', ...(also && { also }) };
  const wants = rule.armed.deliver?.(given, arrival, chance);
  return wants === given ? undefined : wants;
}

/** The one, ending as the other does. */
function endingAs({ cutAt: _cut, hints: _hints, ...one }: Delivery, { cutAt, ending, hints }: Delivery): Delivery {
  return { ...one, ending, ...(cutAt !== undefined && { cutAt }), ...(hints && { hints }) };
}

const strikesOf = (changes: readonly Change[]): readonly DrawnStrike[] =>
  changes.length === 0 ? NONE : changes.map(({ strike }) => strike);

/** Whether it changes when and how far the answer arrives, and not only what it says. */
const isPartOfHold = ({ ending, cutAt, bytesPerSecond, instead, lengthOff }: Delivery): boolean =>
  ending !== 'keep' ||
  cutAt !== undefined ||
  bytesPerSecond !== undefined ||
  instead !== undefined ||
  lengthOff !== undefined;
