// A shop that buys in virtual time at a small box office, and what there is to be seen of both: for tests of whole flows.
import type { Happening } from '../../src/journal/entry.ts';
import type { Attempt, Delivery, Evidence, Happened } from '../../src/scorecard/evidence.ts';
import { type AttemptParts, attempt, delivery, evidenceOf, happened, WORK_MS } from './evidence.ts';

interface Sale {
  readonly session: string;
  readonly reservation: string;
  readonly customer: string;
  readonly seats: number;
  order?: string;
  externalRef?: string;
  isCompleted?: true;
}

/** The answer never reaches its client, which leaves after three seconds; the work is done. */
export const LOST: AttemptParts = { ended: 'client-left', tookMs: 3000 };
/** It is turned away before its work. */
export const BUSY: AttemptParts = { status: 503, code: 'overloaded', workedAt: null };
/** A page in the place of its answer; the work is done. */
export const PAGE: AttemptParts = { status: 200, isWrongType: true };

/** Its calls come one after the other, each when the one before has ended; `now` can be set. */
export class VirtualShop {
  now = 0;
  readonly attempts: Attempt[] = [];
  readonly happened: Happened[] = [];
  readonly deliveries: Delivery[] = [];
  readonly #sales: Sale[] = [];
  /** Operation, what it is about, and key of what was done under a key. */
  readonly #done = new Set<string>();

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  call(operation: string, about: AttemptParts = {}): Attempt {
    const made = attempt(this.now, { operation, ...about });
    this.attempts.push(made);
    this.now = made.endedAt ?? this.now;
    return made;
  }

  /** Gives the reservation's id, whether or not the shop was told. */
  reserve(customer: string, about: AttemptParts & { readonly seats?: number } = {}): string {
    const { seats = 2, ...parts } = about;
    const reservation = `r${this.#sales.length + 1}`;
    const sale = { session: parts.session ?? 's1', reservation, customer, seats };
    if (this.#work('reserveSeats', parts, { session: sale.session, reservation, customer })) {
      this.#sales.push(sale);
      this.#tell('reserved', sale);
    }
    return reservation;
  }

  release(reservation: string, about: AttemptParts = {}): void {
    if (this.#work('releaseReservation', about, { reservation })) this.#tell('released', this.#sale({ reservation }));
  }

  /** By its time, without anybody asking. */
  lapse(reservation: string): void {
    this.happened.push(this.#fact('lapsed', this.#sale({ reservation }), this.now));
  }

  order(reservation: string, externalRef: string, about: AttemptParts = {}): string {
    const sale = this.#sale({ reservation });
    const order = reservation.replace('r', 'o');
    const named = { session: sale.session, reservation, customer: sale.customer, externalRef, order };
    if (this.#work('createOrder', about, about.workedAt === null ? { ...named, order: null } : named)) {
      Object.assign(sale, { order, externalRef });
      this.#tell('ordered', sale);
    }
    return order;
  }

  /** By its customer, at a payment page. */
  pay(order: string): void {
    this.happened.push(this.#fact('captured', this.#sale({ order }), this.now));
  }

  complete(order: string, about: AttemptParts = {}): Attempt {
    const sale = this.#sale({ order });
    const { reservation, session } = sale;
    const isOver = sale.isCompleted && !this.#isKnown('completeOrder', { ...about, order });
    const refusal = isOver && !about.ended ? { status: 409, code: 'order_already_completed' } : {};
    const named = { order, reservation, session, externalRef: sale.externalRef ?? null };
    if (this.#work('completeOrder', { ...refusal, ...about }, named) && !isOver) {
      sale.isCompleted = true;
      this.#tell('completed', sale);
    }
    return this.attempts.at(-1) as Attempt;
  }

  getOrder(order: string, about: AttemptParts = {}): void {
    const { session, reservation, externalRef = null } = this.#sale({ order });
    this.call('getOrder', { session, reservation, order, externalRef, ...about });
  }

  /** Gives the orders that there are, whether or not the shop was told. */
  findOrders(externalRef: string, about: AttemptParts = {}): string[] {
    this.call('findOrders', { externalRef, ...about });
    return this.#sales.flatMap((sale) => (sale.externalRef === externalRef && sale.order ? [sale.order] : []));
  }

  isCompleted = (order: string): boolean => this.#sale({ order }).isCompleted === true;

  /** A customer's whole way, each step under a key of its own; gives the order. */
  buy(externalRef: string, completion: AttemptParts = {}, customer = `customer of ${externalRef}`): string {
    this.call('getSeatMap', { session: 's1' });
    const reservation = this.reserve(customer, { idempotencyKey: `reserve ${externalRef} ${this.now}` });
    const order = this.order(reservation, externalRef, { idempotencyKey: `order ${externalRef} ${this.now}` });
    this.complete(order, { idempotencyKey: `complete ${externalRef} ${this.now}`, ...completion });
    return order;
  }

  /** A webhook, now. */
  tell(about: Partial<Delivery> = {}): void {
    this.deliveries.push(delivery(this.now, about));
  }

  evidence(about: Partial<Evidence> = {}): Evidence {
    const { attempts, happened, deliveries } = this;
    return evidenceOf({ whole: { from: 0, to: this.now }, attempts, happened, deliveries, ...about });
  }

  /** Whether it is done now: not where it is turned away, or was done under its key before. */
  #work(operation: string, about: AttemptParts, named: AttemptParts): boolean {
    const key = about.idempotencyKey ? this.#keyOf(operation, { ...named, ...about }) : undefined;
    const isReplay = key !== undefined && this.#done.has(key);
    this.call(operation, { ...named, isReplay, ...about });
    if (about.workedAt === null || isReplay) return false;
    if (key !== undefined) this.#done.add(key);
    return true;
  }

  #isKnown(operation: string, about: AttemptParts): boolean {
    return this.#done.has(this.#keyOf(operation, about));
  }

  #keyOf(operation: string, { idempotencyKey, order, reservation, customer }: AttemptParts): string {
    const what = operation === 'completeOrder' ? order : operation === 'createOrder' ? reservation : customer;
    return `${operation} ${what} ${idempotencyKey}`;
  }

  #sale(named: Pick<Partial<Sale>, 'order' | 'reservation'>): Sale {
    const sale = this.#sales.find(({ order, reservation }) =>
      named.order === undefined ? reservation === named.reservation : order === named.order,
    );
    if (!sale) throw new Error(`there is no ${named.order ?? named.reservation}`);
    return sale;
  }

  /** Within the call that was made last. */
  #tell(what: Happening, sale: Sale): void {
    this.happened.push(this.#fact(what, sale, (this.attempts.at(-1)?.at ?? 0) + WORK_MS));
  }

  #fact(what: Happening, { session, reservation, order, externalRef, seats }: Sale, at: number): Happened {
    return happened(at, what, { session, reservation, order: order ?? null, externalRef: externalRef ?? null, seats });
  }
}
