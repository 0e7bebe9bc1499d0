// A client in virtual time, whose behaviour is known exactly: what it would have left in the journal, for tests of what is read from it.
import { type Draw, exponential, randomStream } from '../../src/base/random-stream.ts';
import type { Attempt, Evidence } from '../../src/scorecard/evidence.ts';

const PLAIN: Attempt = {
  ...{ requestId: 'r', at: 0, endedAt: null, ended: null, firstByteAt: null, workedAt: null, status: null },
  ...{ operation: 'completeOrder', method: 'POST', connection: 1, idempotencyKey: null, declared: null },
  ...{ invocation: null, traceId: null, fingerprint: 'POST /v1/orders/o/complete', code: null, retryAfterMs: null },
  ...{ isWrongType: false, isConditional: false, isReplay: false, isHit: false },
  ...{ session: null, reservation: null, order: null, externalRef: null, customer: null },
};

export const attempt = (given: Partial<Attempt>): Attempt => ({ ...PLAIN, ...given });

/** Answered 5 ms after its arrival. */
export const answered = (at: number, given: Partial<Attempt> = {}): Attempt =>
  attempt({ at, firstByteAt: at + 5, endedAt: at + 5, ended: 'answered', status: 200, workedAt: at + 4, ...given });

/** Its client gave up after so long. */
export const left = (at: number, ms: number, given: Partial<Attempt> = {}): Attempt =>
  attempt({ at, endedAt: at + ms, ended: 'client-left', ...given });

/** Answered 503 after 5 ms. */
export const refused = (at: number, given: Partial<Attempt> = {}): Attempt =>
  answered(at, { status: 503, code: 'overloaded', workedAt: null, ...given });

export function evidenceOf(given: Partial<Evidence>): Evidence {
  const attempts = [...(given.attempts ?? [])].sort((a, b) => a.at - b.at);
  const to = attempts.reduce((last, { at, endedAt }) => Math.max(last, endedAt ?? at), 0) + 1;
  const whole = { from: attempts[0]?.at ?? 0, to };
  const rest = { faults: [], demand: undefined, timeScale: 1, happened: [], deliveries: [], evicted: 0 };
  return { client: 'shop', whole, ...rest, ...given, attempts };
}

/** Gives the delay before the `k`th retry, counted from 0, by what it was before. */
export type Delay = (k: number, draw: Draw, before: number) => number;

export const DELAYS = {
  none:
    (base: number): Delay =>
    (k) =>
      base * 2 ** k,
  small:
    (base: number): Delay =>
    (k, draw) =>
      base * 2 ** k * (0.8 + 0.4 * draw()),
  half:
    (base: number): Delay =>
    (k, draw) =>
      base * 2 ** k * (0.5 + 0.5 * draw()),
  full:
    (base: number): Delay =>
    (k, draw) =>
      base * 2 ** k * draw(),
  decorrelated:
    (base: number): Delay =>
    (_k, draw, before) =>
      base + draw() * (3 * (before || base) - base),
  fixed:
    (base: number): Delay =>
    () =>
      base,
};

export interface VirtualClient {
  readonly seed: number;
  /** Operations a second, by a Poisson process. */
  readonly demand: number;
  readonly calmMs: number;
  readonly faultMs: number;
  readonly healedMs: number;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly delay: Delay;
  /** Each attempt under the fault is answered 503 in place of nothing. */
  readonly refusesWith?: { readonly retryAfterMs: number | null };
  readonly obeys?: boolean;
  /** How late a timer may fire, in ms: uniform up to it. */
  readonly timerMs?: number;
}

/** Operations that know nothing of each other, each with a key of its own. */
export function played(client: VirtualClient): Evidence {
  const { seed, demand, calmMs, faultMs, healedMs } = client;
  const draw = randomStream(seed, 'virtual client');
  const fault = { from: calmMs, to: calmMs + faultMs };
  const end = calmMs + faultMs + healedMs;
  const attempts: Attempt[] = [];
  let number = 0;
  for (let at = gap(draw, demand); at < end; at += gap(draw, demand)) {
    for (const one of operation(client, Math.round(at), draw, fault))
      if (one.at < end) attempts.push({ ...one, requestId: `r${++number}`, idempotencyKey: `k${seed}-${at}` });
  }
  return evidenceOf({ attempts, faults: [fault], whole: { from: 0, to: end } });
}

const gap = (draw: Draw, perS: number): number => (exponential(draw) * 1000) / perS;

function operation(client: VirtualClient, start: number, draw: Draw, fault: { from: number; to: number }): Attempt[] {
  const { timeoutMs, attempts, delay, refusesWith, obeys, timerMs = 3 } = client;
  const made: Attempt[] = [];
  const late = (): number => draw() * timerMs;
  let at = start;
  let before = 0;
  for (let k = 0; k < attempts; k++) {
    const isUnder = at >= fault.from && at < fault.to;
    if (!isUnder) {
      made.push(answered(at));
      return made;
    }
    const retryAfterMs = refusesWith?.retryAfterMs ?? null;
    const one = refusesWith ? refused(at, { retryAfterMs }) : left(at, Math.round(timeoutMs + late()));
    made.push(one);
    before = delay(k, draw, before);
    const wait = obeys && retryAfterMs !== null ? Math.max(retryAfterMs, before) : before;
    at = Math.round((one.endedAt as number) + wait + late());
  }
  return made;
}

export interface VirtualBreaker {
  readonly seed: number;
  readonly demand: number;
  readonly calmMs: number;
  readonly faultMs: number;
  readonly timeoutMs: number;
  /** Failures until it opens. */
  readonly failures: number;
  readonly openMs: number;
}

/** Asks at a steady rate behind a breaker that lets one call through when it has been open for long enough; the upstream hangs. */
export function behindBreaker(client: VirtualBreaker): Evidence {
  const { seed, demand, calmMs, faultMs, timeoutMs, failures, openMs } = client;
  const draw = randomStream(seed, 'virtual breaker');
  const fault = { from: calmMs, to: calmMs + faultMs };
  const attempts: Attempt[] = [];
  const ends: number[] = [];
  let [failed, openUntil, probing] = [0, Number.NEGATIVE_INFINITY, false];
  for (let n = 0; (n * 1000) / demand < fault.to; n++) {
    const at = Math.round((n * 1000) / demand + draw() * 2);
    while ((ends[0] ?? Number.POSITIVE_INFINITY) <= at) {
      const end = ends.shift() as number;
      probing = false;
      if (++failed >= failures && end > openUntil) openUntil = end + openMs;
    }
    const isOpen = failed >= failures;
    if (isOpen && (at < openUntil || probing)) continue;
    probing = isOpen;
    const one = at < fault.from ? answered(at) : left(at, Math.round(timeoutMs + draw() * 3));
    if (at >= fault.from) ends.push(one.endedAt as number);
    attempts.push({ ...one, requestId: `r${n}`, idempotencyKey: `k${n}` });
  }
  return evidenceOf({ attempts, faults: [fault], demand, whole: { from: 0, to: fault.to } });
}
