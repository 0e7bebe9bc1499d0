// The sessions of one box office as they stand now: the read path, and the way every change of a session goes.
import type { Topic } from '../../base/topic.ts';
import type { Fact } from '../facts.ts';
import { DAY_MS, type Page, type SessionFilter, startOfDay } from '../listing.ts';
import type { PaymentRules } from '../paying/money.ts';
import type { Season } from '../season/season.ts';
import { SEAT_CODE, type SeatMap } from '../season/seat.ts';
import type { Session, SessionPlan, SessionStatus } from '../season/session.ts';
import { type Calm, firstAtLeast } from '../season/session-index.ts';
import type { Ledger, LedgerPatch } from '../state/ledger.ts';
import type { GivenUp, LedgerDraft } from '../state/ledger-draft.ts';
import { forgetOrders } from '../state/references.ts';
import type { Store } from '../state/store.ts';
import { codeTally, filmTally } from '../state/tally.ts';
import { lapse } from './lapse.ts';
import { type BoxOfficeClock, LapseAlarm } from './lapse-alarm.ts';
import { calmAround, type SellingTimes, sellingTimes, statusAt } from './selling.ts';
import type { Settling } from './settling.ts';
import { ShownSession } from './shown-session.ts';

const NEVER: Calm = { since: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY };

export interface InventorySettings {
  readonly season: Season;
  readonly store: Store;
  readonly clock: BoxOfficeClock;
  readonly openedAt: number;
  /** The version a session is first shown with. */
  readonly firstVersion: number;
  /** Where is told what happened. */
  readonly facts: Topic<Fact>;
  /** Decides barcodes. */
  readonly seed: number;
  readonly paymentRules: PaymentRules;
  paymentToken(paymentId: string): string;
}

/** How sessions are shown to a reader, where it is not as they are. */
export interface SessionView {
  status(honest: SessionStatus): SessionStatus;
  session(honest: Session): Session;
}

export class Inventory {
  /** Orders that ended and are no longer kept. */
  forgotten = 0;
  readonly #settings: InventorySettings;
  /** By position in the season; made when the first is asked for, and filled one by one. */
  #shown: (ShownSession | undefined)[] = [];
  readonly #alarm: LapseAlarm;
  #closed = false;
  #stamp = 0;
  /** What no change of a session, but the clock alone, ends: `#stamp` stands for this stretch. */
  #calm: Calm = NEVER;

  constructor(settings: InventorySettings) {
    this.#settings = settings;
    this.#alarm = new LapseAlarm(settings.clock, (sessionId) => this.session(sessionId));
  }

  get openedAt(): number {
    return this.#settings.openedAt;
  }

  /** Every session, in order of showing, that fits; nothing is allocated for those that do not. */
  sessions(filter: SessionFilter, from: number, limit: number, as?: SessionView): Page<Session> {
    const { clock, season, openedAt } = this.#settings;
    const now = clock.now();
    const positions = season.index.candidates(filter);
    const day = filter.date === undefined ? undefined : startOfDay(filter.date) - openedAt;
    const items: Session[] = [];
    for (let i = firstAtLeast(positions, from); i < positions.length; i++) {
      const position = positions[i] as number;
      const plan = season.sessions[position] as SessionPlan;
      if (filter.film !== undefined && plan.film.id !== filter.film) continue;
      if (day !== undefined && (plan.startsAtMs < day || plan.startsAtMs >= day + DAY_MS)) continue;
      if (filter.status !== undefined) {
        const status = this.#statusAt(position, now);
        if ((as ? as.status(status) : status) !== filter.status) continue;
      }
      if (items.length === limit) return { items, next: position };
      const session = this.#at(position, now);
      items.push(as ? as.session(session) : session);
    }
    return { items };
  }

