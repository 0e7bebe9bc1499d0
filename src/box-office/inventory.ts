// The sessions of one box office as they stand now: the read path, and the way every change of a session goes.

import { lapse, type Released } from './lapse.ts';
import { DAY_MS, type Page, type SessionFilter, startOfDay } from './listing.ts';
import type { Season } from './season/season.ts';
import type { HallLayout, SeatMap } from './season/seat.ts';
import type { Session, SessionPlan } from './season/session.ts';
import { firstAtLeast, indexSessions, type SessionIndex } from './season/session-index.ts';
import { calmAround, type SellingTimes, sellingTimes, statusAt } from './selling.ts';
import { endedPerSession } from './state/forgetting.ts';
import { countSeats, type Ledger, SEAT_CODE } from './state/ledger.ts';
import { type LedgerAggregate, type LedgerDraft, ledgerAggregate } from './state/ledger-draft.ts';
import { forgetReferences } from './state/references.ts';
import type { Store } from './state/store.ts';
import { codeTally, filmTally } from './state/tally.ts';

/** Box-office time in epoch milliseconds; it may jump either way. */
export interface BoxOfficeClock {
  now(): number;
}

export interface InventorySettings {
  readonly season: Season;
  readonly store: Store;
  readonly clock: BoxOfficeClock;
  readonly openedAt: number;
  /** The version a session is first shown with. */
  readonly firstVersion: number;
}

/** One session's place in the inventory; what is shown of it holds from `since` up to `until`. */
interface ShownSession {
  readonly plan: SessionPlan;
  readonly times: SellingTimes;
  readonly aggregate: LedgerAggregate;
  /** A seat changed since `session` was made. */
  stale: boolean;
  since: number;
  until: number;
  session: Session | undefined;
  seatMap: SeatMap | undefined;
}

const asItIs = (session: Session): Session => session;

export class Inventory {
  readonly #settings: InventorySettings;
  /** By position in the season; filled when first asked for. */
  readonly #shelves: (ShownSession | undefined)[];
  readonly #index: SessionIndex;
  readonly #openings = new Map<HallLayout, { readonly seats: Uint8Array; readonly counts: readonly number[] }>();

  constructor(settings: InventorySettings) {
    this.#settings = settings;
    this.#shelves = new Array(settings.season.sessions.length).fill(undefined);
    this.#index = indexSessions(settings.season.sessions);
  }

  /** Every session, in order of showing, that fits; nothing is allocated for those that do not. */
  list(
    filter: SessionFilter,
    from: number,
    limit: number,
    shown: (session: Session) => Session = asItIs,
  ): Page<Session> {
    const now = this.#settings.clock.now();
    const plans = this.#settings.season.sessions;
    const positions = this.#index.candidates(filter);
    const day = filter.date === undefined ? undefined : startOfDay(filter.date) - this.#settings.openedAt;
    const items: Session[] = [];
    for (let i = firstAtLeast(positions, from); i < positions.length; i++) {
      const position = positions[i] as number;
      const plan = plans[position] as SessionPlan;
      if (filter.film !== undefined && plan.film.id !== filter.film) continue;
      if (day !== undefined && (plan.startsAtMs < day || plan.startsAtMs >= day + DAY_MS)) continue;
      const session = shown(this.#at(position, now));
      if (filter.status !== undefined && session.status !== filter.status) continue;
      if (items.length === limit) return { items, next: position };
      items.push(session);
    }
    return { items };
  }

  session(id: string): Session {
    return this.#at(this.position(id), this.#settings.clock.now());
  }

  seatMap(id: string): SeatMap {
    const session = this.session(id);
    const shelf = this.#shelf(this.position(id));
    if (shelf.seatMap?.version === session.version) return shelf.seatMap;
    const { layout } = shelf.plan;
    const states = this.#settings.store.peek(shelf.aggregate)?.seats.slice() ?? this.#opening(layout).seats;
    shelf.seatMap = { sessionId: id, version: session.version, layout, states };
    return shelf.seatMap;
  }

  /** Its position in the season; rejects an unknown id. */
  position(id: string): number {
    return this.#index.position(id);
  }

  plan(id: string): SessionPlan {
    return this.#shelf(this.position(id)).plan;
  }

  times(id: string): SellingTimes {
    return this.#shelf(this.position(id)).times;
  }

  /** The ledger of a session with all that is due settled; undefined while nobody touched it. */
  ledger(id: string): Ledger | undefined {
    this.session(id);
    return this.#settings.store.peek(this.#shelf(this.position(id)).aggregate);
  }

  /** Changes one session: what is due is settled first, then the step runs on what is left; all in the given store. */
  async change<Result>(
    id: string,
    step: (draft: LedgerDraft, now: number) => Result,
    store: Store = this.#settings.store,
  ): Promise<Result> {
    const { clock } = this.#settings;
    const shelf = this.#shelf(this.position(id));
    this.session(id);
    const { result, given } = await store.change(shelf.aggregate, (draft) => {
      const now = clock.now();
      const given = lapse(draft, shelf.plan.layout, now);
      return { result: step(draft, now), given };
    });
    this.#giveBack(shelf.plan, given, store);
    return result;
  }

  /** Seats of all sessions by status, in the order of SEAT_STATUSES. */
  seatCounts(): number[] {
    const sums = [0, 0, 0, 0];
    for (const { id, layout } of this.#settings.season.sessions) {
      const counts = this.touched(id) ? this.ledger(id)?.counts : undefined;
      (counts ?? this.#opening(layout).counts).forEach((count, code) => {
        sums[code] = (sums[code] ?? 0) + count;
      });
    }
    return sums;
  }

