// How an exchange ends: answered, delivered as faults say, cut or dropped, and written down once.
import { type Plan, type Told, UNTOUCHED } from '../../faults/plan.ts';
import { type PlannedDelivery, unplanned } from '../../faults/planned-delivery.ts';
import type { End, ExchangeEntry } from '../../journal/entry.ts';
import { BEFORE_HEAD, type Delivery } from '../../wire/answer/delivery.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import { inTurn, send, sendWhole } from '../../wire/answer/send.ts';
import type { HttpParts } from '../../wire/connection/http.ts';
import type { Passage } from '../../wire/connection/passage.ts';
import { closeLater, LINGERING_MS } from '../../wire/connection/socket-end.ts';
import type { UnderWay } from '../../wire/connection/under-way.ts';
import type { Holds } from '../../wire/held.ts';
import type { Strike } from '../../wire/strike.ts';
import { type DepartureSettings, Hold, type Outcome, type Waiter, type WaitOwner, type WithholdOwner } from './hold.ts';
import { closeEntry, lengthOf, tellCutOff, tellWritten } from './what-left.ts';

/** What is under way on the connection, as far as its ending goes. */
export class ExchangeEnd implements UnderWay, WaitOwner, WithholdOwner {
  readonly world: object;
  /** What the rules decided. */
  plan: Plan = UNTOUCHED;
  /** The client is gone. */
  left = false;
  /** It is not to be answered, and its work not to be done any more. */
  isDropped = false;
  readonly #settings: DepartureSettings;
  readonly #parties: HttpParts;
  readonly #entry: ExchangeEntry;
  /** Made only for an exchange that is held. */
  #holding: Hold | undefined;
  #waiter: Waiter | undefined;
  #closes = false;
  #keepsAlive = true;
  /** Nothing more is done for it: at its end, what has not acted by then never will. */
  #isThrough = false;
  /** Made only where a fault stands between the answer and the socket. */
  #passage: Passage | undefined;

  constructor(settings: DepartureSettings, parties: HttpParts, entry: ExchangeEntry) {
    this.#settings = settings;
    this.world = settings.world;
    this.#parties = parties;
    this.#entry = entry;
  }

  /** Whether its connection is closed after the answer: nobody can tell then where another request would begin on it. */
  closes(is: boolean): void {
    const { response } = this.#parties;
    if (is) this.#keepsAlive = response.shouldKeepAlive;
    response.shouldKeepAlive = !is && this.#keepsAlive;
    this.#closes = is;
  }

  clientLeft(): void {
    this.left = true;
    this.#tellCutOff();
    this.#end(this.#parties.connection.ended ?? 'client-left');
    this.#holding?.over();
  }

  clientShut(at: number): boolean {
    this.#entry.finAt = at;
    this.#settings.world.journal.changed(this.#entry);
    return !this.endless;
  }

  get endless(): boolean {
    return this.#holding?.endless ?? false;
  }

  /** Its client has left, or has shut its side and is taken for one that has until it takes an answer. */
  get looksLeft(): boolean {
    return this.left || this.#entry.finAt !== null;
  }

  /** Holds the exchange before its work, without a time until it is let go; `then` hears of it only if it goes on. False when there is nobody to be held. */
  hold(rule: string, waitMs: number | undefined, holds: Holds, then: Waiter): boolean {
    if (waitMs === undefined && this.looksLeft) {
      this.#through();
      if (!this.left) this.#parties.connection.forsake(this);
      return false;
    }
    this.#waiter = then;
    this.#holding ??= new Hold(holds, this.#settings.clock);
    this.#holding.wait(rule, waitMs, this);
    return true;
  }

  get wasReset(): boolean {
    return this.left && this.#parties.connection.ended === 'reset';
  }

  get staysHeld(): boolean {
    return this.#waiter?.staysHeld ?? false;
  }

  /** Ends it without an answer if its work has not been done; false when there is nothing left to drop. */
  drop(): boolean {
    if (this.#entry.ended !== null || this.#entry.workedAt !== null || this.#entry.firstByteAt !== null) return false;
    this.dropped();
    this.#holding?.over();
    return true;
  }

  waited(outcome: Outcome): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    if (outcome === 'drop') this.dropped();
    else if (outcome === 'due' || (outcome === 'answer' && !this.left)) waiter?.goOn();
    else this.#through();
  }

  /** The answer of the box office; `done` is false where it only went through the motions. */
  worked(reply: Reply, done: boolean, told?: Told): void {
    if (done) this.#entry.workedAt = this.#settings.clock.now();
    if (this.left || this.isDropped) this.#through();
    else if (this.plan === UNTOUCHED) this.#answer(reply);
    else {
      const { reply: said, by, without } = this.plan.answer(reply, told);
      this.deliver(said, by, without);
    }
  }

