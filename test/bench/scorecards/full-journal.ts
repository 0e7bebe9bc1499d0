// A journal full of what clients did: they look around, buy under keys, and in the middle third meet a fault and try again.
import type { Clock } from '../../../src/base/clock.ts';
import { randomStream } from '../../../src/base/random-stream.ts';
import { type About, newAbout } from '../../../src/journal/about.ts';
import { ByteBudget } from '../../../src/journal/byte-budget.ts';
import type { Happening } from '../../../src/journal/entry.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { newEvent, newExchange } from '../../../src/journal/new-entry.ts';

const SESSIONS = 40;
const CONNECTIONS = 50;
/** Milliseconds between two visits. */
const PACE_MS = 3;
const READS = 4;
/** Of a hundred visits. */
const BUYERS = 12;
const TRACED = 10;
/** Milliseconds after which a client leaves. */
const PATIENCE_MS = 1000;
/** Visits planned before those that are over are kept: what they do is kept in the order of time. */
const VISITS_AT_ONCE = 5000;
const ROOM = 4 * 2 ** 30;

interface Visit {
  readonly client: string;
  readonly at: number;
  readonly number: number;
  readonly session: string;
  readonly isUnderFault: boolean;
}

interface Call {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly key?: string;
  readonly about?: Partial<About>;
  /** How it went: `lost`, its work was done and its client had left. */
  readonly went?: 'well' | 'refused' | 'lost' | 'held';
}

interface Deed {
  readonly at: number;
  readonly keep: () => void;
}

type Purchase = Pick<About, 'session' | 'reservation' | 'order' | 'externalRef' | 'customer'>;

/** Of `count` exchanges, by these clients in turns, which end about now. */
export class FullJournal {
  readonly journal: Journal;
  /** When it was in force; epoch ms. */
  readonly fault: { readonly from: number; readonly to: number };
  #planned: Deed[] = [];
  #exchanges = 0;
  readonly #draw = randomStream(1, 'full journal');

  constructor(count: number, clients: readonly string[], clock: Clock) {
    this.journal = new Journal({ maxEntries: count, budget: new ByteBudget(ROOM), clock });
    const lengthMs = (count / (READS + (BUYERS / 100) * 4)) * PACE_MS;
    const from = Math.floor(clock.now() - lengthMs) - 60_000;
    this.fault = { from: Math.floor(from + lengthMs / 3), to: Math.floor(from + (lengthMs * 2) / 3) };
    for (let number = 0; this.#exchanges < count; number++) {
      const at = from + number * PACE_MS;
      const session = `ses_${String(this.#below(SESSIONS)).padStart(4, '0')}`;
      const isUnderFault = at >= this.fault.from && at < this.fault.to;
      this.#visit({ client: clients[number % clients.length] as string, at, number, session, isUnderFault });
      if (number % VISITS_AT_ONCE === 0) this.#keepBefore(at);
    }
    this.#keepBefore(Number.POSITIVE_INFINITY);
  }