  /**
   * While this is the same, every session is shown as it was: it moves with each change of a seat, and with the clock
   * into each stretch between sales' beginnings and ends. NaN, which is like nothing, while a lapse is due.
   */
  stamp(): number {
    const now = this.#settings.clock.now();
    if (now >= this.#alarm.setTo) return Number.NaN;
    if (now < this.#calm.since || now >= this.#calm.until) {
      const { season, openedAt } = this.#settings;
      this.#calm = season.index.calmAround(openedAt, now);
      this.#stamp++;
    }
    return this.#stamp;
  }

  session(id: string): Session {
    return this.#at(this.position(id), this.#settings.clock.now());
  }

  seatMap(id: string): SeatMap {
    const position = this.position(id);
    const session = this.#at(position, this.#settings.clock.now());
    const shown = this.#place(position);
    if (shown.seatMap?.version === session.version) return shown.seatMap;
    const { layout } = shown.plan;
    const states = this.#settings.store.peek(shown.ledger)?.seats.slice() ?? layout.opening;
    shown.seatMap = { sessionId: id, version: session.version, layout, states };
    return shown.seatMap;
  }

  /** Its position in the season; rejects an unknown id. */
  position(id: string): number {
    return this.#settings.season.index.position(id);
  }

  plan(id: string): SessionPlan {
    return this.#settings.season.sessions[this.position(id)] as SessionPlan;
  }

  times(id: string): SellingTimes {
    return this.#place(this.position(id)).times;
  }

  /** What a step on a session needs to know of it. */
  settling(id: string): Settling {
    return this.#settling(this.position(id));
  }

  /** The ledger of a session with all that is due settled; undefined while nobody touched it. */
  ledger(id: string): Ledger | undefined {
    const position = this.position(id);
    this.#at(position, this.#settings.clock.now());
    return this.#settings.store.peek(this.#place(position).ledger);
  }

  /** Changes one session: what is due is settled first, then the step runs on what is left; all in the given store. */
  change<Result>(
    id: string,
    step: (draft: LedgerDraft, now: number) => Result,
    store: Store = this.#settings.store,
  ): Promise<Result> {
    const { clock } = this.#settings;
    const position = this.position(id);
    const { ledger } = this.#place(position);
    this.#at(position, clock.now());
    const settling = this.#settling(position);
    return store.change(ledger, (draft) => {
      const now = clock.now();
      lapse(draft, settling, now);
      return step(draft, now);
    });
  }

  /** Seats of all sessions by status, in the order of SEAT_STATUSES. */
  seatCounts(): number[] {
    const { season, store } = this.#settings;
    const sums = [...season.openingCounts];
    for (const [id] of [...store.all('session')]) {
      const { openingCounts } = this.plan(id).layout;
      this.ledger(id)?.counts.forEach((count, code) => {
        sums[code] = (sums[code] ?? 0) + count - (openingCounts[code] ?? 0);
      });
    }
    return sums;
  }

  /** Nothing lapses by itself and nothing is told any more. */
  close(): void {
    this.#closed = true;
    this.#alarm.close();
  }

  /** A session's ledger changed so; hears of it from the session's place. */
  taken({ plan }: ShownSession, { seats, nextExpiry }: LedgerPatch): void {
    if (seats) this.#stamp++;
    if (nextExpiry !== undefined) this.#alarm.expect(plan.id, nextExpiry ?? Number.POSITIVE_INFINITY);
  }

  /** What this process laid down on a session's ledger: what follows from it elsewhere, then what is told. */
  committed({ plan }: ShownSession, { givenUp, forgotten, facts }: LedgerDraft): void {
    if (givenUp) for (const claim of givenUp) this.#giveUp(plan, claim);
    if (forgotten) {
      this.forgotten += forgotten.length;
      forgetOrders(this.#settings.store, forgotten, this.#settings.paymentToken);
    }
    if (facts && !this.#closed) for (const fact of facts) this.#settings.facts.publish(fact);
  }

  #settling(position: number): Settling {
    const { seed, paymentRules: rules } = this.#settings;
    const { plan, times } = this.#place(position);
    return { plan, position, startsAt: times.startsAt, seed, rules };
  }

  #giveUp({ film }: SessionPlan, claim: GivenUp): void {
    const tally = claim.of === 'film' ? filmTally(film.id, claim.customerRef) : codeTally(claim.code);
    this.#settings.store.settle(tally, (draft) => draft.remove(claim.claimId));
  }

  /** Keeps nothing of a session that nobody looked at, since a list may pass over thousands. */
  #statusAt(position: number, now: number): SessionStatus {
    if (this.#shown[position]) return this.#at(position, now).status;
    const { season, openedAt } = this.#settings;
    const plan = season.sessions[position] as SessionPlan;
    return statusAt(sellingTimes(plan, openedAt), now, plan.layout.openingCounts[SEAT_CODE.free] ?? 0);
  }

  #at(position: number, now: number): Session {
    const shown = this.#shown[position];
    if (shown?.session && now >= shown.since && now < shown.until && !shown.isStale) return shown.session;
    return this.#refresh(this.#place(position), now);
  }

  #refresh(shown: ShownSession, now: number): Session {
    const { store, firstVersion } = this.#settings;
    const { plan, times } = shown;
    if (now >= (store.peek(shown.ledger)?.nextExpiry ?? Number.POSITIVE_INFINITY))
      store.settle(shown.ledger, (draft) => lapse(draft, this.#settling(this.position(plan.id)), now));
    const ledger = store.peek(shown.ledger);
    const available = (ledger?.counts ?? plan.layout.openingCounts)[SEAT_CODE.free] ?? 0;
    const status = statusAt(times, now, available);
    const calm = calmAround(times, now);
    shown.since = calm.since;
    shown.until = Math.min(calm.until, ledger?.nextExpiry ?? Number.POSITIVE_INFINITY);
    const before = shown.session;
    if (before && before.status === status && !shown.isStale) return before;
    shown.isStale = false;
    shown.session = { plan, ...times, status, available, version: before ? before.version + 1 : firstVersion };
    return shown.session;
  }

  #place(position: number): ShownSession {
    const known = this.#shown[position];
    if (known) return known;
    const { sessions } = this.#settings.season;
    if (this.#shown.length === 0) this.#shown = new Array(sessions.length).fill(undefined);
    const shown = new ShownSession(sessions[position] as SessionPlan, this);
    this.#shown[position] = shown;
    return shown;
  }
}
