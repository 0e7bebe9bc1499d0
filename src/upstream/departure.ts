// How an exchange ends: answered, delivered as faults say, cut or dropped, and written down once.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { type Plan, UNTOUCHED } from '../faults/plan.ts';
import type { End, ExchangeEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Connection, UnderWay } from '../wire/connection.ts';
import { BEFORE_HEAD, type Delivery } from '../wire/delivery.ts';
import type { Holds } from '../wire/held.ts';
import type { Passage } from '../wire/passage.ts';
import type { Reply } from '../wire/reply.ts';
import { inTurn, send, sendWhole } from '../wire/send.ts';
import { Holding, type Outcome, type WaitOwner } from './holding.ts';

export interface Parties {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
}

export interface DepartureSettings {
  readonly world: { readonly holds: Holds; readonly journal: Journal };
  readonly clock: Clock;
}

/** Who is told that an exchange goes on after it was held. */
export interface Waiter {
  goOn(): void;
}

/** What is under way on the connection, as far as its ending goes. */
export class Departure implements UnderWay, WaitOwner {
  /** What the rules decided. */
  plan: Plan = UNTOUCHED;
  /** The client is gone. */
  left = false;
  readonly #settings: DepartureSettings;
  readonly #parties: Parties;
  readonly #entry: ExchangeEntry;
  /** Made only for an exchange that is held. */
  #holding: Holding | undefined;
  #waiter: Waiter | undefined;
  /** Made only where a fault stands between the answer and the socket. */
  #passage: Passage | undefined;

  constructor(settings: DepartureSettings, parties: Parties, entry: ExchangeEntry) {
    this.#settings = settings;
    this.#parties = parties;
    this.#entry = entry;
  }

  clientLeft(): void {
    this.left = true;
    this.#tellWhatLeft();
    this.#end(this.#parties.connection.ended ?? 'client-left');
    this.#holding?.over();
  }

  clientShut(at: number): boolean {
    this.#entry.finAt = at;
    this.#settings.world.journal.changed(this.#entry);
    return !this.#holding?.endless;
  }

  /** Its client has left, or has shut its side and is taken for one that has until it takes an answer. */
  get looksLeft(): boolean {
    return this.left || this.#entry.finAt !== null;
  }

  /** Holds the exchange before its work, without a time until it is let go; `then` hears of it only if it goes on. */
  hold(rule: string, waitMs: number | undefined, then: Waiter): void {
    if (this.left && waitMs === undefined) return;
    if (waitMs === undefined && this.looksLeft) {
      this.#parties.connection.forsake(this);
      return;
    }
    this.#waiter = then;
    this.#holding ??= new Holding(this.#settings.world.holds, this.#settings.clock);
    this.#holding.wait(rule, waitMs, this);
  }

  /** The same as a promise, which is never settled for an exchange that does not go on. */
  wait(rule: string, waitMs: number | undefined): Promise<void> {
    return new Promise((goOn) => this.hold(rule, waitMs, { goOn }));
  }

