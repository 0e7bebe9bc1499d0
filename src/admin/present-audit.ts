// Ledger, differences and breaches as the admin API shows them.
import type { Difference as Found, AuditedOrder as Order } from '../director/auditing.ts';
import { type Audited as Checked, INVARIANT_NAMES, INVARIANTS, type TracedBreach } from '../director/invariants.ts';
import type { LedgerLine as Line, LedgerPage as Page, Truth } from '../director/ledger.ts';
import type { Audited, AuditedOrder, Breach, Difference, LedgerLine, LedgerPage } from './contract/ledger.ts';

/** Ids of seats that are shown of what a seller believes. */
const MAX_SEAT_IDS = 20;

const time = (epochMs: number): string => new Date(epochMs).toISOString();
const timeOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : time(epochMs));

/** How references are told to who may not read them; undefined for who may read all. */
type ShownAs = ((externalRef: string) => string) | undefined;

/** That a fault has lost an order is not for viewers, to whom faults may be sealed. */
const presentOrder =
  (shownAs: ShownAs) =>
  ({ externalRef: _, currency: __, createdAt, seats, lost, ...order }: Order): AuditedOrder => ({
    ...order,
    seats: [...seats],
    createdAt: time(createdAt),
    lost: shownAs ? null : lost,
  });

const sumsOf = ({ orders, completed, sold, amount, captured, refunded, stranded }: Truth) => ({
  ...{ orders, completed, sold, amount, captured, refunded, stranded },
});

const presentLine = ({ client, externalRef, reservations, reserved, truth }: Line, shownAs: ShownAs): LedgerLine => ({
  ...{ client, externalRef, reservations, reserved },
  ...sumsOf(truth),
  shown: truth.shown.map(presentOrder(shownAs)),
});

export const presentLedger = ({ lines, next, currency, forgotten }: Page, shownAs: ShownAs): LedgerPage => ({
  data: lines.map((line) => presentLine(line, shownAs)),
  nextCursor: next === null ? null : Buffer.from(next).toString('base64url'),
  ...{ currency, forgotten },
});

/** Who named a reference knows it; others are told what stands for it. */
export function presentDifference(
  { kind, externalRef, believed, actual, unsure }: Found,
  shownAs: ShownAs,
): Difference {
  const { rows = 0, completed = 0, seats = null, seatIds = null, amount = null } = believed ?? {};
  const ids = seatIds?.slice(0, MAX_SEAT_IDS) ?? null;
  return {
    ...{ kind, externalRef: believed || !shownAs ? externalRef : shownAs(externalRef) },
    believed: believed && { rows, completed, seats, seatIds: ids, amount },
    actual: actual && sumsOf(actual),
    orders: (actual?.shown ?? []).map(presentOrder(shownAs)),
    unsure,
  };
}

export const presentAudited = ({ breaches, counts, evicted }: Checked): Audited => ({
  ok: breaches.length === 0,
  invariants: INVARIANT_NAMES.map((rule) => ({ rule, says: INVARIANTS[rule], breaches: counts.get(rule) ?? 0 })),
  breaches: breaches.map((breach) => presentBreach(breach, evicted > 0)),
});

function presentBreach({ breach, requests, found }: TracedBreach, unsure: boolean): Breach {
  const { rule, sessionId = null, detail, orders, reservations, seats } = breach;
  return {
    ...{ rule, detail, session: sessionId },
    ...{ orders: [...orders], reservations: [...reservations], seats: [...seats] },
    requests: requests.map((entry) => {
      const { requestId, at, client, operation, method, url, idempotencyKey, workedAt, status, ended } = entry;
      const times = { at: time(at), workedAt: timeOrNull(workedAt) };
      return { requestId, ...times, ...{ client, operation, method, url, idempotencyKey, status, ended } };
    }),
    requestsFound: found,
    unsure,
  };
}
