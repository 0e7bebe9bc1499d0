// How an exchange ends: answered as rules want it, cut, dropped, or left by its client; and written down once.
import type { Clock } from '../../base/clock.ts';
import { type Plan, UNTOUCHED } from '../../faults/plan.ts';
import { type PlannedDelivery, unplanned } from '../../faults/planned-delivery.ts';
import type { End } from '../../journal/entry.ts';
import { BEFORE_HEAD, bodyBytes, type Delivery } from '../../wire/answer/delivery.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import { inTurn, send, sendWhole } from '../../wire/answer/send.ts';
import type { Sent } from '../../wire/answer/writer.ts';
import type { Passage } from '../../wire/connection/passage.ts';
import { closeLater, LINGERING_MS } from '../../wire/connection/socket-end.ts';
import type { UnderWay } from '../../wire/connection/under-way.ts';
import type { Strike } from '../../wire/strike.ts';
import { noteAnswer, noteDelivery } from './entry-about.ts';
import { closeEntry, noteCutOff } from './entry-end.ts';
import type { RequestHead } from './request-head.ts';
import { type Answerer, ShapedAnswer } from './shaped-answer.ts';

export class ExchangeEnd implements Answerer {
  /** What the rules decided. */
  plan: Plan = UNTOUCHED;
  /** The client is gone. */
  left = false;
  /** It is not to be answered, and its work not to be done any more. */
  isDropped = false;
  /** As its connection knows it. */
  readonly #exchange: UnderWay;
  readonly #head: RequestHead;
  readonly #clock: Clock;
  #closesAfter = false;
  #keepsAlive = true;
  /** Nothing more is done for it: at its end, what has not acted by then never will. */
  #isThrough = false;
  /** Made only where rules shape the answer. */
  #shaped: ShapedAnswer | undefined;
  /** Made only where a fault stands between the answer and the socket. */
  #passage: Passage | undefined;

  constructor(exchange: UnderWay, head: RequestHead, clock: Clock) {
    this.#exchange = exchange;
    this.#head = head;
    this.#clock = clock;
  }

  get wasReset(): boolean {
    return this.left && this.#head.parts.connection.ended === 'reset';
  }

  /** Its client has left, or has shut its side and is taken for one that has until it takes an answer. */
  get looksLeft(): boolean {
    return this.left || this.#head.entry.finAt !== null;
  }

  /** Its answer is held back, and nothing but its release, or its client's leaving, would end that. */
  get withholds(): boolean {
    return this.#shaped?.endless ?? false;
  }

  /** Whether its connection is closed after the answer: nobody can tell then where another request would begin on it. */
  closesAfter(is: boolean): void {
    const { response } = this.#head.parts;
    if (is) this.#keepsAlive = response.shouldKeepAlive;
    response.shouldKeepAlive = !is && this.#keepsAlive;
    this.#closesAfter = is;
  }

  /** The way of every answer that no rule touches; node puts pipelined ones in order by itself. */
  answer(reply: Reply): void {
    const { entry, parts } = this.#head;
    const { request, response, connection } = parts;
    const bytes = bodyBytes(reply, request.method as string);
    this.#begins(reply);
    noteAnswer(entry, reply);
    if (sendWhole(response, reply, request.method === 'HEAD')) this.#whole(bytes);
    else {
      this.#passage?.written(bytes);
      entry.bytesOut = Math.max(0, bytes - connection.unsent);
      response.once('finish', () => this.#whole(bytes));
    }
  }

  /**
   * Sends a reply as the rules want it that are in force when its turn on the connection comes. `by`: whose reply it is;
   * `without`: what it would have been without them, if they act only where that shows.
   */
  deliver(reply: Reply, by: readonly Strike[] = [], without?: Reply): void {
    this.through();
    inTurn(this.#head.parts.response, () => {
      if (this.left || this.isDropped) return;
      const planned = this.plan.deliver(reply);
      if (by.length > 0 && (!without || this.plan.tellsApart(reply, without))) for (const strike of by) strike.acted();
      this.#send(planned);
    });
  }

