// What waits for one endpoint, and its calls under way: never more than it answers, in order for each subject, and nobody else's.
import type { Cancel, Clock } from '../base/clock.ts';
import type { Sent } from '../web/outbound.ts';
import type { Delivery } from './delivery.ts';
import { retryAfterMs, retryWaitMs } from './schedule.ts';

/** Deliveries to one endpoint that have not come to an end; further ones are dropped. */
export const MAX_QUEUED = 2000;
/** Calls under way to one endpoint that answers; to one that did not at last, or has not yet, there is one. */
export const MAX_AT_ONCE = 8;
/** Of those ready to be sent, so many are looked at for one whose subject has no call under way. */
const MAX_LOOKED_AT = 64;

const GONE = 410;

export interface QueueSettings {
  readonly clock: Clock;
  readonly timeScale: number;
  /** Makes one attempt; never rejects. */
  attempt(delivery: Delivery, signal: AbortSignal): Promise<Sent>;
  /** The receiver wants no more of them. */
  gone(): void;
  /** An attempt has ended, well or not. */
  attempted(well: boolean): void;
}

export class EndpointQueue {
  readonly #settings: QueueSettings;
  /** To be sent as soon as may be, in order. */
  readonly #ready = new Set<Delivery>();
  /** Wait for a time, or for another to pass them. */
  readonly #waiting = new Map<Delivery, Cancel>();
  /** Of these, those that may be passed. */
  readonly #heldBack = new Set<Delivery>();
  readonly #underWay = new Set<Delivery>();
  readonly #subjects = new Set<string>();
  #calls = new AbortController();
  #atOnce = 1;

  constructor(settings: QueueSettings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#ready.size + this.#waiting.size + this.#underWay.size;
  }

  /** Those that are sent, or about to be, and those that a rule keeps; not those that wait for a retry. */
  get busy(): number {
    let kept = 0;
    for (const delivery of this.#waiting.keys()) if (!delivery.wasTried) kept++;
    return this.#ready.size + this.#underWay.size + kept;
  }

  get isFull(): boolean {
    return this.size >= MAX_QUEUED;
  }

  /** False: there is no room. */
  add(delivery: Delivery): boolean {
    if (this.isFull) return false;
    const { delayMs } = delivery.notice;
    if (delayMs > 0 && !delivery.wasTried) this.#wait(delivery, delayMs, () => this.#wasLate(delivery));
    else this.#holdBackOrSend(delivery);
    return true;
  }

  /** Sends at once what a rule kept that is no longer in force. */
  releaseUnkept(): void {
    for (const delivery of [...this.#waiting.keys()]) {
      if (delivery.wasTried) continue;
      const held = this.#heldBack.has(delivery);
      if (delivery.isKept(held ? 'held-back' : 'late')) continue;
      this.#endWait(delivery);
      if (held) this.#send(delivery);
      else this.#wasLate(delivery);
    }
  }

  /** Forgets all, and ends the calls under way. */
  cancelAll(): void {
    for (const cancel of this.#waiting.values()) cancel();
    const all = [...this.#ready, ...this.#waiting.keys(), ...this.#underWay];
    for (const set of [this.#ready, this.#waiting, this.#heldBack, this.#underWay, this.#subjects]) set.clear();
    for (const delivery of all) delivery.settle('canceled');
    this.#calls.abort();
    this.#calls = new AbortController();
  }

  #wasLate(delivery: Delivery): void {
    delivery.acted('late');
    this.#holdBackOrSend(delivery);
  }

  /** What passes one that is held back is not held back itself, or none would ever pass another. */
  #holdBackOrSend(delivery: Delivery): void {
    const { heldBack } = delivery.notice;
    const passesOne = [...this.#heldBack].some((one) => passes(delivery, one));
    if (!heldBack || passesOne || delivery.wasTried || !delivery.isKept('held-back')) {
      this.#send(delivery);
      return;
    }
    this.#heldBack.add(delivery);
    this.#wait(delivery, heldBack.withinMs, () => this.#send(delivery));
  }

  #wait(delivery: Delivery, ms: number, then: () => void): void {
    const { clock } = this.#settings;
    delivery.nextAt = Math.round(clock.now() + ms);
    const due = (): void => {
      this.#endWait(delivery);
      then();
    };
    this.#waiting.set(delivery, clock.later(ms, due));
  }

  #endWait(delivery: Delivery): void {
    this.#waiting.get(delivery)?.();
    this.#waiting.delete(delivery);
    this.#heldBack.delete(delivery);
    delivery.nextAt = null;
  }

  #send(delivery: Delivery): void {
    this.#ready.add(delivery);
    this.#pump();
  }

  #pump(): void {
    while (this.#underWay.size < this.#atOnce) {
      const next = this.#next();
      if (!next) return;
      this.#ready.delete(next);
      this.#underWay.add(next);
      this.#subjects.add(next.notice.subject);
      void this.#attempt(next);
    }
  }

  /** Of two about the same subject, the second is sent when the first has been answered. */
  #next(): Delivery | undefined {
    let looked = 0;
    for (const delivery of this.#ready) {
      if (!this.#subjects.has(delivery.notice.subject)) return delivery;
      if (++looked >= MAX_LOOKED_AT) return undefined;
    }
    return undefined;
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { clock } = this.#settings;
    const [at, began] = [clock.now(), clock.ticks()];
    const signature = delivery.isSpoilt ? 'bad' : 'good';
    const sent = await this.#settings.attempt(delivery, this.#calls.signal);
    if (!this.#underWay.delete(delivery)) return; // forgotten meanwhile
    this.#subjects.delete(delivery.notice.subject);
    const [status, error] = 'error' in sent ? [null, sent.error] : [sent.status, null];
    delivery.wrote({ at, ms: Math.round(clock.ticks() - began), status, error, signature });
    this.#conclude(delivery, sent);
    this.#letPassed(delivery);
    this.#pump();
  }

  #conclude(delivery: Delivery, sent: Sent): void {
    const { clock, timeScale, gone, attempted } = this.#settings;
    const status = 'error' in sent ? undefined : sent.status;
    const well = status !== undefined && status >= 200 && status < 300;
    // one that answers badly at once costs nothing; one that answers nothing is asked by one call at a time
    this.#atOnce = status === undefined ? 1 : Math.min(MAX_AT_ONCE, this.#atOnce * 2);
    attempted(well);
    const after = 'error' in sent ? undefined : retryAfterMs(sent.headers['retry-after'], clock.now());
    const waitMs = retryWaitMs(delivery.tries, timeScale, after);
    if (well) delivery.settle('delivered');
    else if (status === GONE || waitMs === undefined) delivery.settle('failed');
    else this.#wait(delivery, waitMs, () => this.#send(delivery));
    if (status === GONE) gone();
  }

  /** Those that this one has passed are sent now. */
  #letPassed(by: Delivery): void {
    for (const held of [...this.#heldBack]) {
      if (!passes(by, held)) continue;
      held.acted('held-back');
      this.#endWait(held);
      this.#send(held);
    }
  }
}

function passes(later: Delivery, held: Delivery): boolean {
  if (later.origin <= held.origin) return false;
  return held.notice.heldBack?.by === 'client' || later.notice.subject === held.notice.subject;
}