  waited(outcome: Outcome): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    if (outcome === 'drop') this.#drop();
    else if (outcome === 'due' || (outcome === 'answer' && !this.left)) waiter?.goOn();
  }

  /** The honest answer of the box office; `done` is false where it only went through the motions. */
  worked(reply: Reply, done: boolean): void {
    if (done) this.#entry.workedAt = this.#settings.clock.now();
    if (this.left) return;
    if (this.plan === UNTOUCHED) this.#answer(reply);
    else this.deliver(this.plan.answer(reply));
  }

  /** Sends a reply as the rules say that are in force when its turn on the connection comes. */
  deliver(reply: Reply): void {
    inTurn(this.#parties.response, () => {
      const { delivery, rule } = this.plan.deliver(reply);
      this.#send(delivery, rule);
    });
  }

  /** Sends what no rule of this request has a say in; `rule` is what brought it about. */
  send(delivery: Delivery, rule: string | undefined): void {
    inTurn(this.#parties.response, () => this.#send(delivery, rule));
  }

  /** Ends the connection without an answer, after those of the requests before this one. */
  cut(how: 'close' | 'reset'): void {
    const { connection, response } = this.#parties;
    inTurn(response, () => {
      this.#end(how === 'close' ? 'closed' : 'reset');
      connection[how]();
    });
  }

  /** The way of every answer that no rule touches; node puts pipelined ones in order by itself. */
  #answer(reply: Reply): void {
    const { request, response } = this.#parties;
    this.#begun(reply);
    if (sendWhole(response, reply, request.method === 'HEAD')) this.#whole(reply);
    else {
      this.#passage?.written(this.#lengthOf(reply));
      this.#entry.bytesOut = Math.max(0, this.#lengthOf(reply) - this.#parties.connection.unsent);
      response.once('finish', () => this.#whole(reply));
    }
  }

  /** All of the answer is with the kernel; a client that has shut its side may not be there to take it. */
  #whole(reply: Reply): void {
    this.#entry.bytesOut = this.#lengthOf(reply);
    this.#answered();
  }

  #lengthOf({ body }: Reply): number {
    return this.#parties.request.method === 'HEAD' ? 0 : Buffer.byteLength(body);
  }

  #answered(): void {
    if (this.#entry.finAt === null) this.#end('answered');
    else this.#parties.connection.whetherTaken((taken) => this.#end(taken ? 'answered' : 'client-left'));
  }

  #send(delivery: Delivery, rule: string | undefined): void {
    if (this.left) return;
    const { clock, world } = this.#settings;
    const { request, response, connection } = this.#parties;
    if (delivery.cutAt !== BEFORE_HEAD) this.#begun(delivery.instead ? undefined : delivery.reply);
    send(response, delivery, {
      clock,
      connection,
      headOnly: request.method === 'HEAD',
      done: (how, bytes) => {
        this.#holding?.over();
        this.#entry.bytesOut = bytes;
        if (how === 'answered') this.#answered();
        else this.#end(how);
      },
      held: (sending) => {
        if (sending.endless && this.looksLeft) {
          sending.stop();
          connection.forsake(this);
          return;
        }
        if (this.#holding?.sent !== undefined) return; // what dripped, and stalls now
        this.#holding = new Holding(world.holds, clock);
        this.#holding.withhold(
          rule ?? '',
          sending,
          () => this.#begun(delivery.reply),
          () => this.#drop(),
        );
      },
    });
  }

  /** Bytes go out; without a reply they are no answer. */
  #begun(reply: Reply | undefined): void {
    if (reply) this.#entry.status = reply.status;
    this.#entry.firstByteAt ??= this.#settings.clock.now();
    this.#passage ??= this.#parties.connection.passage();
  }

  /** What is cut off has sent less than was meant, and perhaps not even its status. */
  #tellWhatLeft(): void {
    const { response } = this.#parties;
    if (this.#entry.firstByteAt === null || response.writableFinished) return;
    const begun = response.socket !== null && (this.#passage?.begun ?? true); // behind others in a pipeline nothing goes out
    const bytes = this.#holding?.sent ?? this.#passage?.bodyOut ?? this.#entry.bytesOut;
    this.#entry.bytesOut = begun ? bytes : 0;
    if (begun) return;
    this.#entry.status = null;
    this.#entry.firstByteAt = null;
  }

  #drop(): void {
    this.#tellWhatLeft();
    this.#end('dropped');
    this.#parties.connection.reset();
  }

  /** Writes the end down, once. */
  #end(ended: End): void {
    if (this.#entry.ended !== null) return;
    const { world, clock } = this.#settings;
    const { finAt } = this.#entry;
    if (finAt === null || ended === 'answered') world.journal.close(this.#entry, ended, clock.now());
    else world.journal.close(this.#entry, 'client-left', finAt);
    this.#parties.connection.end(this);
    if (this.plan !== UNTOUCHED) this.plan.over();
  }
}