  #keepBefore(at: number): void {
    const planned = this.#planned.sort((a, b) => a.at - b.at);
    this.#planned = planned.filter((deed) => deed.at >= at);
    for (const deed of planned) if (deed.at < at) deed.keep();
  }

  #visit(visit: Visit): void {
    for (let read = 0; read < READS; read++) {
      const isMap = read % 2 === 1;
      this.#call(visit, read * 40, {
        operation: isMap ? 'getSeatMap' : 'getSession',
        method: 'GET',
        url: `/v1/sessions/${visit.session}${isMap ? '/seats' : ''}`,
        ...(read === READS - 1 && { about: { isConditional: true } }),
        ...(isMap && visit.isUnderFault && this.#below(10) < 2 && { went: 'refused', about: { code: 'overloaded' } }),
      });
    }
    if (this.#below(100) < BUYERS) this.#buy(visit);
  }

  #buy(visit: Visit): void {
    const { session } = visit;
    const id = visit.number.toString(36).padStart(12, '0');
    const customer = `c${id}`;
    const held = { session, reservation: `res_${id}`, order: null, externalRef: null, customer };
    this.#post(visit, 200, { operation: 'reserveSeats', url: '/v1/reservations', about: held });
    this.#event(visit, 201, 'reserved', held);
    const bought = { ...held, order: `ord_${id}`, externalRef: `x${id}` };
    this.#post(visit, 400, { operation: 'createOrder', url: '/v1/orders', about: bought });
    this.#event(visit, 401, 'ordered', bought);
    this.#complete(visit, bought);
  }

  /** Under the fault it is tried up to four times, with delays that are drawn at random and grow. */
  #complete(visit: Visit, bought: Purchase): void {
    const { order } = bought;
    const call = {
      operation: 'completeOrder',
      url: `/v1/orders/${order}/complete`,
      about: { ...bought, customer: null },
    };
    let after = 600;
    let completedAt: number | undefined;
    for (let tries = 1; tries <= 3 && visit.isUnderFault && this.#below(4) > 0; tries++) {
      const went = (['refused', 'lost', 'held'] as const)[this.#below(3)];
      const asked = went === 'refused' ? { code: 'overloaded', retryAfterMs: this.#below(2) * 1000 || null } : {};
      this.#post(visit, after, { ...call, about: { ...call.about, ...asked }, went: went ?? 'held' });
      if (went === 'lost') completedAt ??= after + 1;
      after += (went === 'refused' ? 10 : PATIENCE_MS) + (asked.retryAfterMs ?? 0) + this.#below(400 * 2 ** tries);
    }
    this.#post(visit, after, call);
    this.#event(visit, completedAt ?? after + 1, 'completed', bought);
  }

  /** Its key and body are the same each time. */
  #post(visit: Visit, after: number, call: Omit<Call, 'method'>): void {
    const of = `${call.operation}-${visit.number.toString(36)}`;
    const about = { ...call.about, fingerprint: of.padEnd(24, '0') };
    this.#call(visit, after, { ...call, method: 'POST', key: `${of}-${visit.client}`, about });
  }

  #call(visit: Visit, after: number, call: Call): void {
    this.#exchanges++;
    this.#plan(visit.at + after, (at) => this.#keep(visit, call, at));
  }

  #event({ at, client }: Visit, after: number, happened: Happening, purchase: Purchase): void {
    const { session, reservation, order, externalRef } = purchase;
    const what = { happened, client, session: session ?? '', reservation: reservation ?? '', order, externalRef };
    this.#plan(at + after, (now) =>
      this.journal.record(newEvent({ ...what, at: now, boxOfficeAt: now, seats: 2, amount: null })),
    );
  }

  #plan(at: number, keep: (at: number) => void): void {
    this.#planned.push({ at, keep: () => keep(at) });
  }

  #keep({ client, number }: Visit, { went = 'well', key, about, ...said }: Call, at: number): void {
    const trace = number.toString(16).padStart(32, '0');
    const entry = newExchange({
      ...said,
      ...{ at, client, door: 'main', remote: '127.0.0.1', connection: 1 + (number % CONNECTIONS), attempt: null },
      requestId: `req_${this.journal.lastSeq.toString(36).padStart(20, '0')}`,
      idempotencyKey: key ?? null,
      traceparent: number % 100 < TRACED ? `00-${trace}-0000000000000001-01` : null,
      about: about ? { ...newAbout(), ...about } : null,
    });
    this.journal.open(entry);
    const isAnswered = went === 'well' || went === 'refused';
    entry.workedAt = went === 'well' || went === 'lost' ? at + 1 : null;
    if (isAnswered) {
      entry.status = went === 'well' ? 200 : 503;
      entry.firstByteAt = at + 2 + this.#below(8);
      entry.bytesOut = 4000;
    }
    this.journal.close(entry, isAnswered ? 'answered' : 'client-left', (entry.firstByteAt ?? at + PATIENCE_MS) + 1);
  }

  /** From 0 on; the same sequence each time. */
  #below(limit: number): number {
    return Math.floor(this.#draw() * limit);
  }
}
