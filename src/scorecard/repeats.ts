// Requests that ask once more for what was asked before without a result, and under which key they do.
import type { Attempt } from './evidence.ts';
import { hasFailed, WINDOW_MS } from './trace.ts';

export interface Repeat {
  readonly attempt: Attempt;
  /** What it repeats; undefined where only its answer says that it is wrong. */
  readonly before: Attempt | undefined;
  /** `other-body`: a key that stands for another body. */
  readonly key: 'same' | 'new' | 'none' | 'other-body';
  /** What it repeats was turned away before anything was done for it. */
  readonly isAfterRefusal: boolean;
}

interface Repeats {
  readonly repeats: readonly Repeat[];
  /** Could have repeated several, or nobody. */
  readonly unsure: number;
}

/** What is bad to be done twice. */
const TELLING = new Set(['reserveSeats', 'createOrder', 'completeOrder']);
/** The upstream was too busy, and has done nothing. */
const NOT_DONE = new Set(['rate_limited', 'too_many_concurrent', 'overloaded', 'maintenance']);

/** Of reservations, orders and completions; in order of arrival for each thing that is asked for. */
export function repeatsOf(attempts: readonly Attempt[]): Repeats {
  const groups = new Map<string, Attempt[]>();
  const repeats: Repeat[] = [];
  for (const attempt of attempts) {
    if (!TELLING.has(attempt.operation)) continue;
    const refused = keyRefused(attempt);
    if (refused) repeats.push({ attempt, before: undefined, key: refused, isAfterRefusal: false });
    else addTo(groups, attempt);
  }
  let unsure = 0;
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const found = new Group(isNamed(group[0] as Attempt));
    for (const attempt of group) found.add(attempt);
    for (const repeat of found.repeats) repeats.push(repeat);
    unsure += found.unsure;
  }
  return { repeats, unsure };
}

/** The answer itself says so. */
function keyRefused({ code, status }: Attempt): 'none' | 'other-body' | undefined {
  if (status === 400 && code === 'idempotency_key_missing') return 'none';
  if (status === 422 && code === 'idempotency_key_reused') return 'other-body';
  return undefined;
}

function addTo(groups: Map<string, Attempt[]>, attempt: Attempt): void {
  const thing = `${attempt.operation} ${nameOf(attempt) ?? attempt.fingerprint}`;
  const group = groups.get(thing);
  if (group) group.push(attempt);
  else groups.set(thing, [attempt]);
}

/** An order is completed once, and a reservation ordered once: what is sent along may differ. */
const nameOf = ({ operation, order, reservation }: Attempt): string | null =>
  operation === 'completeOrder' ? order : operation === 'createOrder' ? reservation : null;

const isNamed = (attempt: Attempt): boolean => nameOf(attempt) !== null;

/** Requests that ask for one and the same thing, or, where it has no name, for things that are alike. */
class Group {
  readonly repeats: Repeat[] = [];
  unsure = 0;
  readonly #isOneThing: boolean;
  readonly #byKey = new Map<string, Attempt>();
  /** Something may have been done under them. */
  readonly #worked = new Set<string>();
  /** Nothing has come of them yet, and nobody has repeated them. */
  #waiting: Attempt[] = [];

  constructor(isOneThing: boolean) {
    this.#isOneThing = isOneThing;
  }

  /** In order of arrival. */
  add(attempt: Attempt): void {
    const { idempotencyKey: key } = attempt;
    const before = key === null ? undefined : this.#byKey.get(key);
    if (before) {
      this.repeats.push({ attempt, before, key: 'same', isAfterRefusal: isTurnedAway(before) });
      this.#waiting = this.#waiting.filter(({ idempotencyKey }) => idempotencyKey !== key);
    } else this.#underAnotherKey(attempt);
    if (key !== null) this.#byKey.set(key, attempt);
    if (key !== null && !isTurnedAway(attempt)) this.#worked.add(key);
    if (this.#isOneThing || hasFailed(attempt)) this.#waiting.push(attempt);
  }

  #underAnotherKey(attempt: Attempt): void {
    const repeated = this.#isOneThing ? this.#unsettled(attempt) : this.#failed(attempt);
    const before = repeated.at(-1);
    if (!before) return;
    this.#waiting = this.#waiting.filter((one) => !repeated.includes(one));
    if (this.#isOneThing || repeated.length === 1) {
      const key = attempt.idempotencyKey === null ? 'none' : 'new';
      this.repeats.push({ attempt, before, key, isAfterRefusal: repeated.every((one) => this.#isUndone(one)) });
    } else this.unsure++;
  }

  #isUndone(attempt: Attempt): boolean {
    const { idempotencyKey: key } = attempt;
    return isTurnedAway(attempt) && (key === null || !this.#worked.has(key));
  }

  /** Since it was last answered what has become of it: also those still open, which it does not wait for. */
  #unsettled({ at }: Attempt): Attempt[] {
    const settled = this.#waiting.findLastIndex((one) => isSettled(one, at));
    this.#waiting = this.#waiting.slice(settled + 1);
    return this.#waiting.filter((one) => at - (one.endedAt ?? at) <= WINDOW_MS);
  }

  #failed({ at }: Attempt): Attempt[] {
    return this.#waiting.filter(
      (one) => hasFailed(one) && one.endedAt !== null && one.endedAt <= at && at - one.endedAt <= WINDOW_MS,
    );
  }
}

const isSettled = (attempt: Attempt, at: number): boolean =>
  attempt.endedAt !== null &&
  attempt.endedAt <= at &&
  !hasFailed(attempt) &&
  attempt.code !== 'idempotency_in_progress';

const isTurnedAway = ({ status, code, workedAt }: Attempt): boolean =>
  workedAt === null && (status === 429 || (code !== null && NOT_DONE.has(code)));
