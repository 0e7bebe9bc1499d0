// The shapes of the ledger, of what differs from it, and of what is broken in it. Amounts are minor units of one currency.
import { z } from 'zod';
import { DIFFERENCE_KINDS } from '../../director/auditing.ts';
import { INVARIANT_NAMES } from '../../director/invariants.ts';
import { ORDER_STATUSES } from '../../director/ledger.ts';
import type { beliefRequest } from '../belief/belief-row.ts';
import { pageOf } from './contract.ts';
import { count, time } from './values.ts';

const client = z.string().min(1).max(8192);
const currency = z.string().describe('ISO 4217, of all amounts');
const forgotten = count.describe('orders that ended without tickets long ago, and are no longer kept');
const amount = z.int().describe('minor units');

export const ledgerQuery = z.strictObject({
  client: client.optional().describe('seller, by name or by key'),
  externalRef: z.string().min(1).max(100).optional().describe("the seller's own reference"),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('references on a page'),
  cursor: z.string().min(1).max(2000).optional().describe('`nextCursor` of the page before'),
});
export const reconcileQuery = z.strictObject({
  client: client.optional().describe('seller, by name or by key: for a body that does not say'),
});

export const auditedOrderShape = z.strictObject({
  order: z.string(),
  client: z.string(),
  session: z.string(),
  reservation: z.string(),
  status: z.enum(ORDER_STATUSES),
  seats: z.array(z.string()),
  amount,
  method: z.string().describe('seller: it takes the money itself · redirect: it is taken here'),
  payment: z.string().describe('status of the payment'),
  captured: amount.describe('taken here; nothing of a payment that the seller takes'),
  refunded: amount,
  createdAt: time.describe('RFC 3339, UTC, in box-office time'),
  lost: z.boolean().nullable().describe('a fault made it that its seller does not find it; null for viewers'),
});

const sums = {
  orders: count.describe('how many there are; the first 20 are shown'),
  completed: count.describe('orders with tickets'),
  sold: count.describe('seats with tickets'),
  amount: amount.describe('paid and not given back for orders with tickets, as far as the upstream knows'),
  captured: amount.describe('taken here, for all orders'),
  refunded: amount,
  stranded: amount.describe('taken here and not given back, for orders without tickets'),
};
const shown = z.array(auditedOrderShape).describe('the first ones, in order of creation');

export const ledgerLineShape = z.strictObject({
  client: z.string(),
  externalRef: z.string().nullable().describe('null: reservations of this client that have no order'),
  reservations: count.describe('without an order, that hold seats'),
  reserved: count.describe('seats held, without tickets'),
  ...sums,
  shown,
});
export const ledgerShape = pageOf(ledgerLineShape).extend({ currency, forgotten });

export const differenceShape = z.strictObject({
  kind: z.enum(DIFFERENCE_KINDS),
  externalRef: z.string(),
  believed: z
    .strictObject({
      rows: count,
      completed: count.describe('rows that say so; seats and amount are of these'),
      seats: count.nullable().describe('null where a row does not say'),
      seatIds: z.array(z.string()).nullable().describe('at most 20; null where a row does not say'),
      amount: amount.nullable().describe('null where a row does not say'),
    })
    .nullable()
    .describe('null where no row has this reference'),
  actual: z.strictObject(sums).nullable().describe('null where no order of this reference is known'),
  orders: shown,
  unsure: z.boolean().describe('it may be one of the orders that are no longer kept'),
});
const countOfEach = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, count])) as Record<
  (typeof DIFFERENCE_KINDS)[number],
  typeof count
>;
export const reconciledShape = z.strictObject({
  agree: z.boolean(),
  differences: z.array(differenceShape),
  counts: z.strictObject(countOfEach).describe('differences by kind'),
  rows: count,
  references: count.describe('that the rows name'),
  currency,
  forgotten,
});

export const breachShape = z.strictObject({
  rule: z.enum(INVARIANT_NAMES),
  detail: z.string(),
  session: z.string().nullable().describe('null where it is of no single session'),
  orders: z.array(z.string()),
  reservations: z.array(z.string()),
  seats: z.array(z.string()),
  requests: z
    .array(
      z.strictObject({
        requestId: z.string(),
        at: time,
        client: z.string(),
        operation: z.string(),
        method: z.string(),
        url: z.string(),
        idempotencyKey: z.string().nullable(),
        workedAt: time.nullable().describe('when its work was done; null when it was not'),
        status: z.int().nullable(),
        ended: z.string().nullable().describe('who ended it, and how; null while it is open'),
      }),
    )
    .describe('about these orders and reservations, the last 20, the oldest first'),
  requestsFound: count.describe('in the journal'),
  unsure: z.boolean().describe('the journal has let entries go: there may have been more requests'),
});
export const auditedShape = z.strictObject({
  ok: z.boolean(),
  invariants: z.array(z.strictObject({ rule: z.enum(INVARIANT_NAMES), says: z.string(), breaches: count })),
  breaches: z.array(breachShape).describe('the first 100'),
});

export type LedgerQuery = z.input<typeof ledgerQuery>;
export type AuditedOrder = z.output<typeof auditedOrderShape>;
export type LedgerLine = z.output<typeof ledgerLineShape>;
export type LedgerPage = z.output<typeof ledgerShape>;
export type ReconcileBody = z.input<typeof beliefRequest>;
export type Difference = z.output<typeof differenceShape>;
export type Reconciled = z.output<typeof reconciledShape>;
export type Breach = z.output<typeof breachShape>;
export type Audited = z.output<typeof auditedShape>;
