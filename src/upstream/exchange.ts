// The whole life of one exchange, in order: arrival, faults, work, answer, delivery, journal.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { BoxOffice } from '../box-office/box-office.ts';
import type { IdempotencyKeys } from '../box-office/idempotency.ts';
import { HONEST } from '../box-office/terms.ts';
import type { Engine } from '../faults/engine.ts';
import { type Plan, UNTOUCHED } from '../faults/plan.ts';
import type { End, ExchangeEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Meets } from '../wire/burden.ts';
import type { Connection, UnderWay } from '../wire/connection.ts';
import { BEFORE_HEAD, type Delivery, plainDelivery } from '../wire/delivery.ts';
import type { Holds } from '../wire/held.ts';
import type { Reply } from '../wire/reply.ts';
import { send, sendWhole } from '../wire/send.ts';
import type { UpstreamApp } from './app.ts';
import type { Clients } from './clients.ts';
import { Holding } from './holding.ts';
import { arrivalOf, createReception, type Received } from './reception.ts';
import { announcesBody, type BodyRead, noRoom, readRequestBody, tooLarge } from './request-body.ts';

/** The world an exchange happens in; a reset puts another box office in its place. */
export interface ExchangeWorld {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly engine: Engine;
  readonly holds: Holds;
  readonly journal: Journal;
}

export interface ExchangeSettings {
  readonly world: ExchangeWorld;
  readonly app: UpstreamApp;
  readonly clients: Clients;
  readonly clock: Clock;
  /** Begins request ids that are made here. */
  readonly requestIdPrefix: string;
}

/** Gives the function that a gate hands its requests to. */
export function createExchange(settings: ExchangeSettings) {
  const receive = createReception(settings);
  return (
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    expectsContinue: boolean,
  ): void => {
    new Exchange(settings, { request, response, connection }, receive(request, connection)).begin(expectsContinue);
  };
}

interface Parties {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
}

class Exchange implements UnderWay {
  readonly #settings: ExchangeSettings;
  readonly #parties: Parties;
  readonly #received: Received;
  readonly #entry: ExchangeEntry;
  #body: Buffer | undefined;
  readonly #meets: Meets;
  #plan: Plan = UNTOUCHED;
  #left = false;
  /** Made only for an exchange that is held. */
  #holding: Holding | undefined;

  constructor(settings: ExchangeSettings, parties: Parties, received: Received) {
    this.#settings = settings;
    this.#parties = parties;
    this.#received = received;
    this.#entry = received.entry;
    settings.world.journal.open(received.entry);
    this.#meets = parties.connection.begin(this);
  }

