// Purchases of a seller on a small stage, each come to a known end, with the row that its seller would truthfully have.
import type { Believed } from '../../../src/box-office/audit/belief.ts';
import type { Order } from '../../../src/box-office/order.ts';
import { paymentIdOf } from '../../../src/box-office/paying/payment.ts';
import { HONEST } from '../../../src/box-office/terms.ts';
import type { Stage } from '../stage.ts';

/** How a purchase has ended. */
export const ENDINGS = ['sold', 'sold-here', 'charged-twice', 'pending', 'canceled', 'refunded', 'stranded'] as const;
export type Ending = (typeof ENDINGS)[number];

/** With tickets that are out. */
export const IS_SOLD: ReadonlySet<Ending> = new Set(['sold', 'sold-here', 'charged-twice']);

export interface Purchase {
  readonly externalRef: string;
  readonly order: Order;
  readonly seats: readonly string[];
  /** Paid by its buyer and not given back. */
  readonly paid: number;
}

/** Purchases made on each stage, whatever other tests of the process have done. */
const made = new WeakMap<Stage, number>();

interface Wanted {
  readonly count?: number;
  readonly client?: string;
  /** Unset: a customer of its own. */
  readonly customerRef?: string;
}

/** Buys `count` seats under a reference, in each of four sessions by turns. */
export async function purchase(
  stage: Stage,
  externalRef: string,
  ending: Ending,
  { count = 1, client = 'alpha', customerRef }: Wanted = {},
): Promise<Purchase> {
  const { office, reserve, order } = stage;
  const before = made.get(stage) ?? 0;
  made.set(stage, before + 1);
  const who = { client, customerRef: customerRef ?? `${externalRef}-${before}` };
  const reservation = await reserve({ ...who, sessionId: `s${1 + (before % 4)}`, bestAvailable: { count } });
  const isHere = ending === 'sold-here' || ending === 'charged-twice' || ending === 'stranded';
  const payment = { method: isHere ? 'redirect' : 'seller', returnUrl: 'http://shop.test/' } as const;
  const ordered = await order(reservation, { externalRef, payment });
  const { id, amount } = ordered;
  if (isHere)
    await office.payByCard({ id: paymentIdOf(id), attempt: 1, sentAt: office.now(), card: 'succeeds' }, HONEST);
  if (ending !== 'pending' && ending !== 'stranded' && ending !== 'canceled')
    await office.completeOrder(client, id, 'paid', HONEST);
  if (ending === 'charged-twice') await office.completeOrder(client, id, 'paid', { doubleCharge: true });
  if (ending === 'canceled' || ending === 'refunded') await office.cancelOrder(client, id, HONEST);
  const times = ending === 'charged-twice' ? 2 : Number(IS_SOLD.has(ending) || ending === 'stranded');
  return { externalRef, order: ordered, seats: reservation.seats, paid: times * amount };
}

export const row = (externalRef: string, more: Partial<Believed> = {}): Believed => ({
  ...{ externalRef, completed: true, seats: null, amount: null },
  ...more,
});
