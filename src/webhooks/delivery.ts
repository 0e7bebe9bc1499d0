// One webhook to one endpoint: its attempts, what became of it, and the rules that had a part in it.
import type { DeliveryStatus } from '../base/delivery-status.ts';
import type { Notice } from '../faults/notice.ts';
import type { Effect, NoticeHit } from '../faults/notified.ts';

export interface Attempt {
  /** Epoch ms, when it began. */
  readonly at: number;
  readonly ms: number;
  /** Null: none came. */
  readonly status: number | null;
  /** Why no status came, in words. */
  readonly error: string | null;
  /** `bad`: no key of the client made it. */
  readonly signature: 'good' | 'bad';
}

/** Attempts kept of one delivery, which may be sent again by hand; the oldest makes room. */
export const MAX_ATTEMPTS_KEPT = 30;

/** A rule's part in deliveries: it is given back when none of them is left in which it could act. */
export class Part {
  readonly #hit: NoticeHit;
  #holders = 0;

  constructor(hit: NoticeHit) {
    this.#hit = hit;
  }

  get rule(): string {
    return this.#hit.strike.rule.id;
  }

  get inForce(): boolean {
    return this.#hit.strike.rule.inForce;
  }

  has(effect: Effect): boolean {
    return this.#hit.effects.includes(effect);
  }

  /** Whether it can act on the first of several webhooks, or on a later one: a copy is one that came later. */
  concerns(copy: number): boolean {
    return copy > 0 || !this.#hit.effects.every((effect) => effect === 'copied');
  }

  held(): void {
    this.#holders++;
  }

  acted(): void {
    this.#hit.strike.acted();
  }

  /** By one of those who held it. */
  leave(): void {
    if (--this.#holders <= 0) this.#hit.strike.giveBack(); // nothing once it has acted
  }
}

interface DeliveryParts {
  readonly number: number;
  readonly origin: number;
  readonly id: string;
  readonly notice: Notice;
  readonly body: string;
  /** Epoch ms. */
  readonly madeAt: number;
  readonly parts: readonly Part[];
}

export class Delivery {
  /** Counts up in its world; the log is paged by it. */
  readonly number: number;
  /** The number of the first of all that were made of one notice. */
  readonly origin: number;
  readonly id: string;
  readonly notice: Notice;
  readonly body: string;
  readonly madeAt: number;
  status: DeliveryStatus = 'pending';
  /** Epoch ms of the next attempt; null: none is planned, or it is sent as soon as may be. */
  nextAt: number | null = null;
  readonly attempts: Attempt[] = [];
  /** Since it was made, or last sent again by hand. */
  tries = 0;
  /** Ids of the rules that acted on it. */
  readonly rules: string[] = [];
  #open: readonly Part[];
  readonly #signing: readonly Part[];
  #wasAgain = false;

  constructor({ number, origin, id, notice, body, madeAt, parts }: DeliveryParts) {
    this.number = number;
    this.origin = origin;
    this.id = id;
    this.notice = notice;
    this.body = body;
    this.madeAt = madeAt;
    this.#open = parts;
    this.#signing = parts.filter((part) => part.has('signed-badly'));
    for (const part of parts) part.held();
  }

  /** Whether a rule that is still in force keeps it waiting so. */
  isKept(effect: 'late' | 'held-back'): boolean {
    return this.#open.some((part) => part.has(effect) && part.inForce);
  }

  /** Whether its signature is to be a bad one now: a rule wants it that is still in force. */
  get isSpoilt(): boolean {
    return this.#signing.some(({ inForce }) => inForce);
  }

  /** It is to be sent again, whatever became of it, and is not kept waiting any more. */
  again(): void {
    this.status = 'pending';
    this.tries = 0;
    this.#wasAgain = true;
  }

  /** No rule keeps it waiting any more: an attempt was made, or it was sent again by hand. */
  get wasTried(): boolean {
    return this.tries > 0 || this.#wasAgain;
  }

  /** It is seen as it is sent: only where the rule is still in force. */
  actedIfInForce(effect: Effect): void {
    if (this.#open.some((part) => part.has(effect) && part.inForce)) this.acted(effect);
  }

  /** The effect is there to be seen. */
  acted(effect: Effect): void {
    for (const part of this.#open.filter((one) => one.has(effect))) {
      part.acted();
      if (!this.rules.includes(part.rule)) this.rules.push(part.rule);
    }
  }

  /** Nothing more comes of the rules that have not acted. */
  settle(status: DeliveryStatus): void {
    this.status = status;
    this.nextAt = null;
    for (const part of this.#open) part.leave();
    this.#open = NO_PARTS;
  }

  wrote(attempt: Attempt): void {
    this.tries++;
    this.attempts.push(attempt);
    if (this.attempts.length > MAX_ATTEMPTS_KEPT) this.attempts.shift();
  }
}

const NO_PARTS: readonly Part[] = Object.freeze([]);