  touched(id: string): boolean {
    const shelf = this.#shelves[this.position(id)];
    return shelf !== undefined && this.#settings.store.peek(shelf.aggregate) !== undefined;
  }

  #at(position: number, now: number): Session {
    const shelf = this.#shelves[position];
    if (shelf?.session && now >= shelf.since && now < shelf.until && !shelf.stale) return shelf.session;
    return this.#refresh(this.#shelf(position), now);
  }

  #refresh(shelf: ShownSession, now: number): Session {
    const { store, firstVersion } = this.#settings;
    const { plan, times, aggregate } = shelf;
    const ledger = store.peek(aggregate);
    if (ledger && now >= ledger.nextExpiry) {
      const given = store.settle(aggregate, (draft) => lapse(draft, plan.layout, now));
      this.#giveBack(plan, given, store);
    }
    const available = (ledger?.counts ?? this.#opening(plan.layout).counts)[SEAT_CODE.free] ?? 0;
    const status = statusAt(times, now, available);
    const calm = calmAround(times, now);
    shelf.since = calm.since;
    shelf.until = Math.min(calm.until, ledger?.nextExpiry ?? Number.POSITIVE_INFINITY);
    const shown = shelf.session;
    if (shown && shown.status === status && !shelf.stale) return shown;
    shelf.stale = false;
    shelf.session = { plan, ...times, status, available, version: shown ? shown.version + 1 : firstVersion };
    return shelf.session;
  }

  #giveBack({ id, film }: SessionPlan, given: readonly Released[], store: Store): void {
    for (const { customerRef, tickets, code } of given) {
      store.settle(filmTally(film.id, customerRef), (tally) => tally.add(id, -tickets));
      if (code !== undefined) store.settle(codeTally(code), (tally) => tally.add(id, -1));
    }
  }

  #shelf(position: number): ShownSession {
    const known = this.#shelves[position];
    if (known) return known;
    const { season, openedAt } = this.#settings;
    const plan = season.sessions[position] as SessionPlan;
    const shelf: ShownSession = {
      plan,
      times: sellingTimes(plan, openedAt),
      aggregate: ledgerAggregate(plan.id, this.#opening(plan.layout).seats, {
        endedKept: endedPerSession(this.#settings.season.sessions.length),
        touched: (seatsChanged) => {
          if (seatsChanged) shelf.stale = true;
          shelf.until = Number.NEGATIVE_INFINITY;
        },
        forgot: (orders) => forgetReferences(this.#settings.store, orders),
      }),
      stale: false,
      since: 0,
      until: 0,
      session: undefined,
      seatMap: undefined,
    };
    this.#shelves[position] = shelf;
    return shelf;
  }

  /** The seats of a hall before anybody came; one array for all sessions there. */
  #opening(layout: HallLayout): { readonly seats: Uint8Array; readonly counts: readonly number[] } {
    let opening = this.#openings.get(layout);
    if (!opening) {
      const seats = Uint8Array.from(layout.places, (place) => (place.blocked ? SEAT_CODE.blocked : SEAT_CODE.free));
      opening = { seats, counts: countSeats(seats) };
      this.#openings.set(layout, opening);
    }
    return opening;
  }
}
