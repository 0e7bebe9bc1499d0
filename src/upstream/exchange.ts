// The whole life of one exchange, in order: arrival, faults, the queue, work; how it ends is departure.ts.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { BoxOffice } from '../box-office/box-office.ts';
import type { IdempotencyKeys } from '../box-office/idempotency.ts';
import { HONEST } from '../box-office/terms.ts';
import type { CapacityDriver } from '../capacity/driver.ts';
import type { Engine } from '../faults/engine.ts';
import { type Step, UNTOUCHED } from '../faults/plan.ts';
import type { Journal } from '../journal/journal.ts';
import type { Meets } from '../wire/burden.ts';
import type { Connection } from '../wire/connection.ts';
import { plainDelivery } from '../wire/delivery.ts';
import type { Holds } from '../wire/held.ts';
import type { UpstreamApp } from './app.ts';
import type { Clients } from './clients.ts';
import { Departure, type Parties, type Waiter } from './departure.ts';
import { arrivalOf, createReception, type Received } from './reception.ts';
import { overloaded } from './replies.ts';
import { announcesBody, type BodyRead, noRoom, readRequestBody, tooLarge } from './request-body.ts';

/** The world an exchange happens in; a reset puts another box office in its place. */
export interface ExchangeWorld {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly engine: Engine;
  readonly capacity: Pick<CapacityDriver, 'settings' | 'serve'>;
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

class Exchange implements Waiter {
  readonly #settings: ExchangeSettings;
  readonly #parties: Parties;
  readonly #received: Received;
  readonly #departure: Departure;
  readonly #meets: Meets;
  #body: Buffer | undefined;
  #expectsContinue = false;
  /** Still to be taken, by the rules that struck. */
  #steps: Step[] | undefined;

  constructor(settings: ExchangeSettings, parties: Parties, received: Received) {
    const { world } = settings;
    this.#settings = settings;
    this.#parties = parties;
    this.#received = received;
    this.#departure = new Departure(settings, parties, received.entry);
    world.journal.open(received.entry);
    this.#meets = parties.connection.begin(this.#departure);
  }

  begin(expectsContinue: boolean): void {
    if (this.#meets !== undefined) void this.#meet(this.#meets, expectsContinue);
    else this.#receive(expectsContinue);
  }

  #receive(expectsContinue: boolean): void {
    if (announcesBody(this.#parties.request)) void this.#withBody(expectsContinue);
    else this.#withoutBody();
  }

  /** What faults have put on the connection comes before all that is in the request. */
  async #meet(meets: NonNullable<Meets>, expectsContinue: boolean): Promise<void> {
    if (meets === 'closed') this.#departure.cut('close');
    else if ('unavailableBy' in meets) {
      const { entry, path } = this.#received;
      const delivery = plainDelivery(noRoom(entry.requestId, path));
      this.#departure.send({ ...delivery, ending: 'close' }, meets.unavailableBy);
    } else if ('pacedBy' in meets) {
      await this.#departure.wait(meets.pacedBy, meets.waitMs);
      this.#receive(expectsContinue);
    } else {
      await this.#departure.wait(meets.silencedBy, undefined);
      this.#receive(expectsContinue);
    }
  }

  #withoutBody(): void {
    const { engine } = this.#settings.world;
    const { operation, client } = this.#received.entry;
    if (engine.touches(operation, client)) this.#underRules();
    else this.#begin();
  }

  /** A client that waits for "100 Continue" gets it only when the work is about to begin. */
  async #withBody(expectsContinue: boolean): Promise<void> {
    const { response } = this.#parties;
    this.#expectsContinue = expectsContinue;
    if (!expectsContinue && !(await this.#readBody())) return;
    response.shouldKeepAlive = !expectsContinue && response.shouldKeepAlive; // answered without it, the body may or may not follow
    this.#underRules();
  }

  /** False when there is none to go on with; its sender was told. */
  async #readBody(): Promise<boolean> {
    const read: BodyRead = await readRequestBody(this.#parties.request);
    if (read instanceof Buffer) {
      this.#body = read;
      this.#received.entry.bytesIn = read.length;
      const paced = this.#parties.connection.paced();
      if (paced) await this.#departure.wait(paced.pacedBy, paced.waitMs);
      return true;
    }
    if (read !== 'client-left') {
      const delivery = plainDelivery(tooLarge(this.#received.entry.requestId, this.#received.path));
      this.#departure.send(read === 'too-large' ? delivery : { ...delivery, ending: 'close' }, undefined);
    }
    return false;
  }

  /** Draws once, and sets out on the steps that the rules have drawn. */
  #underRules(): void {
    const { world } = this.#settings;
    const plan = world.engine.plan(
      arrivalOf(this.#parties.request, this.#received, this.#parties.connection, this.#body),
    );
    if (plan !== UNTOUCHED) {
      this.#departure.plan = plan;
      this.#received.entry.hits = plan.hits.map(({ note }) => note);
      this.#received.entry.spared = plan.spared;
      world.journal.changed(this.#received.entry);
      this.#steps = plan.arriveSteps();
      if (this.#departure.left) plan.over(); // it was over before it was planned
    }
    this.goOn();
  }

  /** Takes the steps before the work, one after the other; called again when a wait is over, so that a held exchange costs no promise. */
  goOn(): void {
    for (;;) {
      const step = this.#steps?.shift();
      if (!step) break;
      const { hit, does } = step;
      if (!hit.rule.inForce) continue;
      if ('reply' in does) this.#departure.deliver(does.reply);
      else if ('noAnswer' in does && does.noAnswer !== 'hang') this.#departure.cut(does.noAnswer);
      else this.#departure.hold(hit.rule.id, 'waitMs' in does ? does.waitMs : undefined, this);
      return;
    }
    if (this.#expectsContinue) void this.#continue();
    else this.#begin();
  }

  async #continue(): Promise<void> {
    const { response } = this.#parties;
    response.shouldKeepAlive = true;
    response.writeContinue();
    if (await this.#readBody()) this.#begin();
  }

  /** Takes a server of a finite upstream first, or waits for one, or is turned away. */
  #begin(): void {
    if (this.#settings.world.capacity.settings === null) this.#work();
    else void this.#queue();
  }

  /** Work for a client that has left is done all the same, unless the upstream looks first. */
  async #queue(): Promise<void> {
    const { entry, path } = this.#received;
    const outcome = await this.#settings.world.capacity.serve(entry.operation, () => this.#departure.looksLeft);
    if (outcome === 'served') this.#work();
    else this.#departure.deliver(overloaded({ requestId: entry.requestId, path }, outcome.shed));
  }

  #work(): void {
    const { app, world } = this.#settings;
    const { matched, authorized, path, search, entry } = this.#received;
    const { plan } = this.#departure;
    const terms = plan === UNTOUCHED ? HONEST : plan.work(HONEST);
    const call = {
      operation: matched?.operation,
      params: matched?.params ?? NO_PARAMS,
      path,
      search,
      client: entry.client,
      authorized,
      requestId: entry.requestId,
      body: this.#body,
      terms,
      boxOffice: world.boxOffice,
      keys: world.keys,
    };
    const done = terms.dryRun === undefined;
    void app
      .work(this.#parties.request, this.#parties.response, call)
      .then((reply) => this.#departure.worked(reply, done));
  }
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
