// The only hand on the controls: every verb that changes a running world, and the record of it.
import { createTopic, type Topic } from '../base/topic.ts';
import type { KnownNames } from '../faults/check.ts';
import type { Rule } from '../faults/rule.ts';
import type { Reloaded, ShelvedProfile } from '../shelf/shelf.ts';
import type { Action, Caller } from './actions.ts';
import type { Ended } from './activation-table.ts';
import { type ActivateRequest, activate, activationsOf, deactivate, endActivation, whyNever } from './activations.ts';
import { type ClockRequest, type ClockState, clockState, moveClock } from './clock.ts';
import { reach, type SeverRequest, sever } from './connections.ts';
import type { DirectorOptions } from './director-options.ts';
import type { FaultTime } from './fault-times.ts';
import type { Guard } from './guard.ts';
import type { EndRequest, HealRequest } from './heal-request.ts';
import { refuseWhileStuck, reset } from './healing.ts';
import { type CapacityRequest, type CrowdRequest, setCapacity, setCrowd } from './loading.ts';
import { addRule, deleteRule } from './rules.ts';
import type { RulesSeen } from './rules-seen.ts';
import { deleteProfile, type PutProfile, putProfile, reloadProfiles, type Shelved } from './shelving.ts';
import {
  type ActivatedState,
  type ActivationState,
  type AddedState,
  activationState,
  activationStates,
  type RuleState,
  ruleState,
  ruleStates,
  type WorldState,
  worldState,
} from './state.ts';
import { type AddedEndpoint, addEndpoint, clientNamed, type WebhookRequests } from './webhooks.ts';
import type { DeliverySeen } from './webhooks-port.ts';
import type { ResetRequest, World } from './world-port.ts';
import { WorldRecords } from './world-records.ts';

export type { DirectorOptions } from './director-options.ts';

/** Every verb takes the world first and the caller last, and is written down as an action once it is done. */
export class Director {
  /** Every action in every world. */
  readonly changed: Topic<Action>;
  readonly #options: DirectorOptions;
  readonly #records: WorldRecords;

  constructor(options: DirectorOptions) {
    this.#options = options;
    this.changed = createTopic(options.failed);
    this.#records = new WorldRecords(this.changed);
  }

