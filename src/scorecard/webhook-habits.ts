// What a client does about a webhook that it has accepted: whether it asks, and whether it acts again.
import type { Attempt, Delivery, Evidence, Happened } from './evidence.ts';
import { addTo } from './groups.ts';
import type { Name } from './names.ts';
import { isServed } from './trace.ts';

/** In so long a webhook is followed up, or it is not. */
const FOLLOW_UP_MS = 60_000;

export const isAccepted = ({ status }: Delivery): boolean => status !== null && status >= 200 && status < 300;

/** Completions of orders of which the client knew that they were completed, sent under another key after a webhook. */
export function actedOnTwice({ attempts, deliveries }: Evidence): Attempt[] {
  const told = byOrder(deliveries.filter(isAccepted));
  if (told.size === 0) return [];
  const done = byOrder(
    attempts.filter(({ operation, order }) => operation === 'completeOrder' && told.has(order ?? '')),
  );
  return [...done].flatMap(([order, completions]) => {
    const first = completions.find(isClean);
    if (first?.endedAt == null) return [];
    const { endedAt, idempotencyKey } = first;
    const webhooks = (told.get(order) ?? []).filter(({ at }) => at >= endedAt);
    const isAgain = (again: Attempt): boolean =>
      again.idempotencyKey !== idempotencyKey &&
      webhooks.some(({ at }) => again.at >= at && again.at <= at + FOLLOW_UP_MS);
    return completions.filter(isAgain).slice(0, 1);
  });
}

/** Accepted webhooks about orders, `n` of them, and those about which the client never asked nor knew already. */
export function lookedUp({ attempts, happened, deliveries, whole }: Evidence): { n: number; unseen: Delivery[] } {
  const accepted = firstOfEach(deliveries.filter((one) => isAccepted(one) && !one.isForged));
  const meant = byOrder(accepted);
  if (meant.size === 0) return { n: 0, unseen: [] };
  const answers = byOrder(attempts.filter((one) => meant.has(one.order ?? '') && isClean(one)));
  const news = byOrder(happened.filter(({ order }) => meant.has(order ?? '')));
  const judged = accepted.flatMap((webhook) => {
    const told = newsBefore(news.get(webhook.order ?? '') ?? [], webhook);
    if (told === undefined) return [];
    const isKnown = (answers.get(webhook.order ?? '') ?? []).some(
      ({ workedAt, at, endedAt }) =>
        (workedAt ?? at) >= told && (endedAt ?? Number.POSITIVE_INFINITY) <= webhook.at + FOLLOW_UP_MS,
    );
    return isKnown || webhook.at + FOLLOW_UP_MS <= whole.to ? [{ webhook, isKnown }] : [];
  });
  const unseen = judged.flatMap(({ webhook, isKnown }) => (isKnown ? [] : [webhook]));
  return { n: judged.length, unseen };
}

const isClean = (attempt: Attempt): boolean => isServed(attempt) && attempt.status !== null && attempt.status < 300;

/** When that happened of which a webhook tells, at the latest. */
const newsBefore = (happened: readonly Happened[], { at }: Delivery): number | undefined =>
  happened.findLast((one) => one.at <= at)?.at;

function firstOfEach(deliveries: readonly Delivery[]): Delivery[] {
  const first = new Map<string, Delivery>();
  for (const one of deliveries) if (one.order !== null && !first.has(one.webhookId)) first.set(one.webhookId, one);
  return [...first.values()];
}

/** Of those that are about one. */
function byOrder<Item extends { readonly order: Name | null }>(items: readonly Item[]): Map<Name, Item[]> {
  const groups = new Map<Name, Item[]>();
  for (const item of items) if (item.order !== null) addTo(groups, item.order, item);
  return groups;
}
