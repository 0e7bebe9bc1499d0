// The way of one request from top to bottom: connection, body, rules and waits, queue, work, answer; how it ends is exchange-end.ts.
import type { Clock } from '../../base/clock.ts';
import type { BoxOffice } from '../../box-office/box-office.ts';
import { Plan, type Step, UNTOUCHED } from '../../faults/plan.ts';
import { BEFORE_HEAD, plainDelivery } from '../../wire/answer/delivery.ts';
import type { OnRequest, Refused } from '../../wire/connection/http.ts';
import type { UnderWay } from '../../wire/connection/under-way.ts';
import type { Holds } from '../../wire/held.ts';
import type { UpstreamApp } from '../app/app.ts';
import { noRoom, overloaded, refusal } from '../replies.ts';
import { noteBody, noteNamed } from './entry-about.ts';
import { ExchangeEnd } from './exchange-end.ts';
import { planFor } from './planning.ts';
import { announcesBody, dropRequestBody, readRequestBody } from './request-body.ts';
import { askedBy, createHeadReader, type HeadReaderSettings, type RequestHead } from './request-head.ts';
import { Wait, type Waiter, type WaitOutcome } from './wait.ts';
import { doWork } from './work.ts';

export interface ExchangeSettings extends HeadReaderSettings {
  readonly app: UpstreamApp;
  readonly clock: Clock;
}

/** Gives the function that a door hands its requests to. */
export function createExchange(settings: ExchangeSettings): OnRequest {
  const readHead = createHeadReader(settings);
  return (parts) => new Exchange(settings, readHead(parts)).arrive();
}

/** Fields instead of promises and closures while it is held: fifteen thousand may be at once. */
class Exchange implements UnderWay, Waiter {
  readonly world: object;
  readonly #settings: Pick<ExchangeSettings, 'app' | 'clock'>;
  readonly #head: RequestHead;
  readonly #end: ExchangeEnd;
  readonly #boxOffice: BoxOffice; // as it was when the request arrived
  #body: Buffer | undefined;
  /** Why there is no work to do. */
  #refused: Refused | undefined;
  /** What rules have it do before its work, from when they have been asked; those taken are gone. */
  #steps: Step[] | undefined;
  /** Holds it now, before its work. */
  #wait: Wait | undefined;

  constructor(settings: ExchangeSettings, head: RequestHead) {
    this.#settings = settings;
    this.#head = head;
    this.#end = new ExchangeEnd(this, head, settings.clock);
    this.world = head.world;
    this.#boxOffice = head.world.boxOffice;
    this.#refused = head.refused;
  }

  /** What faults have put on the connection comes before all that is in the request. */
  arrive(): void {
    const { world, entry, parts } = this.#head;
    world.journal.open(entry);
    const meets = parts.connection.begin(this);
    if (meets !== undefined) noteNamed(this.#head, undefined);
    if (meets === undefined) this.#receive();
    else if (meets === 'closed') this.#end.cut('close');
    else if (meets === 'unavailable') this.#turnAway();
    else void this.#receiveInSilence();
  }

  /** Its connection has found no slot. */
  #turnAway(): void {
    this.#dropBody();
    this.#end.send(plainDelivery(noRoom(askedBy(this.#head))));
  }

  /** Unread, its body would hide its sender's leaving. */
  async #receiveInSilence(): Promise<void> {
    const { request, expectsContinue } = this.#head.parts;
    if (!this.#refused && !expectsContinue && announcesBody(request)) await this.#readBody();
    noteNamed(this.#head, this.#body);
    this.#keepSilent();
  }

  /** Holds it until no rule in force wants silence on its connection any more. */
  #keepSilent(): void {
    const { connection } = this.#head.parts;
    const silencer = connection.limits?.silencer;
    if (silencer) this.#hold(connection.holds, silencer.id);
    else if (this.#body) this.#underRules();
    else this.#receive();
  }

  #receive(): void {
    const { request, expectsContinue } = this.#head.parts;
    if (this.#refused) {
      this.#dropBody();
      this.#underRules();
    } else if (!announcesBody(request)) this.#underRules();
    else if (expectsContinue) {
      this.#end.closesAfter(true); // until it is told to continue, its body may or may not follow
      this.#underRules();
    } else void this.#readBody().then(() => this.#underRules());
  }

