// The whole life of one exchange, in order: arrival, faults, the queue, work; how it ends is departure.ts.
import type { Clock } from '../../base/clock.ts';
import type { Refusal } from '../../base/refusal.ts';
import type { BoxOffice } from '../../box-office/box-office.ts';
import { HONEST, type Terms } from '../../box-office/terms.ts';
import { type Step, UNTOUCHED } from '../../faults/plan.ts';
import { plainDelivery } from '../../wire/answer/delivery.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import type { BeforeServing } from '../../wire/connection/connection-limits.ts';
import type { HttpParts, OnRequest, Refused } from '../../wire/connection/http.ts';
import type { UpstreamApp } from '../app/app.ts';
import type { Clients } from '../clients.ts';
import { noRoom, overloaded, refusal, turnedAway } from '../replies.ts';
import { ExchangeEnd } from './exchange-end.ts';
import type { Waiter } from './hold.ts';
import { announcesBody, dropRequestBody, readRequestBody } from './request-body.ts';
import { arrivalOf, createHeadReader, type RequestHead } from './request-head.ts';
import { whileSilenced } from './silence.ts';
import type { ExchangeWorld, WorldsBehindDoor } from './worlds-behind-door.ts';

export interface ExchangeSettings {
  readonly worlds: WorldsBehindDoor;
  readonly app: UpstreamApp;
  readonly clients: Clients;
  readonly clock: Clock;
  /** Begins request ids that are made here. */
  readonly requestIdPrefix: string;
}

/** Gives the function that a gate hands its requests to. */
export function createExchange(settings: ExchangeSettings): OnRequest {
  const receive = createHeadReader(settings);
  return (parties) => new Exchange(settings, parties, receive(parties)).begin();
}

class Exchange implements Waiter {
  readonly #settings: ExchangeSettings;
  readonly #world: ExchangeWorld;
  readonly #parties: HttpParts;
  readonly #received: RequestHead;
  readonly #departure: ExchangeEnd;
  readonly #meets: BeforeServing;
  /** As it was when the request arrived. */
  readonly #boxOffice: BoxOffice;
  #body: Buffer | undefined;
  /** Why there is no work to do. */
  #refused: Refused | undefined;
  /** Still to be taken, by the rules that struck. */
  #steps: Step[] | undefined;

  constructor(settings: ExchangeSettings, parties: HttpParts, received: RequestHead) {
    const { world } = received;
    this.#settings = settings;
    this.#world = world;
    this.#parties = parties;
    this.#received = received;
    this.#boxOffice = world.boxOffice;
    this.#refused = received.refused;
    this.#departure = new ExchangeEnd({ world, clock: settings.clock }, parties, received.entry);
    world.journal.open(received.entry);
    this.#meets = parties.connection.begin(this.#departure);
  }

  begin(): void {
    if (this.#meets !== undefined) void this.#meet(this.#meets);
    else this.#receive();
  }

  #receive(): void {
    const { request, expectsContinue } = this.#parties;
    if (this.#refused) {
      this.#dropRest();
      this.#underRules();
    } else if (!announcesBody(request)) this.#withoutBody();
    else if (expectsContinue) this.#beforeBody();
    else void this.#withBody();
  }

