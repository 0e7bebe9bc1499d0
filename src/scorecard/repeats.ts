// Requests that ask once more for what was asked before without a result, and under which key they do.
import { ByName } from './by-name.ts';
import type { Attempt, Happened } from './evidence.ts';
import { groupsOf } from './groups.ts';
import type { Name } from './names.ts';
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

export interface Repeats {
  readonly repeats: readonly Repeat[];
  /** Could have repeated several, or nobody. */
  readonly unsure: number;
}

/** What is bad to be done twice. */
const TELLING = new Set(['reserveSeats', 'createOrder', 'completeOrder']);
/** The upstream was too busy, and has done nothing. */
const NOT_DONE = new Set(['rate_limited', 'too_many_concurrent', 'overloaded', 'maintenance']);

/** Of reservations, orders and completions; in order of arrival for each thing that is asked for. */
export function repeatsOf(named: readonly Attempt[], happened: readonly Happened[]): Repeats {
  const asked = named.filter(({ operation }) => TELLING.has(operation));
  const repeats: Repeat[] = [];
  let unsure = 0;
  for (const attempt of asked) {
    const key = keyRefused(attempt);
    if (key) repeats.push({ attempt, before: undefined, key, isAfterRefusal: false });
  }
  const known = new ByName<true>();
  for (const { reservation, order } of happened) {
    known.set(reservation, true);
    if (order !== null) known.set(order, true);
  }
  for (const group of groupsOf(asked, { placeOf: operationOf, nameOf: (attempt) => thingOf(attempt, known) })) {
    const found = nameOf(group[0] as Attempt) === null ? repeatsAmongAlike(group) : repeatsOfOne(group);
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

const operationOf = ({ operation }: Attempt): string => operation;

/** What it asks its operation for; null where its key was refused, which is told already, or there never was such a thing. */
function thingOf(attempt: Attempt, known: ByName<true>): Name | null {
  const name = nameOf(attempt);
  if (keyRefused(attempt) || (name !== null && !known.has(name))) return null;
  return name ?? attempt.fingerprint;
}

/** An order is completed once, and a reservation ordered once: what is sent along may differ. */
const nameOf = ({ operation, order, reservation }: Attempt): Name | null =>
  operation === 'completeOrder' ? order : operation === 'createOrder' ? reservation : null;

/** Of requests that ask for one and the same thing, by arrival. */
function repeatsOfOne(group: readonly Attempt[]): Repeats {
  const repeats: Repeat[] = [];
  const byKey = new Map<Name, Attempt>();
  /** Something may have been done under them. */
  const tried = new Set<Name>();
  /** Nothing has come of them yet, and nobody has repeated them; also those still open, which nobody waits for. */
  let waiting: Attempt[] = [];
  for (const attempt of group) {
    const { at, idempotencyKey: key } = attempt;
    const settled = waiting.findLastIndex((one) => isSettled(one, at));
    waiting = waiting.slice(settled + 1).filter((one) => at - (one.endedAt ?? at) <= WINDOW_MS);
    const same = key === null ? undefined : byKey.get(key);
    const before = same ?? waiting.at(-1);
    if (before) {
      const isAfterRefusal = waiting.every((one) => isTurnedAway(one) && !tried.has(one.idempotencyKey ?? ''));
      repeats.push({ attempt, before, key: same ? 'same' : keyed(key), isAfterRefusal });
      waiting = same ? waiting.filter(({ idempotencyKey }) => idempotencyKey !== key) : [];
    }
    if (key !== null) byKey.set(key, attempt);
    if (key !== null && !isTurnedAway(attempt)) tried.add(key);
    waiting.push(attempt);
  }
  return { repeats, unsure: 0 };
}

/** Of requests that ask for things that are alike, by arrival: one repeats another only where no third can be meant. */
function repeatsAmongAlike(group: readonly Attempt[]): Repeats {
  const repeats: Repeat[] = [];
  let unsure = 0;
  const byKey = new Map<Name, Attempt>();
  const failed = group.filter((one) => one.endedAt !== null && hasFailed(one)).sort((a, b) => endOf(a) - endOf(b));
  let next = 0;
  /** Have failed, and nobody has repeated them; by key, and those without by themselves. */
  const waiting = new Map<Name | Attempt, Attempt>();
  for (const attempt of group) {
    const { at, idempotencyKey: key } = attempt;
    for (let one = failed[next]; one && endOf(one) <= at && one !== attempt; one = failed[++next])
      if (one.idempotencyKey === null || byKey.get(one.idempotencyKey) === one)
        waiting.set(one.idempotencyKey ?? one, one);
    const same = key === null ? undefined : byKey.get(key);
    const meant = same ? [same] : [...waiting.values()].filter((one) => at - endOf(one) <= WINDOW_MS);
    const [before] = meant;
    if (before && meant.length === 1) {
      repeats.push({ attempt, before, key: same ? 'same' : keyed(key), isAfterRefusal: isTurnedAway(before) });
    } else if (meant.length > 1) unsure++;
    if (same) waiting.delete(same.idempotencyKey ?? same);
    else waiting.clear();
    if (key !== null) byKey.set(key, attempt);
  }
  return { repeats, unsure };
}

const keyed = (key: Name | null): Repeat['key'] => (key === null ? 'none' : 'new');

const endOf = (attempt: Attempt): number => attempt.endedAt ?? Number.POSITIVE_INFINITY;

const isSettled = (attempt: Attempt, at: number): boolean =>
  attempt.endedAt !== null &&
  attempt.endedAt <= at &&
  !hasFailed(attempt) &&
  attempt.code !== 'idempotency_in_progress';

const isTurnedAway = ({ status, code, workedAt }: Attempt): boolean =>
  workedAt === null && (status === 429 || (code !== null && NOT_DONE.has(code)));
