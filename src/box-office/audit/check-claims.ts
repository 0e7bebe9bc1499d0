// What stands, against what is claimed for it of limits and quotas, and what is claimed against their bounds.
import { stands } from '../orders.ts';
import type { Season } from '../season/season.ts';
import type { SessionPlan } from '../season/session.ts';
import type { Ledger } from '../state/ledger.ts';
import type { Tally } from '../state/tally.ts';
import { type Breach, MAX_IDS } from './breach.ts';

/** Tallies of a sort, by what they are of. */
export interface Tallies extends Iterable<readonly [string, Tally]> {
  get(key: string): Tally | undefined;
}

interface ClaimBooks {
  readonly season: Season;
  /** Tickets by film and customer, as `filmTally` names them. */
  readonly limits: Tallies;
  /** Uses by discount code. */
  readonly quotas: Tallies;
}

/** One thing that is claimed for a reservation or an order that stands. */
interface Standing {
  readonly what: 'limit' | 'quota';
  readonly key: string;
  readonly claimId: string;
  readonly count: number;
  readonly reservation: string;
  readonly order: string | undefined;
}

interface Overdrawn {
  readonly detail: string;
  readonly orders: string[];
  readonly reservations: string[];
}

/**
 * Each claim is looked up while its session is looked at, so that sessions may change between two looks: a claim may be
 * ahead of what it is for, and is never behind it.
 */
export class ClaimCheck {
  readonly #books: ClaimBooks;
  /** By `what` and key. */
  readonly #overdrawn = new Map<string, Overdrawn>();
  readonly #seen = new Set<string>();

  constructor(books: ClaimBooks) {
    this.#books = books;
  }

  /** Looks for tallies above their bound, one a step. */
  *tallies(): Iterable<undefined> {
    for (const what of ['limit', 'quota'] as const)
      for (const [key, { total }] of this.#talliesOf(what)) {
        const bound = this.#boundOf(what, key);
        if (total > bound)
          this.#overdrawn.set(`${what}\n${key}`, {
            ...{ detail: `${what} ${nameIn(key)}: ${total} claimed, bound ${bound}`, orders: [], reservations: [] },
          });
        yield undefined;
      }
  }

  /** What stands in a session without its claim. */
  ofSession({ id: sessionId, film }: SessionPlan, ledger: Ledger): Breach[] {
    const breaches: Breach[] = [];
    for (const standing of standingIn(ledger, film.id)) {
      const { what, key, claimId, count, order, reservation } = standing;
      const overdrawn = this.#overdrawn.get(`${what}\n${key}`);
      if (overdrawn) note(overdrawn, standing);
      const isAgain = this.#seen.has(claimId);
      this.#seen.add(claimId);
      if (!isAgain && (this.#talliesOf(what).get(key)?.entries.get(claimId)?.count ?? 0) >= count) continue;
      breaches.push({
        ...{ rule: 'limits_hold', sessionId, orders: order === undefined ? [] : [order], reservations: [reservation] },
        seats: ledger.reservations.get(reservation)?.seats ?? [],
        detail: `${what} ${nameIn(key)}: ${order ?? reservation} stands, and ${isAgain ? 'its claim is also that of another' : 'nothing is claimed for it'}`,
      });
    }
    return breaches;
  }

  /** Of what is claimed above its bound; to be asked when all sessions were looked at. */
  *bounds(): Iterable<Breach> {
    for (const { detail, orders, reservations } of this.#overdrawn.values())
      yield { rule: 'limits_hold', detail, orders, reservations, seats: [] };
  }

  #talliesOf(what: Standing['what']): Tallies {
    return what === 'limit' ? this.#books.limits : this.#books.quotas;
  }

  #boundOf(what: Standing['what'], key: string): number {
    const { season } = this.#books;
    return what === 'limit'
      ? season.ticketsPerFilmAndCustomer
      : (season.discounts.get(key)?.quota ?? Number.POSITIVE_INFINITY);
  }
}

/** The film or the code, without the customer. */
const nameIn = (key: string): string | undefined => key.split('\n')[0];

function note({ orders, reservations }: Overdrawn, { order, reservation }: Standing): void {
  if (order !== undefined && orders.length < MAX_IDS) orders.push(order);
  if (reservations.length < MAX_IDS) reservations.push(reservation);
}

function* standingIn({ reservations, orders, orderOf }: Ledger, film: string): Iterable<Standing> {
  for (const { id: reservation, status, seats, customerRef, claimId } of reservations.values()) {
    const order = orders.get(orderOf.get(reservation) ?? '');
    if (status !== 'active' && !(order && stands(order))) continue;
    const key = `${film}\n${customerRef}`;
    yield { what: 'limit', key, claimId, count: seats.length, reservation, order: order?.id };
    const use = order && stands(order) ? order.discount : undefined;
    if (use?.claimId !== undefined)
      yield { what: 'quota', key: use.code, claimId: use.claimId, count: 1, reservation, order: order?.id };
  }
}
