// Work that was done and whose answer was lost, and how its client found out, if it did.
import type { Case } from './criterion.ts';
import type { Attempt, Happened } from './evidence.ts';
import { addTo } from './groups.ts';
import type { Name } from './names.ts';
import { hasFailed, isServed } from './trace.ts';

/** What each does, as the box office says it. */
const DOES: Readonly<Record<string, readonly string[]>> = {
  reserveSeats: ['reserved'],
  extendReservation: ['extended'],
  createOrder: ['ordered'],
  completeOrder: ['completed', 'completing'],
  cancelOrder: ['canceled'],
};

const ABOUT_ORDERS = new Set(['createOrder', 'completeOrder', 'cancelOrder']);

interface Ambiguous {
  readonly orders: readonly Attempt[];
  /** Their clients have nothing to ask by but the key; they lapse by themselves, and are no danger. */
  readonly reservations: readonly Attempt[];
}

/** By arrival. Told that it was turned away for being one too many (429), a client knows that nothing was done. */
export function ambiguousOf({ evidence, named }: Case): Ambiguous {
  const lost = named.filter(
    (attempt) => attempt.workedAt !== null && isWithoutAnswer(attempt) && attempt.operation in DOES,
  );
  const done = momentsOf(evidence.happened, lost);
  const isDone = ({ operation, reservation, order, at, workedAt }: Attempt): boolean => {
    const thing = (isAboutOrder(operation) ? order : reservation) ?? reservation;
    const moments =
      thing === null ? [] : (DOES[operation]?.flatMap((what) => done.get(`${what} ${thing}`) ?? []) ?? []);
    return moments.some((moment) => moment >= at && moment <= (workedAt ?? at));
  };
  const committed = lost.filter(isDone);
  return {
    orders: committed.filter(({ operation }) => isAboutOrder(operation)),
    reservations: committed.filter(({ operation }) => !isAboutOrder(operation)),
  };
}

const isAboutOrder = (operation: string): boolean => ABOUT_ORDERS.has(operation);

/** Still open, or over without an answer that says what was done. */
const isWithoutAnswer = (attempt: Attempt): boolean =>
  attempt.ended === null || (hasFailed(attempt) && attempt.status !== 429);

/** When what happened to those that are meant, by what and to which. */
function momentsOf(happened: readonly Happened[], lost: readonly Attempt[]): Map<string, number[]> {
  const meant = new Set(lost.flatMap(({ order, reservation }) => [order, reservation]));
  const moments = new Map<string, number[]>();
  if (lost.length === 0) return moments;
  const add = (what: string, thing: Name, at: number): void => {
    if (meant.has(thing)) addTo(moments, `${what} ${thing}`, at);
  };
  for (const { happened: what, order, reservation, at } of happened) {
    add(what, reservation, at);
    if (order !== null) add(what, order, at);
  }
  return moments;
}

export interface Outcome {
  readonly lost: Attempt;
  /** `late`: it asked, but not in time; `open`: there is still time. */
  readonly became: 'resolved' | 'late' | 'never' | 'open';
  /** From when it was without an answer until it knew. */
  readonly tookMs?: number;
}

/** In the order of those that were lost. */
export function outcomesOf(of: Case, lost: readonly Attempt[], withinMs: number): Outcome[] {
  const references = referencesOf(of, lost);
  const answers = answersBy(of.named, lost, new Set(lost.flatMap((one) => waysTo(one, references))));
  return lost.map((one) => {
    const since = Math.max(one.endedAt ?? 0, one.workedAt ?? 0);
    const at = waysTo(one, references)
      .flatMap((way) => answers.get(way) ?? [])
      .filter((answer) => answer !== one && (answer.workedAt ?? answer.at) >= (one.workedAt ?? 0))
      .reduce((first, { endedAt }) => Math.min(first, endedAt ?? first), Number.POSITIVE_INFINITY);
    const tookMs = Math.max(0, at - since);
    if (tookMs <= withinMs) return { lost: one, became: 'resolved', tookMs };
    if (Number.isFinite(at)) return { lost: one, became: 'late', tookMs };
    return { lost: one, became: of.evidence.whole.to - since < withinMs ? 'open' : 'never' };
  });
}

/** The seller's reference of each order among them. */
function referencesOf({ evidence, named }: Case, lost: readonly Attempt[]): Map<Name, Name> {
  const orders = new Set(lost.map(({ order }) => order));
  const references = new Map<Name, Name>();
  if (lost.every(({ externalRef }) => externalRef !== null)) return references;
  for (const said of [named, evidence.happened])
    for (const { order, externalRef } of said)
      if (order !== null && externalRef !== null && orders.has(order)) references.set(order, externalRef);
  return references;
}

/** What its client can ask by. */
function waysTo(lost: Attempt, references: ReadonlyMap<Name, Name>): string[] {
  const { order, externalRef } = lost;
  const reference = externalRef ?? (order === null ? null : (references.get(order) ?? null));
  const ways = [
    order === null ? undefined : `order ${order}`,
    reference === null ? undefined : `reference ${reference}`,
    keyOf(lost),
  ];
  return ways.filter((way) => way !== undefined);
}

/** A key stands for one path. */
function keyOf({ operation, order, idempotencyKey }: Attempt): string | undefined {
  if (idempotencyKey === null || !isAboutOrder(operation)) return undefined;
  return `key ${operation} ${operation === 'createOrder' ? '' : order} ${idempotencyKey}`;
}

/** Beside repeats under the same key. Completing is one under whatever key, as it is told of the same order: ordering is not. */
const ASKS = new Set(['getOrder', 'findOrders', 'cancelOrder', 'completeOrder']);

/** What was answered in each of these ways of asking, by arrival. */
function answersBy(
  attempts: readonly Attempt[],
  lost: readonly Attempt[],
  ways: ReadonlySet<string>,
): Map<string, Attempt[]> {
  const answers = new Map<string, Attempt[]>();
  if (ways.size === 0) return answers;
  const keys = new Set(lost.map(({ idempotencyKey }) => idempotencyKey));
  for (const attempt of attempts) {
    const { operation, idempotencyKey } = attempt;
    const isRepeat = idempotencyKey !== null && keys.has(idempotencyKey);
    if (!(isRepeat || ASKS.has(operation)) || !isAnswer(attempt)) continue;
    for (const way of askedBy(attempt)) if (way !== undefined && ways.has(way)) addTo(answers, way, attempt);
  }
  return answers;
}

function askedBy(attempt: Attempt): (string | undefined)[] {
  const { operation, order, externalRef } = attempt;
  if (operation === 'findOrders') return [`reference ${externalRef}`];
  if (operation === 'getOrder') return [`order ${order}`];
  const isTold = operation === 'cancelOrder' || (operation === 'completeOrder' && isOfItsOrder(attempt));
  return isTold ? [`order ${order}`, keyOf(attempt)] : [keyOf(attempt)];
}

/** Of the answers to a completion: other conflicts are about its key. */
const isOfItsOrder = ({ status, code }: Attempt): boolean => status !== 409 || code === 'order_already_completed';

/** Refusals that tell what the order is like. */
const TELLING = [402, 404, 409, 410];

const isAnswer = (attempt: Attempt): boolean => {
  const { status, code } = attempt;
  if (status === null || !isServed(attempt)) return false;
  return status < 400 || (TELLING.includes(status) && code !== 'idempotency_in_progress');
};
