// A shop in virtual time whose buyers go from step to step, with retries, places and breakers as it is told: what it would leave in the journal.
import { type Draw, exponential, randomStream } from '../../src/base/random-stream.ts';
import type { Attempt, Evidence } from '../../src/scorecard/evidence.ts';
import { AROUND_FAULT, FAULT, isUnderFault } from './purchases.ts';
import { answered, attempt, left, refused } from './virtual-client.ts';

export interface SimulatedShop {
  readonly seed: number;
  /** Of the calls of each step, those that fail under the fault. */
  readonly shares: readonly number[];
  readonly fails: 'hang' | 'refuse';
  readonly timeoutMs: number;
  /** Of each call, at least 1. */
  readonly tries: number;
  /** Of all its calls together; who finds none gives up. */
  readonly places: number;
  readonly breaker?: {
    readonly scope: 'all' | 'step';
    /** Failures one after the other until it opens. */
    readonly failures: number;
    readonly openMs: number;
  };
}

export interface Sold extends Partial<Evidence> {
  readonly attempts: readonly Attempt[];
  /** When the breaker of each step opened first under the fault; `all` where it has one for all. */
  readonly openedAt: ReadonlyMap<string, number>;
}

const PER_S = 20;
const ANSWERED_AFTER_MS = 5;

interface Breaker {
  failed: number;
  openUntil: number;
  isProbing: boolean;
}

export function simulated(
  shop: SimulatedShop,
): Pick<Evidence, 'attempts'> & Partial<Evidence> & Pick<Sold, 'openedAt'> {
  const { seed, whole: end } = { seed: shop.seed, whole: AROUND_FAULT.whole?.to ?? 0 };
  return new Simulation(shop, randomStream(seed, 'simulated shop')).until(end);
}

class Simulation {
  readonly #shop: SimulatedShop;
  readonly #draw: Draw;
  readonly #attempts: Attempt[] = [];
  readonly #openedAt = new Map<string, number>();
  readonly #breakers = new Map<string, Breaker>();
  /** By time. */
  readonly #due: { readonly at: number; readonly run: () => void }[] = [];
  #now = 0;
  #taken = 0;

  constructor(shop: SimulatedShop, draw: Draw) {
    this.#shop = shop;
    this.#draw = draw;
  }

  until(end: number): Sold {
    for (let at = 0; at < end; at += (exponential(this.#draw) * 1000) / PER_S) this.#later(at, () => this.#step(0, 1));
    for (let next = this.#due.shift(); next && next.at < end; next = this.#due.shift()) {
      this.#now = next.at;
      next.run();
    }
    return { ...AROUND_FAULT, attempts: this.#attempts, openedAt: this.#openedAt };
  }

  #later(at: number, run: () => void): void {
    let [low, high] = [0, this.#due.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#due[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, { at, run });
  }

  #step(step: number, tries: number): void {
    const name = `step ${step}`;
    if (step === this.#shop.shares.length || this.#taken === this.#shop.places) return;
    const breaker = this.#breakerOf(name);
    if (breaker && (this.#now < breaker.openUntil || breaker.isProbing)) return;
    if (breaker && breaker.openUntil > 0) breaker.isProbing = true;
    this.#taken++;
    const one = this.#call(name, this.#shop.shares[step] as number);
    this.#attempts.push(one);
    const isGood = one.ended === 'answered' && one.status === 200;
    this.#later(one.endedAt as number, () => {
      this.#taken--;
      this.#note(breaker, name, isGood);
      if (isGood) this.#step(step + 1, 1);
      else if (tries < this.#shop.tries) this.#later(this.#now + 100 * 2 ** tries, () => this.#step(step, tries + 1));
    });
  }

  #call(operation: string, share: number): Attempt {
    const at = Math.round(this.#now);
    const given = { operation, requestId: `r${this.#attempts.length}` };
    if (!isUnderFault(at) || this.#draw() >= share) return answered(at, given);
    if (this.#shop.fails === 'refuse') return refused(at, given);
    if (at + this.#shop.timeoutMs <= FAULT.to) return left(at, this.#shop.timeoutMs, given);
    const endedAt = FAULT.to + ANSWERED_AFTER_MS;
    return attempt({ ...answered(at, given), firstByteAt: endedAt, endedAt });
  }

  #breakerOf(name: string): Breaker | undefined {
    const scope = this.#shop.breaker?.scope;
    if (!scope) return undefined;
    const key = scope === 'all' ? scope : name;
    const breaker = this.#breakers.get(key) ?? { failed: 0, openUntil: 0, isProbing: false };
    this.#breakers.set(key, breaker);
    return breaker;
  }

  #note(breaker: Breaker | undefined, name: string, isGood: boolean): void {
    const rule = this.#shop.breaker;
    if (!breaker || !rule) return;
    if (isGood) Object.assign(breaker, { failed: 0, openUntil: 0, isProbing: false });
    else if (breaker.isProbing || (++breaker.failed >= rule.failures && breaker.openUntil === 0)) {
      const key = rule.scope === 'all' ? rule.scope : name;
      if (!this.#openedAt.has(key)) this.#openedAt.set(key, this.#now);
      Object.assign(breaker, { openUntil: this.#now + rule.openMs, isProbing: false });
    }
  }
}
