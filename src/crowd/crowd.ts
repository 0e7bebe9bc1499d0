// The other customers: virtual calls of many sellers into the upstream's own queue, without a socket.
import { type Draw, randomStream } from '../base/random-stream.ts';
import { EventHeap } from '../capacity/event-heap.ts';
import type { LoadClass } from '../capacity/forecast.ts';
import type { JobSink } from '../capacity/job.ts';
import type { EventSource } from '../capacity/simulation.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import { type Attempt, AttemptPool } from './attempt.ts';
import { curveOf } from './curve.ts';
import { type CrowdBuyer, createPurchases, type Purchases } from './purchases.ts';
import { policies } from './registry.ts';
import { type ClassObserved, SellerClass } from './seller-class.ts';
import type { CrowdSettings, SellerClassSettings } from './settings.ts';

const DEFAULT_OPEN_MS = 5000;

export interface CrowdOptions {
  readonly settings: CrowdSettings;
  /** Where the work goes: the station, or a driver that may have one. */
  readonly work: JobSink;
  /** What the upstream serves a second when it is well, for rates written as multiples of it. */
  readonly muPerS: number;
  readonly seed: number;
  /** Simulation time now, in ms. */
  readonly nowMs: number;
  /** Simulation time at which the story of the curve began; unset: now. */
  readonly originMs?: number;
  /** Story seconds per second, for the curve only; unset: 1. */
  readonly speed?: number;
  /** Without one, no purchase is real. */
  readonly buyer?: CrowdBuyer;
}

export interface CrowdObserved {
  readonly classes: readonly ClassObserved[];
  /** First tries a second that the curve asks for now. */
  readonly arrivalsPerS: number;
  /** Retries that wait for their time. */
  readonly plannedRetries: number;
  /** Real purchases made, and those left out because there were too many in their second. */
  readonly bought: number;
  readonly notBought: number;
}

/** A source of events for the simulation that its station is in. */
export interface Crowd extends EventSource {
  readonly settings: CrowdSettings;
  observed(nowMs: number): CrowdObserved;
  /** For the forecast: what comes at this moment, by class. */
  load(nowMs: number): LoadClass[];
  /** Nobody new comes; those who wait go on waiting and retrying. */
  retire(): void;
  /** Everybody leaves at once. */
  stop(): void;
}

export const createCrowd = (options: CrowdOptions): Crowd => new SellerCrowd(options);

class SellerCrowd implements Crowd {
  readonly settings: CrowdSettings;
  readonly #classes: readonly SellerClass[];
  /** Up to which draw each class gets an operation. */
  readonly #upTo: readonly number[];
  readonly #planned = new EventHeap<Attempt>();
  readonly #choose: Draw;
  readonly #purchases: Purchases;
  readonly #rateAt: (nowMs: number) => number;
  #arrivals: Arrivals | undefined;

  constructor(options: CrowdOptions) {
    const { settings, muPerS, seed, nowMs, originMs = nowMs, speed = 1, buyer = { buy() {} } } = options;
    this.settings = settings;
    const curve = curveOf(settings.arrivals, muPerS);
    this.#rateAt = (ms) => curve.rateAt((ms - originMs) * speed);
    this.#arrivals = createArrivals({ curve, draw: randomStream(seed, 'arrivals'), originMs, speed, fromMs: nowMs });
    this.#choose = randomStream(seed, 'classes');
    this.#purchases = createPurchases(buyer, settings.realPurchases, randomStream(seed, 'purchases'));
    this.#classes = classesOf(options, this.#planned, (ms) => this.#purchases.maybeBuy(ms));
    this.#upTo = cumulated(shares(settings.classes));
  }

  nextAt(): number {
    let soonest = Math.min(this.#arrivals?.nextMs ?? Number.POSITIVE_INFINITY, this.#planned.firstKey);
    for (const { nextTimeoutMs } of this.#classes) if (nextTimeoutMs < soonest) soonest = nextTimeoutMs;
    return soonest;
  }

  /** Who leaves goes before who comes. */
  fire(nowMs: number): void {
    for (const sellers of this.#classes)
      if (sellers.nextTimeoutMs <= nowMs) {
        sellers.timeOut(nowMs);
        return;
      }
    if (this.#planned.firstKey <= nowMs) {
      const attempt = this.#planned.pop() as Attempt;
      (attempt.owner as SellerClass).send(attempt, nowMs);
    } else if (this.#arrivals) {
      const { comes } = this.#arrivals;
      this.#arrivals.advance();
      if (comes) this.#chosen().begin(nowMs);
    }
  }

  observed(nowMs: number): CrowdObserved {
    return {
      classes: this.#classes.map((sellers) => sellers.observed(nowMs)),
      arrivalsPerS: this.#arrivals ? this.#rateAt(nowMs) : 0,
      plannedRetries: this.#planned.size,
      bought: this.#purchases.bought,
      notBought: this.#purchases.skipped,
    };
  }

  load(nowMs: number): LoadClass[] {
    const perS = this.#arrivals ? this.#rateAt(nowMs) : 0;
    const parts = shares(this.settings.classes);
    return this.settings.classes.map((of, at) => {
      const { attempts, timeoutMs } = termsOf(of);
      return {
        firstTriesPerS: perS * (parts[at] as number),
        attempts: policies[of.policy].sustained(attempts),
        timeoutMs,
      };
    });
  }

  retire(): void {
    this.#arrivals = undefined;
  }

  stop(): void {
    this.#arrivals = undefined;
    this.#planned.clear();
    for (const sellers of this.#classes) sellers.abandon();
  }

  #chosen(): SellerClass {
    const draw = this.#choose();
    let at = 0;
    while (draw >= (this.#upTo[at] ?? 1)) at += 1;
    return this.#classes[at] as SellerClass;
  }
}

function classesOf(
  { settings, work, seed, nowMs }: CrowdOptions,
  planned: EventHeap<Attempt>,
  done: (nowMs: number) => void,
): SellerClass[] {
  const pool = new AttemptPool();
  return settings.classes.map((of, at) => {
    const { attempts, timeoutMs } = termsOf(of);
    const draw = randomStream(seed, `class ${at}`);
    const policy = policies[of.policy].create({ attempts, timeoutMs, openMs: of.open ?? DEFAULT_OPEN_MS, draw });
    return new SellerClass({ name: of.policy, policy, timeoutMs, work, pool, planned, nowMs, done });
  });
}

const termsOf = ({ policy, attempts, timeout }: SellerClassSettings): { attempts: number; timeoutMs: number } => ({
  attempts: attempts ?? policies[policy].attempts,
  timeoutMs: timeout ?? policies[policy].timeoutMs,
});

/** Of the whole; they add up to 1. */
function shares(classes: readonly SellerClassSettings[]): number[] {
  const whole = classes.reduce((sum, { share }) => sum + share, 0);
  return classes.map(({ share }) => share / whole);
}

function cumulated(parts: readonly number[]): number[] {
  let sum = 0;
  return parts.map((part, at) => {
    sum += part;
    return at === parts.length - 1 ? 1 : sum;
  });
}
