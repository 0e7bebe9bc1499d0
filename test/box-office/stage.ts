// A small season's box office on a clock that tests move, over a store of their choosing.
import { describe, expect } from 'vitest';
import { createMovableClock } from '../../src/base/movable-clock.ts';
import { Refusal } from '../../src/base/refusal.ts';
import { type BoxOffice, createBoxOffice } from '../../src/box-office/box-office.ts';
import type { Order, OrderRequest } from '../../src/box-office/order.ts';
import type { PaymentRules } from '../../src/box-office/paying/money.ts';
import type { BoxOfficeCode } from '../../src/box-office/refusals.ts';
import type { Reservation, ReserveRequest } from '../../src/box-office/reservation.ts';
import type { Season } from '../../src/box-office/season/season.ts';
import { small } from '../../src/box-office/season/small.ts';
import { createMemoryStore } from '../../src/box-office/state/memory-store.ts';
import type { Store } from '../../src/box-office/state/store.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createFickleStore } from './fickle-store.ts';

export const OPENED_AT = Date.UTC(2026, 0, 5, 14);
export const TTL_MS = 900_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export interface Stage {
  readonly office: BoxOffice;
  readonly store: Store;
  readonly clock: {
    now(): number;
    /** Moves the time of the box office, which nobody is told; what is due is concluded by whoever looks first. */
    at(sinceOpeningMs: number): void;
    advance(byMs: number): void;
    /** Lets time pass, with every alarm on the way. */
    pass(ms: number): void;
    /** Alarms that are set. */
    readonly alarms: number;
  };
  reserve(request: Partial<ReserveRequest>): Promise<Reservation>;
  order(reservation: Reservation, more?: Partial<OrderRequest>): Promise<Order>;
  /** Reserved, ordered and completed. */
  sell(request: Partial<ReserveRequest>, more?: Partial<OrderRequest>): Promise<Order>;
}

export const STORES: readonly (readonly [string, () => Store])[] = [
  ['a store in memory', createMemoryStore],
  ['a store that runs each step twice, on an old state first', createFickleStore],
];

export type OpenStage = (settings?: StageSettings) => Stage;

/** Runs a suite over every store that keeps the port's promises. */
export function overStores(suite: (open: OpenStage, createStore: () => Store) => void): void {
  describe.each(STORES)('over %s', (_, createStore) => {
    suite((settings) => stage({ store: createStore(), ...settings }), createStore);
  });
}

export function stage({ season = small(), store = createMemoryStore(), seed = 1, ...more }: StageSettings = {}): Stage {
  const machine = new ManualClock(OPENED_AT);
  const movable = createMovableClock(machine);
  const clock: Stage['clock'] = {
    now: () => movable.now(),
    at: (sinceOpeningMs) => movable.set(OPENED_AT + sinceOpeningMs),
    advance: (byMs) => movable.advance(byMs),
    pass: (ms) => machine.advance(ms),
    get alarms() {
      return machine.pending;
    },
  };
  const office = createBoxOffice({
    season,
    store,
    clock: movable,
    seed,
    openedAt: OPENED_AT,
    reservationTtlMs: TTL_MS,
    ...more,
  });
  const reserve: Stage['reserve'] = (request) => {
    const what = request.bestAvailable ? {} : { seats: ['C-4'] };
    return office.reserve({ client: 'alpha', sessionId: 's1', customerRef: 'ada', ...what, ...request }, HONEST);
  };
  const order: Stage['order'] = ({ id, client }, more) =>
    office.createOrder({ client, reservationId: id, externalRef: 'ref', ...BUYER, ...more }, HONEST);
  return {
    office,
    store,
    clock,
    reserve,
    order,
    async sell(request, more) {
      const { client, id } = await order(await reserve(request), more);
      return office.completeOrder(client, id, 'paid', HONEST);
    },
  };
}

export interface StageSettings {
  readonly season?: Season;
  readonly store?: Store;
  readonly seed?: number;
  readonly paymentRules?: PaymentRules;
}

const BUYER = { customer: { name: 'Ada', phone: '0912' }, payment: { method: 'seller' } } as const;

/** The no a verb gave; fails when it gave something else. */
export async function refusal(
  work: (() => unknown) | Promise<unknown>,
  code: BoxOfficeCode,
): Promise<Refusal<BoxOfficeCode>> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.code).toBe(code);
    return error;
  }
  throw new Error(`Nothing was refused; ${code} was expected`);
}

/** How the seats of a session stand, by id. */
export function seatsOf(office: BoxOffice, sessionId: string): Map<string, number> {
  const { layout, states } = office.seatMap(sessionId);
  return new Map(layout.places.map((place, index) => [place.id, states[index] ?? -1]));
}

/** Lifts the limit, for tests in which one customer fills a hall. */
export const withoutLimit = (season: Season): Season => ({ ...season, ticketsPerFilmAndCustomer: 1_000 });