  async #readBody(): Promise<void> {
    const { entry, parts } = this.#head;
    const { bytes, length, refused, unread } = await readRequestBody(parts.request, this.#settings.clock);
    this.#body = bytes;
    entry.bytesIn = length;
    this.#refused = refused;
    if (unread) this.#end.closesAfter(true);
    if (!refused) noteBody(this.#head, bytes);
  }

  /** What is refused by its head is not read on. */
  #dropBody(): void {
    const { request } = this.#head.parts;
    if (announcesBody(request)) dropRequestBody(request, this.#settings.clock);
    this.#end.closesAfter(true);
  }

  /** Draws once, and sets out on the steps that the rules have drawn; what leads into no world is under nobody's. */
  #underRules(): void {
    const plan = planFor(this.#head, this.#body);
    if (!(plan instanceof Plan)) {
      noteNamed(this.#head, this.#body);
      this.#end.deliver(plan);
      return;
    }
    if (plan !== UNTOUCHED) {
      this.#end.plan = plan;
      this.#steps = plan.arriveSteps();
      if (this.left) plan.over(); // it was over before it was planned
    }
    this.#takeSteps();
  }

  /** Waits, early replies and no answer at all, one after the other; called again when a wait is over. */
  #takeSteps(): void {
    for (;;) {
      const step = this.#steps?.shift();
      if (!step) break;
      const { strike, does } = step;
      if (!strike.open || !strike.take()) continue;
      noteNamed(this.#head, this.#body);
      if ('reply' in does) this.#end.deliver(does.reply, [strike]);
      else if ('noAnswer' in does && does.noAnswer !== 'hang') this.#end.cut(does.noAnswer, strike);
      else if (this.#hold(this.#head.world.holds, strike.rule.id, 'waitMs' in does ? does.waitMs : undefined))
        strike.acted();
      return;
    }
    if (this.#head.parts.expectsContinue && !this.#refused) void this.#continue();
    else this.#serve();
  }

  /** A client that waits for "100 Continue" gets it only when the work is about to begin. */
  async #continue(): Promise<void> {
    this.#end.closesAfter(false);
    this.#head.parts.response.writeContinue();
    await this.#readBody();
    this.#serve();
  }

  #serve(): void {
    const why = this.#refused ?? this.#head.noWorld;
    if (why) this.#end.deliver(refusal(why, askedBy(this.#head)));
    else if (this.#head.world.capacity.settings === null) void this.#work();
    else void this.#queue();
  }

  /** Takes a server of a finite upstream first. For a client that has left it works all the same, unless it looks first. */
  async #queue(): Promise<void> {
    const { world, entry } = this.#head;
    const outcome = await world.capacity.serve(entry.operation, () => this.#end.looksLeft);
    if (outcome !== 'served') noteNamed(this.#head, this.#body);
    if (outcome === 'served') void this.#work();
    else this.#end.deliver(overloaded(askedBy(this.#head), outcome.shed));
  }

  async #work(): Promise<void> {
    const isMeant = this.#head.world.boxOffice === this.#boxOffice;
    if (!isMeant) this.#end.drop();
    if (!isMeant || this.#end.isDropped) return this.#end.through();
    const { reply: worked, done, told } = await doWork(this.#settings.app, this.#end.plan, this.#head, this.#body);
    if (done) this.#head.world.journal.worked(this.#head.entry, this.#settings.clock.now());
    const { plan, left, isDropped } = this.#end;
    if (left || isDropped) this.#end.through();
    else if (worked.withheld) this.#end.send({ ...plainDelivery(worked), cutAt: BEFORE_HEAD, ending: 'hang' });
    else if (plan === UNTOUCHED) this.#end.answer(worked);
    else {
      const { reply, by, without } = plan.answer(worked, told);
      this.#end.deliver(reply, by, without);
    }
  }

  /** Holds it before its work, without a time until it is released; false when nobody is left to be held. */
  #hold(holds: Holds, rule: string, waitMs?: number): boolean {
    if (waitMs === undefined && this.#end.looksLeft) {
      this.#end.forsaken();
      return false;
    }
    const { clock } = this.#settings;
    this.#wait = new Wait({ holds, rule, waiter: this, since: clock.now() });
    this.#wait.begin(clock, waitMs);
    return true;
  }

  /** A wait that has a time outlasts its client: the work comes all the same. */
  waited(outcome: WaitOutcome): void {
    this.#wait = undefined;
    if (outcome === 'drop') this.#end.dropped();
    else if (outcome === 'left' || (outcome === 'answer' && this.left)) this.#end.through();
    else if (this.#steps) this.#takeSteps();
    else this.#keepSilent();
  }

  /** Whether its connection's silence, another rule's hold, or one on its answer's way out is next. */
  get staysHeld(): boolean {
    if (!this.#steps) return this.#head.parts.connection.limits?.silencer !== undefined;
    const next = this.#steps.find(({ strike }) => strike.open);
    if (next === undefined || 'reply' in next.does) return this.#end.plan.withholdsAnswer;
    return 'noAnswer' in next.does && next.does.noAnswer === 'hang';
  }

  get left(): boolean {
    return this.#end.left;
  }

  get wasReset(): boolean {
    return this.#end.wasReset;
  }

  get endless(): boolean {
    return this.#wait ? !this.#wait.endsByItself : this.#end.withholds;
  }

  drop(): boolean {
    const dropped = this.#end.drop();
    if (dropped) this.#wait?.over();
    return dropped;
  }

  clientLeft(): void {
    this.#end.clientLeft();
    if (this.endless) this.#wait?.over();
  }

  clientShut(at: number): boolean {
    const { world, entry } = this.#head;
    entry.finAt = at;
    world.journal.changed(entry);
    return !this.endless;
  }
}
