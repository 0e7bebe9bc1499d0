// The ledger of a world: what each seller has truly reserved, sold and been paid, reference by reference, in pages.
import { GatheredTruth, type Truth } from '../box-office/audit/truth.ts';
import { survey } from '../journal/survey.ts';
import { FirstKeys } from './first-keys.ts';
import type { World } from './world-port.ts';

export type { Truth } from '../box-office/audit/truth.ts';
export { ORDER_STATUSES } from '../box-office/order.ts';

/** Orders shown in one page, so that writing it keeps nobody else waiting for long. */
const MAX_PAGE_ORDERS = 1000;

export interface LedgerQuestion {
  readonly client?: string | undefined;
  readonly externalRef?: string | undefined;
  readonly limit: number;
  /** The key after which the page begins; unset: the first page. */
  readonly after?: string | undefined;
  /** What is told in the place of a reference, and puts pages in order; unset: the reference itself. */
  readonly shownAs?: ((externalRef: string) => string) | undefined;
}

/** Of one seller and reference; without a reference, of its reservations that have no order. */
export interface LedgerLine {
  readonly client: string;
  readonly externalRef: string | null;
  /** Reservations without an order that hold seats. */
  readonly reservations: number;
  /** Seats held, by orders or reservations. */
  readonly reserved: number;
  readonly truth: Truth;
}

export interface LedgerPage {
  /** In order of client and reference. */
  readonly lines: readonly LedgerLine[];
  /** `after` of the next page; null when this is the last. */
  readonly next: string | null;
  /** Orders that ended without tickets long ago and are no longer kept, of all sellers. */
  readonly forgotten: number;
  readonly currency: string;
}

/** Clients have no line break; a key without a reference comes before all others of its client. */
const keyOf = (client: string, externalRef = ''): string => `${client}\n${externalRef}`;

interface Key {
  readonly client: string;
  readonly externalRef: string | undefined;
}

interface Held {
  readonly reservations: number;
  readonly seats: number;
}

export async function ledgerPage(world: World, question: LedgerQuestion): Promise<LedgerPage> {
  const { client, externalRef, limit, after = '', shownAs = (text) => text } = question;
  const books = world.audit();
  const keys = new FirstKeys<Key>(after, limit + 1);
  const held = externalRef === undefined ? await heldIn(world, client) : new Map<string, Held>();
  for (const one of held.keys()) keys.add(keyOf(one), { client: one, externalRef: undefined });
  await survey(books.references(), world.clock, (reference) => {
    if (client !== undefined && reference.client !== client) return true;
    if (externalRef === undefined || reference.externalRef === externalRef)
      keys.add(keyOf(reference.client, shownAs(reference.externalRef)), reference);
    return true;
  });
  const found = keys.list();
  const lines: LedgerLine[] = [];
  let shown = 0;
  for (const [, key] of found.slice(0, limit)) {
    const line = await lineOf(world, key, held, shownAs);
    shown += line.truth.shown.length;
    if (shown > MAX_PAGE_ORDERS && lines.length > 0) break;
    lines.push(line);
  }
  const next = lines.length < found.length ? (found[lines.length - 1]?.[0] ?? null) : null;
  return { lines, next, forgotten: books.forgotten, currency: books.currency };
}

/** By client, the reservations without an order. */
async function heldIn(world: World, client: string | undefined): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  await survey(world.audit().unordered(), world.clock, (reservation) => {
    if (!reservation || (client !== undefined && reservation.client !== client)) return true;
    const { reservations = 0, seats = 0 } = held.get(reservation.client) ?? {};
    held.set(reservation.client, { reservations: reservations + 1, seats: seats + reservation.seats.length });
    return true;
  });
  return held;
}

async function lineOf(
  world: World,
  { client, externalRef }: Key,
  held: ReadonlyMap<string, Held>,
  shownAs: (externalRef: string) => string,
): Promise<LedgerLine> {
  const truth = new GatheredTruth();
  if (externalRef === undefined) {
    const { reservations = 0, seats = 0 } = held.get(client) ?? {};
    return { client, externalRef: null, reservations, reserved: seats, truth };
  }
  await survey(world.audit().orders({ client, externalRef }), world.clock, (order) => {
    truth.add(order);
    return true;
  });
  return { client, externalRef: shownAs(externalRef), reservations: 0, reserved: truth.reserved, truth };
}