  /** What faults have put on the connection comes before all that is in the request. */
  async #meet(meets: NonNullable<BeforeServing>): Promise<void> {
    if (meets === 'closed') this.#departure.cut('close');
    else if (meets === 'unavailable') {
      const { entry, base, path } = this.#received;
      this.#dropRest();
      this.#departure.send(plainDelivery(noRoom({ requestId: entry.requestId, path: base + path })));
    } else {
      const { request, connection, expectsContinue } = this.#parties;
      if (!this.#refused && !expectsContinue && announcesBody(request)) await this.#readBody(); // unread, it would hide its sender's leaving
      await whileSilenced(this.#departure, connection, this.#settings.worlds.home.holds);
      if (this.#body) this.#underRules();
      else this.#receive();
    }
  }

  #withoutBody(): void {
    const { engine } = this.#world;
    const { operation, client } = this.#received.entry;
    if (this.#received.noWorld || engine.touches(operation, client)) this.#underRules();
    else this.#begin();
  }

  /** What is refused by its head is not read on. */
  #dropRest(): void {
    if (announcesBody(this.#parties.request)) dropRequestBody(this.#parties.request, this.#settings.clock);
    this.#departure.closes(true);
  }

  /** A client that waits for "100 Continue" gets it only when the work is about to begin; until then its body may or may not follow. */
  #beforeBody(): void {
    this.#departure.closes(true);
    this.#underRules();
  }

  async #withBody(): Promise<void> {
    await this.#readBody();
    this.#underRules();
  }

  async #readBody(): Promise<void> {
    const { bytes, length, refused, unread } = await readRequestBody(this.#parties.request, this.#settings.clock);
    this.#body = bytes;
    this.#received.entry.bytesIn = length;
    this.#refused = refused;
    if (unread) this.#departure.closes(true);
  }

  /** One that leads into no world is under nobody's rules. */
  #underRules(): void {
    if (!this.#received.noWorld) this.#draw();
    this.goOn();
  }

  /** Draws once, and sets out on the steps that the rules have drawn. */
  #draw(): void {
    const { engine, journal } = this.#world;
    const plan = engine.plan(arrivalOf(this.#parties.request, this.#received, this.#parties.connection, this.#body), {
      draws: this.#received.entry,
      keeper: journal,
    });
    if (plan === UNTOUCHED) return;
    this.#departure.plan = plan;
    this.#steps = plan.arriveSteps();
    if (this.#departure.left) plan.over(); // it was over before it was planned
  }

  /** What held it before the work is over: whether another rule would now hold it there, or its answer on the way out. */
  get staysHeld(): boolean {
    const next = this.#steps?.find(({ strike }) => strike.open);
    const hangs = next !== undefined && 'noAnswer' in next.does && next.does.noAnswer === 'hang';
    const answers = next === undefined || 'reply' in next.does;
    return hangs || (answers && this.#departure.plan.withholdsAnswer);
  }

  /** Takes the steps before the work, one after the other; called again when a wait is over, so that a held exchange costs no promise. */
  goOn(): void {
    for (;;) {
      const step = this.#steps?.shift();
      if (!step) break;
      const { strike, does } = step;
      if (!strike.open || !strike.take()) continue;
      if ('reply' in does) this.#departure.deliver(does.reply, [strike]);
      else if ('noAnswer' in does && does.noAnswer !== 'hang') this.#departure.cut(does.noAnswer, strike);
      else if (
        this.#departure.hold(strike.rule.id, 'waitMs' in does ? does.waitMs : undefined, this.#world.holds, this)
      )
        strike.acted();
      return;
    }
    if (this.#refused) this.#refuse(this.#refused);
    else if (this.#received.noWorld) this.#turnAway(this.#received.noWorld);
    else if (this.#parties.expectsContinue) void this.#continue();
    else this.#begin();
  }

  async #continue(): Promise<void> {
    this.#departure.closes(false);
    this.#parties.response.writeContinue();
    await this.#readBody();
    if (this.#refused) this.#refuse(this.#refused);
    else this.#begin();
  }

  /** Faults of before the work have had their say. */
  #refuse(refused: Refused): void {
    const { entry, base, path } = this.#received;
    this.#departure.deliver(refusal(refused, { requestId: entry.requestId, path: base + path }));
  }

  /** The path leads into no world. */
  #turnAway(noWorld: Refusal): void {
    const { entry, base, path } = this.#received;
    this.#departure.deliver(turnedAway(noWorld, { requestId: entry.requestId, path: base + path }));
  }

  /** Takes a server of a finite upstream first, or waits for one, or is turned away. */
  #begin(): void {
    if (this.#world.capacity.settings === null) this.#work();
    else void this.#queue();
  }

  /** Work for a client that has left is done all the same, unless the upstream looks first. */
  async #queue(): Promise<void> {
    const { entry, base, path } = this.#received;
    const outcome = await this.#world.capacity.serve(entry.operation, () => this.#departure.looksLeft);
    if (outcome === 'served') this.#work();
    else this.#departure.deliver(overloaded({ requestId: entry.requestId, path: base + path }, outcome.shed));
  }

  #work(): void {
    const { app } = this.#settings;
    const world = this.#world;
    if (world.boxOffice !== this.#boxOffice) this.#departure.drop(); // it is another box office that it was meant for
    if (this.#departure.isDropped) return;
    const { matched, authorized, base, path, search, entry } = this.#received;
    const { plan } = this.#departure;
    const planned = plan === UNTOUCHED ? undefined : plan.work(HONEST);
    const terms = planned?.terms ?? HONEST;
    const call = {
      operation: matched?.operation,
      params: matched?.params ?? NO_PARAMS,
      base,
      path,
      search,
      client: entry.client,
      authorized,
      requestId: entry.requestId,
      body: this.#body,
      boxOffice: world.boxOffice,
      keys: world.keys,
    };
    const done = terms.dryRun === undefined;
    const work = (terms: Terms): Promise<Reply> =>
      app.work(this.#parties.request, this.#parties.response, { ...call, terms });
    void work(terms).then(async (reply) => {
      const by = planned?.done() ?? [];
      this.#departure.worked(reply, done, by.length > 0 ? { by, honest: await work(HONEST) } : undefined);
    });
  }
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
