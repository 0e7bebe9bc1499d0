// What a client does after an answer that it cannot read: whether its next step stands on it.
import type { Case } from './criterion.ts';
import type { Attempt, Evidence, Happened } from './evidence.ts';
import { addTo } from './groups.ts';
import { isServed } from './trace.ts';

/** A step that has no sound ground comes so soon after the page, or it has nothing to do with it. */
const SOON_MS = 10_000;

/** Pages for people are pages. */
const PAGES = ['paymentPage', 'threeDSecure', 'unmatched'];

/** Those after which there was time for a next step; by arrival. */
export const pagesOf = ({ attempts, whole }: Evidence): Attempt[] =>
  attempts.filter(
    ({ isWrongType, operation, endedAt }) =>
      isWrongType && endedAt !== null && endedAt + SOON_MS <= whole.to && !PAGES.includes(operation),
  );

interface Followed {
  readonly page: Attempt;
  /** The step that was taken all the same. */
  readonly next: Attempt;
}

/** In the order of the pages. */
export function followedBlindly({ evidence, named }: Case, pages: readonly Attempt[]): Followed[] {
  if (pages.length === 0) return [];
  const byThread = threadsOf(evidence.attempts, new Set(pages.flatMap(threadsThrough)));
  const unfounded = unfoundedOf(named, evidence.happened);
  return pages.flatMap((page) => {
    const next = nextInThread(page, byThread) ?? takeUnfounded(page, unfounded);
    return next ? [{ page, next }] : [];
  });
}

/** What needs an answer of each before it. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  getSeatMap: ['reserveSeats', 'createOrder', 'completeOrder'],
  getSession: ['reserveSeats', 'createOrder', 'completeOrder'],
  listSessions: ['reserveSeats', 'createOrder', 'completeOrder'],
  reserveSeats: ['createOrder', 'completeOrder'],
  createOrder: ['completeOrder'],
  findOrders: ['createOrder'],
};

/** What joins the steps of one purchase: an id that the page kept back, the reference that was asked for, a trace. */
function threadsThrough({ operation, reservation, order, externalRef, traceId }: Attempt): string[] {
  if (!(operation in NEXT)) return [];
  const own =
    operation === 'reserveSeats'
      ? reservation && `reservation ${reservation}`
      : operation === 'createOrder'
        ? order && `order ${order}`
        : operation === 'findOrders' && externalRef && `reference ${externalRef}`;
  return [own, traceId && `trace ${traceId}`].filter((thread) => typeof thread === 'string');
}

/** All that a request names. */
const threadsWith = ({ reservation, order, externalRef, traceId }: Attempt): string[] => [
  ...(reservation === null ? [] : [`reservation ${reservation}`]),
  ...(order === null ? [] : [`order ${order}`]),
  ...(externalRef === null ? [] : [`reference ${externalRef}`]),
  ...(traceId === null ? [] : [`trace ${traceId}`]),
];

function threadsOf(attempts: readonly Attempt[], meant: ReadonlySet<string>): Map<string, Attempt[]> {
  const threads = new Map<string, Attempt[]>();
  if (meant.size === 0) return threads;
  for (const attempt of attempts)
    for (const thread of threadsWith(attempt)) if (meant.has(thread)) addTo(threads, thread, attempt);
  return threads;
}

/** The first step on, unless something readable was answered in the meantime. */
function nextInThread(page: Attempt, byThread: ReadonlyMap<string, readonly Attempt[]>): Attempt | undefined {
  const from = page.endedAt as number;
  for (const thread of threadsThrough(page)) {
    const later = (byThread.get(thread) ?? []).filter((one) => one !== page && (one.endedAt ?? one.at) >= from);
    const next = later.find(({ at, operation }) => at >= from && NEXT[page.operation]?.includes(operation));
    const isTold = later.some((one) => next && isReadable(one, page) && (one.endedAt as number) <= next.at);
    if (next && !isTold) return next;
  }
  return undefined;
}

/** In a trace only the same question answers it; whatever names an id tells it. */
const isReadable = (answer: Attempt, { operation, traceId }: Attempt): boolean =>
  isServed(answer) &&
  answer.status !== null &&
  answer.status < 400 &&
  (answer.operation === operation || answer.traceId === null || answer.traceId !== traceId || isNaming(answer));

const isNaming = ({ operation }: Attempt): boolean => ['getReservation', 'getOrder', 'findOrders'].includes(operation);

/** Orders of no reservation, and completions of no order, that there ever was: their ids were read where there was none. */
function unfoundedOf(named: readonly Attempt[], happened: readonly Happened[]): Attempt[] {
  const known = new Set(
    happened.flatMap(({ reservation, order }) => (order === null ? [reservation] : [reservation, order])),
  );
  return named.filter(({ operation, status, reservation, order }) => {
    if (status !== 400 && status !== 404) return false;
    if (operation === 'createOrder') return reservation === null || !known.has(reservation);
    return operation === 'completeOrder' && (order === null || !known.has(order));
  });
}

/** Each follows one page only: the first that it can have followed. */
function takeUnfounded(page: Attempt, unfounded: Attempt[]): Attempt | undefined {
  const from = page.endedAt as number;
  const step = NEXT[page.operation]?.[0];
  const place = unfounded.findIndex(({ operation, at }) => operation === step && at >= from && at <= from + SOON_MS);
  return place === -1 ? undefined : unfounded.splice(place, 1)[0];
}