  /** Sends what no rule of this request has a say in. */
  send(delivery: Delivery): void {
    inTurn(this.#head.parts.response, () => this.#send(unplanned(delivery)));
  }

  /** Ends the connection without an answer, after those of the requests before this one. */
  cut(how: 'close' | 'reset', by?: Strike): void {
    const { connection, response } = this.#head.parts;
    this.through();
    inTurn(response, () => {
      if (!this.left) by?.acted();
      this.#end(how === 'close' ? 'closed' : 'reset');
      connection[how]();
    });
  }

  /** Ends it without an answer if its work has not been done; false when there is nothing left to drop. */
  drop(): boolean {
    const { entry } = this.#head;
    if (entry.ended !== null || entry.workedAt !== null || entry.firstByteAt !== null) return false;
    this.dropped();
    return true;
  }

  dropped(): void {
    this.isDropped = true;
    this.#noteCutOff();
    this.through();
    this.#end('dropped');
    this.#head.parts.connection.reset();
  }

  clientLeft(): void {
    this.left = true;
    this.#noteCutOff();
    this.#end(this.#head.parts.connection.ended ?? 'client-left');
    this.#shaped?.over();
  }

  /** It is held without end, and for nobody: its client has left, or has shut its sending half. */
  forsaken(): void {
    this.through();
    if (!this.left) this.#head.parts.connection.forsake(this.#exchange);
  }

  /** Whatever is still to come is on its way to the client, and over if that has left. */
  through(): void {
    this.#isThrough = true;
    if (this.#head.entry.ended !== null) this.plan.settle();
  }

  goesOut(delivery: Delivery): Delivery {
    const { cutAt, instead, reply, ending } = delivery;
    if (cutAt !== BEFORE_HEAD) {
      this.#begins(instead ? undefined : reply);
      if (!instead) noteDelivery(this.#head, delivery);
    }
    return this.#closesAfter && ending === 'keep' ? { ...delivery, ending: 'close' } : delivery;
  }

  sent(how: Sent, bytes: number, whole: boolean): void {
    const { entry, parts } = this.#head;
    entry.bytesOut = bytes;
    if (how === 'answered' || (how === 'closed' && whole)) this.#answered();
    else this.#end(how);
    if (this.#closesAfter && how === 'closed') closeLater(parts.connection.socket, this.#clock, LINGERING_MS); // closed at once, an RST to what still comes in would take the answer with it (RFC 9112 9.6)
  }

  #send(planned: PlannedDelivery): void {
    if (this.left || this.isDropped) return;
    const { parts, world } = this.#head;
    const { request, response, connection } = parts;
    const delivery = this.goesOut(planned.delivery);
    for (const strike of planned.atOnce) strike.acted();
    this.#shaped = new ShapedAnswer({
      answerer: this,
      planned,
      holds: world.holds,
      clock: this.#clock,
      connection,
      headOnly: request.method === 'HEAD',
    });
    send(response, delivery, this.#shaped);
  }

  /** Bytes go out; without a reply they are no answer. */
  #begins(reply: Reply | undefined): void {
    const { entry, parts } = this.#head;
    if (reply) entry.status = reply.status;
    entry.firstByteAt ??= this.#clock.now();
    this.#passage ??= parts.connection.limits?.passage();
  }

  /** All of the answer is with the kernel. */
  #whole(bytes: number): void {
    this.#head.entry.bytesOut = bytes;
    this.#answered();
  }

  /** A client that has shut its side may not be there to take it. */
  #answered(): void {
    const { entry, parts } = this.#head;
    if (entry.finAt === null) this.#end('answered');
    else parts.connection.whetherTaken((taken) => this.#end(taken ? 'answered' : 'client-left'));
  }

  #noteCutOff(): void {
    const { entry, parts } = this.#head;
    noteCutOff(entry, parts, { sent: this.#shaped?.bytesSent, passage: this.#passage });
  }

  /** Writes the end down, once. */
  #end(ended: End): void {
    const { entry, parts, world } = this.#head;
    if (entry.ended !== null) return;
    if (this.#isThrough) this.plan.settle();
    closeEntry(world.journal, entry, { ended, at: this.#clock.now(), lingering: parts.connection.lingering });
    parts.connection.end(this.#exchange);
    if (this.plan !== UNTOUCHED) this.plan.over();
  }
}