  begin(expectsContinue: boolean): void {
    if (this.#meets !== undefined) void this.#meet(this.#meets);
    else if (announcesBody(this.#parties.request)) void this.#withBody(expectsContinue);
    else this.#withoutBody();
  }

  clientLeft(): void {
    this.#left = true;
    this.#end(this.#parties.connection.ended ?? 'client-left');
    this.#holding?.over();
  }

  /** What faults have put on the connection comes before all that is in the request. */
  async #meet(meets: NonNullable<Meets>): Promise<void> {
    if (meets === 'closed') this.#cut('close');
    else if ('unavailableBy' in meets)
      this.#send(
        { ...plainDelivery(noRoom(this.#entry.requestId, this.#received.path)), ending: 'close' },
        meets.unavailableBy,
      );
    else if (await this.#wait(meets.silencedBy, undefined)) this.#withoutBody();
  }

  #withoutBody(): void {
    const { engine } = this.#settings.world;
    const { operation, client } = this.#entry;
    if (engine.touches(operation, client)) void this.#underRules().then((pass) => pass && this.#work());
    else this.#work();
  }

  /** A client that waits for "100 Continue" gets it only when the work is about to begin. */
  async #withBody(expectsContinue: boolean): Promise<void> {
    const { response } = this.#parties;
    if (!expectsContinue && !(await this.#readBody())) return;
    response.shouldKeepAlive = !expectsContinue && response.shouldKeepAlive; // answered without it, the body may or may not follow
    if (!(await this.#underRules())) return;
    if (expectsContinue) {
      response.shouldKeepAlive = true;
      response.writeContinue();
      if (!(await this.#readBody())) return;
    }
    this.#work();
  }

  /** False when there is none to go on with; its sender was told. */
  async #readBody(): Promise<boolean> {
    const read: BodyRead = await readRequestBody(this.#parties.request);
    if (read instanceof Buffer) {
      this.#body = read;
      this.#entry.bytesIn = read.length;
      const waitMs = this.#parties.connection.inboundMs(read.length);
      return waitMs === 0 || this.#wait('', waitMs);
    }
    if (read !== 'client-left') {
      const delivery = plainDelivery(tooLarge(this.#entry.requestId, this.#received.path));
      this.#send(read === 'too-large' ? delivery : { ...delivery, ending: 'close' }, undefined);
    }
    return false;
  }

  /** Draws, waits, answers or withholds, as the rules say; true when the work is to be done. */
  async #underRules(): Promise<boolean> {
    const { world } = this.#settings;
    const plan = world.engine.plan(
      arrivalOf(this.#parties.request, this.#received, this.#parties.connection, this.#body),
    );
    if (plan === UNTOUCHED) return true;
    this.#plan = plan;
    this.#entry.hits = plan.hits.map(({ note }) => note);
    this.#entry.spared = plan.spared;
    world.journal.changed(this.#entry);
    for (const { hit, does } of plan.arriveSteps()) {
      if (!hit.rule.inForce) continue;
      if ('reply' in does) {
        this.#deliver(does.reply);
        return false;
      }
      if ('noAnswer' in does && does.noAnswer !== 'hang') {
        this.#cut(does.noAnswer);
        return false;
      }
      if (!(await this.#wait(hit.rule.id, 'waitMs' in does ? does.waitMs : undefined))) return false;
    }
    return true;
  }

  /** Holds the exchange, without a time until it is let go; true when it goes on. */
  async #wait(rule: string, waitMs: number | undefined): Promise<boolean> {
    if (this.#left && waitMs === undefined) return false;
    this.#holding ??= new Holding(this.#settings.world.holds, this.#settings.clock);
    const outcome = await this.#holding.wait(rule, waitMs);
    if (outcome === 'drop') this.#drop();
    return outcome === 'due' || (outcome === 'answer' && !this.#left);
  }

  #work(): void {
    const { app, world } = this.#settings;
    const { matched, authorized, path, search, entry } = this.#received;
    const call = {
      operation: matched?.operation,
      params: matched?.params ?? NO_PARAMS,
      path,
      search,
      client: entry.client,
      authorized,
      requestId: entry.requestId,
      body: this.#body,
      terms: this.#plan === UNTOUCHED ? HONEST : this.#plan.work(HONEST),
      boxOffice: world.boxOffice,
      keys: world.keys,
    };
    void app.work(this.#parties.request, this.#parties.response, call).then((reply) => this.#worked(reply));
  }

  #worked(reply: Reply): void {
    this.#entry.workedAt = this.#settings.clock.now();
    if (this.#left) return;
    if (this.#plan === UNTOUCHED) this.#answer(reply);
    else this.#deliver(this.#plan.answer(reply));
  }

  /** The way of every answer that no rule touches. */
  #answer(reply: Reply): void {
    const { request, response } = this.#parties;
    this.#begun(reply);
    this.#entry.bytesOut = Buffer.byteLength(reply.body);
    if (sendWhole(response, reply, request.method === 'HEAD')) this.#end('answered');
    else response.once('finish', () => this.#end('answered'));
  }

  #deliver(reply: Reply): void {
    const { delivery, rule } = this.#plan.deliver(reply);
    this.#send(delivery, rule);
  }

  #send(delivery: Delivery, rule: string | undefined): void {
    if (this.#left) return;
    const { clock } = this.#settings;
    const { request, response, connection } = this.#parties;
    if (delivery.cutAt !== BEFORE_HEAD) this.#begun(delivery.reply);
    send(response, delivery, {
      clock,
      connection,
      headOnly: request.method === 'HEAD',
      done: (how, bytes) => {
        this.#holding?.over();
        this.#entry.bytesOut = bytes;
        this.#end(how);
      },
      held: (sending) => {
        this.#holding = new Holding(this.#settings.world.holds, clock);
        this.#holding.withhold(
          rule ?? '',
          sending,
          () => this.#begun(delivery.reply),
          () => this.#drop(),
        );
      },
    });
  }

  #begun({ status }: Reply): void {
    this.#entry.status = status;
    this.#entry.firstByteAt ??= this.#settings.clock.now();
  }

  #cut(how: 'close' | 'reset'): void {
    this.#end(how === 'close' ? 'closed' : 'reset');
    this.#parties.connection[how]();
  }

  #drop(): void {
    this.#end('dropped');
    this.#parties.connection.reset();
  }

  /** Writes the end down, once. */
  #end(ended: End): void {
    if (this.#entry.ended !== null) return;
    this.#settings.world.journal.close(this.#entry, ended, this.#settings.clock.now());
    this.#parties.connection.end(this);
    if (this.#plan !== UNTOUCHED) this.#plan.over();
  }
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
