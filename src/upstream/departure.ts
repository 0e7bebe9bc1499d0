// How an exchange ends: answered, delivered as faults say, cut or dropped, and written down once.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { type Plan, UNTOUCHED } from '../faults/plan.ts';
import type { End, ExchangeEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Connection, UnderWay } from '../wire/connection.ts';
import { BEFORE_HEAD, type Delivery } from '../wire/delivery.ts';
import type { Holds } from '../wire/held.ts';
import type { Reply } from '../wire/reply.ts';
import { inTurn, send, sendWhole } from '../wire/send.ts';
import { Holding } from './holding.ts';

export interface Parties {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
}

export interface DepartureOptions {
  readonly world: { readonly holds: Holds; readonly journal: Journal };
  readonly clock: Clock;
  readonly parties: Parties;
  readonly entry: ExchangeEntry;
}

/** What is under way on the connection, as far as its ending goes. */
export class Departure implements UnderWay {
  /** What the rules decided. */
  plan: Plan = UNTOUCHED;
  /** The client is gone. */
  left = false;
  readonly #options: DepartureOptions;
  /** Made only for an exchange that is held. */
  #holding: Holding | undefined;

  constructor(options: DepartureOptions) {
    this.#options = options;
  }

  clientLeft(): void {
    this.left = true;
    this.#end(this.#options.parties.connection.ended ?? 'client-left');
    this.#holding?.over();
  }

  /** Holds the exchange before its work, without a time until it is let go; true when it goes on. */
  async wait(rule: string, waitMs: number | undefined): Promise<boolean> {
    if (this.left && waitMs === undefined) return false;
    const { world, clock } = this.#options;
    this.#holding ??= new Holding(world.holds, clock);
    const outcome = await this.#holding.wait(rule, waitMs);
    if (outcome === 'drop') this.#drop();
    return outcome === 'due' || (outcome === 'answer' && !this.left);
  }

  /** The honest answer of the box office; `done` is false where it only went through the motions. */
  worked(reply: Reply, done: boolean): void {
    const { entry, clock } = this.#options;
    if (done) entry.workedAt = clock.now();
    if (this.left) return;
    if (this.plan === UNTOUCHED) this.#answer(reply);
    else this.deliver(this.plan.answer(reply));
  }

  /** Sends a reply as the rules say that are in force when its turn on the connection comes. */
  deliver(reply: Reply): void {
    inTurn(this.#options.parties.response, () => {
      const { delivery, rule } = this.plan.deliver(reply);
      this.#send(delivery, rule);
    });
  }

  /** Sends what no rule of this request has a say in; `rule` is what brought it about. */
  send(delivery: Delivery, rule: string | undefined): void {
    inTurn(this.#options.parties.response, () => this.#send(delivery, rule));
  }

  /** Ends the connection without an answer, after those of the requests before this one. */
  cut(how: 'close' | 'reset'): void {
    const { connection, response } = this.#options.parties;
    inTurn(response, () => {
      this.#end(how === 'close' ? 'closed' : 'reset');
      connection[how]();
    });
  }

  /** The way of every answer that no rule touches; node puts pipelined ones in order by itself. */
  #answer(reply: Reply): void {
    const { parties, entry } = this.#options;
    this.#begun(reply);
    entry.bytesOut = Buffer.byteLength(reply.body);
    if (sendWhole(parties.response, reply, parties.request.method === 'HEAD')) this.#end('answered');
    else parties.response.once('finish', () => this.#end('answered'));
  }

  #send(delivery: Delivery, rule: string | undefined): void {
    if (this.left) return;
    const { clock, world, entry, parties } = this.#options;
    const { request, response, connection } = parties;
    if (delivery.cutAt !== BEFORE_HEAD) this.#begun(delivery.instead ? undefined : delivery.reply);
    send(response, delivery, {
      clock,
      connection,
      headOnly: request.method === 'HEAD',
      done: (how, bytes) => {
        this.#holding?.over();
        entry.bytesOut = bytes;
        this.#end(how);
      },
      held: (sending) => {
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
    const { entry, clock } = this.#options;
    if (reply) entry.status = reply.status;
    entry.firstByteAt ??= clock.now();
  }

  #drop(): void {
    this.#end('dropped');
    this.#options.parties.connection.reset();
  }

  /** Writes the end down, once. */
  #end(ended: End): void {
    const { entry, world, clock, parties } = this.#options;
    if (entry.ended !== null) return;
    world.journal.close(entry, ended, clock.now());
    parties.connection.end(this);
    if (this.plan !== UNTOUCHED) this.plan.over();
  }
}