  async activate(world: World, request: ActivateRequest, caller: Caller): Promise<ActivatedState> {
    const done = await activate(world, this.#records.of(world), request, this.#means(world));
    const { activation, how, released, living, shownAs, excluded } = done;
    const { name, expiresAt, rules, match } = activation;
    const result = { activation: name, how, expiresAt, rules: rules.length, ...released, living };
    this.record(world, 'activate', caller, { ...request, ...(match && { match }) }, result);
    return { ...activationState(activation, world.holds.countByRule()), how, living, shownAs, excluded };
  }

  async deactivate(world: World, profile: string, request: EndRequest, caller: Caller): Promise<Ended> {
    const ended = await deactivate(this.#records.of(world), profile, request.release, this.#options.shelf);
    this.record(world, 'deactivate', caller, { profile, ...request }, ended);
    return refuseWhileStuck(world, ended);
  }

  async endActivation(world: World, activation: string, request: EndRequest, caller: Caller): Promise<Ended> {
    const ended = await endActivation(this.#records.of(world), activation, request.release);
    this.record(world, 'end-activation', caller, { activation, ...request }, ended);
    return refuseWhileStuck(world, ended);
  }

  async addRule(world: World, rule: Rule, caller: Caller): Promise<AddedState> {
    const { added, shownAs } = addRule(world, this.#records.of(world), rule, this.knownIn(world), this.#options);
    const living = await reach(world, [added]);
    const { match } = added.spec;
    const written = { ...rule, ...(match && { match }) };
    this.record(world, 'add-rule', caller, written, { rule: added.id, expiresAt: added.expiresAt, living });
    return { ...ruleState(added, new Map()), living, shownAs };
  }

  async deleteRule(world: World, rule: string, request: EndRequest, caller: Caller): Promise<Ended> {
    const ended = await deleteRule(world, this.#records.of(world), rule, request.release);
    this.record(world, 'delete-rule', caller, { rule, ...request }, ended);
    return refuseWhileStuck(world, ended);
  }

  /** Gives how many connections were cut. */
  async sever(world: World, request: SeverRequest, caller: Caller): Promise<number> {
    const severed = await sever(world, this.#records.of(world), request, this.knownIn(world));
    this.record(world, 'sever', caller, request, { severed });
    return severed;
  }

  /** All clear; resolves when nothing that was held is held any more. */
  async heal(world: World, request: HealRequest, caller: Caller): Promise<Ended> {
    const ending = this.#records.of(world).endAll(request.release);
    const [ended] = await Promise.all([ending, world.playback.clear(request)]);
    this.record(world, 'heal', caller, request, ended);
    return refuseWhileStuck(world, ended);
  }

  async reset(world: World, request: ResetRequest & EndRequest, caller: Caller): Promise<Ended> {
    const ended = await reset(world, this.#records.of(world), request);
    this.record(world, 'reset', caller, request, { ...ended, catalog: world.catalog, seed: world.seed });
    return refuseWhileStuck(world, ended);
  }

  moveClock(world: World, request: ClockRequest, caller: Caller): ClockState {
    const state = moveClock(world, request);
    this.record(world, 'move-clock', caller, request, state);
    return state;
  }

  setCapacity(world: World, request: CapacityRequest, caller: Caller): void {
    const written = setCapacity(world, this.#records.of(world), request, this.#options.known);
    this.record(world, 'set-capacity', caller, written, {});
  }

  setCrowd(world: World, request: CrowdRequest, caller: Caller): void {
    this.record(world, 'set-crowd', caller, setCrowd(world, this.#records.of(world), request), {});
  }

  addWebhook(world: World, request: WebhookRequests['add'], caller: Caller): AddedEndpoint {
    const added = addEndpoint(world, request, this.knownIn(world));
    const { id: endpoint, client, url } = added;
    this.record(world, 'add-webhook', caller, { ...request, client, url }, { endpoint });
    return added;
  }

  deleteWebhook(world: World, asked: WebhookRequests['remove'], caller: Caller): void {
    world.webhooks.remove(asked.endpoint);
    this.record(world, 'delete-webhook', caller, asked, {});
  }

  redeliverWebhook(world: World, asked: WebhookRequests['redeliver'], caller: Caller): DeliverySeen {
    const again = world.webhooks.redeliver(asked.delivery);
    this.record(world, 'redeliver-webhook', caller, asked, { webhookId: again.notice.id });
    return again;
  }

  /** The new secret goes to the caller alone. */
  rotateWebhookSecret(world: World, asked: WebhookRequests['rotate'], caller: Caller) {
    const client = clientNamed(asked.client, this.knownIn(world));
    const secret = world.webhooks.rotate(client);
    this.record(world, 'rotate-webhook-secret', caller, { ...asked, client }, {});
    return { client, secret };
  }

  /** Returns how many entries went. */
  clearJournal(world: World, caller: Caller): number {
    const cleared = world.journal.clear();
    this.record(world, 'clear-journal', caller, {}, { cleared });
    return cleared;
  }

  async putProfile(world: World, name: string, text: string, caller: Caller): Promise<PutProfile> {
    return this.#shelved(world, 'put-profile', caller, await putProfile(this.#options.shelf, name, text));
  }

  deleteProfile(world: World, name: string, caller: Caller): void {
    this.#shelved(world, 'delete-profile', caller, deleteProfile(this.#options.shelf, this.#records.all, name));
  }

  async reloadProfiles(world: World, caller: Caller): Promise<Reloaded> {
    return this.#shelved(world, 'reload-profiles', caller, await reloadProfiles(this.#options.shelf));
  }

  activations(world: World): ActivationState[] {
    return activationStates(world, this.#records.of(world));
  }

  /** Why such an activation can be had at no time in this world; undefined when it can. */
  whyNever(world: World, request: ActivateRequest, guard?: Guard['arming']): string | undefined {
    return whyNever(world, request, this.#means(world), guard);
  }

  rules(world: World): RuleState[] {
    return ruleStates(world);
  }

  clock(world: World): ClockState {
    return clockState(world);
  }

  /** Newest first. */
  actions(world: World): Action[] {
    return this.#records.of(world).actions.list();
  }

  snapshot(world: World): WorldState {
    return worldState(world, this.#records.of(world), this.#options.shelf);
  }

  /** Each as it was when it was activated, which the shelf may hold otherwise by now. */
  profilesInForce(world: World): ShelvedProfile[] {
    return [...this.#records.of(world).activations.values()].map(({ shelved }) => shelved);
  }

  /** Names of the activations of a profile in this world. */
  activationsOf(world: World, profile: string): string[] {
    return activationsOf(this.#records.of(world), { name: profile });
  }

  /** What rules and questions may name in a world: its own doors, and what all worlds share. */
  knownIn({ doors }: World): KnownNames {
    return { ...this.#options.known, doors: doors.names };
  }

  /** The rules that were in force at any time since the last reset. */
  rulesSeen(world: World): RulesSeen {
    return this.#records.of(world).rulesSeen;
  }

  /** From now on it is asked before anything strikes a world; undefined: nobody is. */
  guard(world: World, guard: Guard | undefined): void {
    this.#records.of(world).guard = guard;
  }

  guardOf = (world: World): Guard | undefined => this.#records.of(world).guard;

  /** When rules were in force since the last reset. */
  faultTimes(world: World): FaultTime[] {
    return this.#records.of(world).faultTimes.list(world.clock.now());
  }

  /** Writes down what was done; also with other controls of the world than the director's own. */
  record(world: World, verb: string, caller: Caller, body: object, result: object): void {
    this.#records.add(world, verb, caller, body, result);
  }

  /** Lets a world go: its timers stop, and nothing of it is kept. */
  forget(world: World): void {
    this.#records.forget(world);
  }

  close(): void {
    this.#records.close();
  }

  #means = (world: World) => ({ shelf: this.#options.shelf, known: this.knownIn(world), ttl: this.#options });

  #shelved<Outcome>(world: World, verb: string, caller: Caller, done: Shelved<Outcome>): Outcome {
    this.record(world, verb, caller, done.body, done.result);
    return done.outcome;
  }
}

export const createDirector = (options: DirectorOptions): Director => new Director(options);