  /** Sends a reply, of rules (in the place of another, if the work was done) or honest, as the rules say that are in force when its turn on the connection comes. */
  deliver(reply: Reply, by: readonly Strike[] = [], without?: Reply): void {
    this.#through();
    inTurn(this.#parties.response, () => {
      if (this.left || this.isDropped) return;
      const planned = this.plan.deliver(reply);
      if (by.length > 0 && (!without || this.plan.tellsApart(reply, without))) for (const strike of by) strike.acted();
      this.#send(planned);
    });
  }

  /** Sends what no rule of this request has a say in. */
  send(delivery: Delivery): void {
    inTurn(this.#parties.response, () => this.#send(unplanned(delivery)));
  }

  /** Ends the connection without an answer, after those of the requests before this one. */
  cut(how: 'close' | 'reset', by?: Strike): void {
    const { connection, response } = this.#parties;
    this.#through();
    inTurn(response, () => {
      if (!this.left) by?.acted();
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
      tellWritten(this.#entry, reply, this.#parties, this.#passage);
      response.once('finish', () => this.#whole(reply));
    }
  }

  /** All of the answer is with the kernel; a client that has shut its side may not be there to take it. */
  #whole(reply: Reply): void {
    this.#entry.bytesOut = lengthOf(reply, this.#parties);
    this.#answered();
  }

  #answered(): void {
    if (this.#entry.finAt === null) this.#end('answered');
    else this.#parties.connection.whetherTaken((taken) => this.#end(taken ? 'answered' : 'client-left'));
  }

  #send(planned: PlannedDelivery): void {
    if (this.left || this.isDropped) return;
    const { clock, world } = this.#settings;
    const { request, response, connection } = this.#parties;
    const delivery = this.goesOut(planned.delivery);
    for (const strike of planned.atOnce) strike.acted();
    send(response, delivery, {
      clock,
      connection,
      headOnly: request.method === 'HEAD',
      done: (how, bytes) => {
        this.#holding?.over();
        this.#entry.bytesOut = bytes;
        if (how === 'answered' || (how === 'closed' && planned.delivery.ending === 'keep')) this.#answered();
        else this.#end(how);
        if (this.#closes && how === 'closed') closeLater(connection.socket, clock, LINGERING_MS); // closed at once, an RST to what still comes in would take the answer with it (RFC 9112 9.6)
      },
      ending: () => {
        for (const strike of planned.atItsEnd) if (strike.open) strike.acted();
      },
      held: (sending) => {
        if (sending.hangs && this.looksLeft) {
          sending.stop();
          connection.forsake(this);
          return;
        }
        if (this.#holding?.sent !== undefined) return; // what dripped, and stalls now
        this.#holding = new Hold(world.holds, clock);
        this.#holding.withhold(planned, sending, this);
      },
    });
  }

  /** Gives the delivery as it can be had on this connection. */
  goesOut(delivery: Delivery): Delivery {
    const { cutAt, instead, reply, ending } = delivery;
    if (cutAt !== BEFORE_HEAD) this.#begun(instead ? undefined : reply);
    return this.#closes && ending === 'keep' ? { ...delivery, ending: 'close' } : delivery;
  }

  /** Bytes go out; without a reply they are no answer. */
  #begun(reply: Reply | undefined): void {
    if (reply) this.#entry.status = reply.status;
    this.#entry.firstByteAt ??= this.#settings.clock.now();
    this.#passage ??= this.#parties.connection.passage();
  }

  #tellCutOff(): void {
    tellCutOff(this.#entry, this.#parties, { held: this.#holding?.sent, passage: this.#passage });
  }

  dropped(): void {
    this.isDropped = true;
    this.#tellCutOff();
    this.#through();
    this.#end('dropped');
    this.#parties.connection.reset();
  }

  /** Writes the end down, once. */
  #end(ended: End): void {
    if (this.#entry.ended !== null) return;
    if (this.#isThrough) this.plan.settle();
    closeEntry(this.#settings, this.#entry, { ended, lingering: this.#parties.connection.lingering });
    this.#parties.connection.end(this);
    if (this.plan !== UNTOUCHED) this.plan.over();
  }

  /** Whatever is still to come is on its way to the client, and over if that has left. */
  #through(): void {
    this.#isThrough = true;
    if (this.#entry.ended !== null) this.plan.settle();
  }
}
