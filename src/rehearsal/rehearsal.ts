// One rehearsal in one world, from its calm to its end: everything in order, all of it recorded, and aborted once if it must be.
import type { Cancel } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { type Caller, SERVER } from '../director/actions.ts';
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { Breach } from './abort-watch.ts';
import { whyNotBefore } from './beyond-radius.ts';
import type { Within } from './blast-radius.ts';
import { BY, type Course, type CourseListener, createCourse } from './course.ts';
import type { Probing } from './front-door.ts';
import type { Result } from './judging.ts';
import { Lookout } from './lookout.ts';
import type { PhaseKind, Plan } from './plan.ts';
import type { Aborted, Finish, Note, PhaseBegun, SmallLine } from './record-line.ts';
import type { LogState, RecordLog } from './record-log.ts';
import { Recorder } from './recorder.ts';
import { guardOf } from './rehearsal-guard.ts';
import { Sampler, type Vitals } from './sampler.ts';

/** After an abort it is looked on for so long, at most. */
export const MAX_OBSERVED_MS = 60_000;
const TICK_MS = 1000;
const MAX_NOTES = 10_000;

export type RunningStatus = 'running' | 'aborting' | 'finished' | 'aborted';

export interface RehearsalMeans {
  readonly id: string;
  readonly world: World;
  readonly director: Director;
  readonly plan: Plan;
  readonly caller: Caller;
  readonly log: RecordLog;
  readonly vitals: Vitals;
  readonly outbound: Probing;
  /** By its record. */
  judge(): Promise<Result>;
  /** Told of everything that others may want to see. */
  changed(): void;
}

export interface CurrentPhase extends PhaseBegun {
  /** Epoch ms; null: nobody knows. */
  readonly endsAt: number | null;
}

export class Rehearsal {
  readonly id: string;
  readonly world: World;
  readonly plan: Plan;
  readonly lookout: Lookout;
  readonly startedAt: number;
  readonly phases: CurrentPhase[] = [];
  readonly notes: Note[] = [];
  /** Resolves when it has ended, is judged, and its record is closed. */
  readonly over: Promise<void>;
  status: RunningStatus = 'running';
  abort: Aborted | null = null;
  finish: Finish | null = null;
  result: Result | null = null;
  /** Why it could not be judged, or not be healed. */
  readonly troubles: string[] = [];
  readonly #means: RehearsalMeans;
  readonly #course: Course;
  readonly #recorder: Recorder;
  #isOver: () => void = () => {};
  #cancels: Cancel[] = [];

  constructor(means: RehearsalMeans) {
    const { world, director, plan, log, vitals, caller, outbound } = means;
    this.#means = means;
    this.id = means.id;
    this.world = world;
    this.plan = plan;
    this.startedAt = world.clock.now();
    this.over = new Promise((resolve) => {
      this.#isOver = resolve;
    });
    const sampler = new Sampler(world, vitals, plan.client);
    this.lookout = new Lookout({ world, plan, sampler, outbound });
    this.#recorder = new Recorder({ world, director, log, sampler, scenario: plan.scenario?.name ?? null });
    this.#course = createCourse({ world, director, plan, caller, listener: this.#listener });
  }

  get record(): LogState {
    return this.#means.log.state;
  }

  /** Since the last heartbeat, in milliseconds; null before the first. */
  get silentMs(): number | null {
    return this.lookout.silentMs;
  }

  get isAborted(): boolean {
    return this.status === 'aborting';
  }

  get isCalm(): boolean {
    return this.phases.at(-1)?.kind === 'calm';
  }

  /** Aborts where anything speaks against it. */
  mayArm(): boolean {
    const breach = this.lookout.breachBeforeArming();
    if (breach) void this.#abort(breach);
    return this.status === 'running';
  }

  /** Resolves when its first phase has begun. */
  async start(): Promise<void> {
    const { world, director, plan } = this.#means;
    const within: Within = { world, director, radius: plan.blastRadius };
    director.guard(world, guardOf(this, within));
    const why = whyNotBefore(within); // something may have been armed since the file was read
    if (why !== undefined)
      return this.#abort({ condition: 'blastRadius', value: why, limit: 'nothing may be beyond it' });
    this.#cancels.push(world.clock.every(TICK_MS, () => this.#tick()));
    await this.#course.start();
  }

  note(note: Omit<Note, 'at'>): void {
    this.#refuseEnded();
    if (this.notes.length >= MAX_NOTES) throw new Refusal('conflict', `a rehearsal has at most ${MAX_NOTES} notes`);
    const noted = { at: this.world.clock.now(), ...note };
    this.notes.push(noted);
    this.#say({ type: 'note', ...noted });
  }

  heartbeat(): void {
    this.#refuseEnded();
    if (this.lookout.heartbeat()) this.#say({ type: 'heartbeat', at: this.world.clock.now(), what: 'first' });
  }

  /** Resolves when all is healed; one that is being aborted is not aborted again. */
  async abortBy(breach: Breach): Promise<void> {
    this.#refuseEnded();
    await this.#abort(breach);
  }

  /** Ends it here, with what it has put in force; resolves when it is judged. */
  async finishBy(by: string | null): Promise<void> {
    this.#refuseEnded();
    await this.#end(by, true);
    await this.over;
  }

  /** The world or the server goes: what is recorded stays. */
  async interrupt(why: string): Promise<void> {
    if (this.status === 'running')
      this.#setAbort({ condition: 'world', value: why, limit: 'must be there to the end' });
    await this.#end(null, true);
    await this.over;
  }

  readonly #listener: CourseListener = {
    begun: ({ name, kind, forMs }) => this.#begin(name, kind, forMs),
    mayArm: () => this.mayArm(),
    failed: (error) => void this.#abort({ condition: 'arming', value: wordsOf(error), limit: 'must be possible' }),
    over: () => void this.#end(null, false),
  };

  #begin(name: string, kind: PhaseKind, forMs: number | null): void {
    const at = this.world.clock.now();
    this.phases.push({ at, name, kind, endsAt: forMs === null ? null : at + forMs });
    this.#say({ type: 'phase', at, name, kind });
  }

  #tick(): void {
    this.#means.log.add({ type: 'sample', ...this.lookout.sample() });
    const breach = this.status === 'running' ? this.lookout.breach() : undefined;
    if (breach) void this.#abort(breach);
  }

  #refuseEnded(): void {
    if (this.finish) throw this.#refusal(`rehearsal ${this.id} has ended`);
  }

  #refusal = (words: string): Refusal => new Refusal('conflict', words, { rehearsal: this.id });

  async #abort(breach: Breach): Promise<void> {
    if (this.status !== 'running') return;
    const wasCalm = this.phases.every(({ kind }) => kind === 'calm');
    this.#setAbort(breach);
    if (breach.condition === 'heartbeat') this.#say({ type: 'heartbeat', at: this.world.clock.now(), what: 'lost' });
    await this.#heal();
    if (wasCalm) return this.#end(null, true); // nothing was armed
    if (this.finish) return;
    const planned = this.plan.phases.filter(({ kind }) => kind === 'recovery');
    const plannedMs = planned.reduce((sum, { forMs }) => sum + forMs, 0) || MAX_OBSERVED_MS;
    const observedMs = Math.min(MAX_OBSERVED_MS, plannedMs);
    this.#begin(planned[0]?.name ?? 'recovery', 'recovery', observedMs);
    this.#cancels.push(this.world.clock.later(observedMs, () => void this.#end(null, false)));
  }

  #setAbort(breach: Breach): void {
    this.status = 'aborting'; // from here on nothing is armed
    this.#course.stop();
    this.abort = { ...breach, at: this.world.clock.now(), healedAt: null };
    this.#say({ type: 'abort', ...this.abort });
  }

  /** All clear: playback, rules, crowd and capacity. */
  async #heal(): Promise<void> {
    const { director, world } = this.#means;
    this.#recorder.putOff();
    try {
      await director.heal(world, { by: BY }, SERVER);
    } catch (error) {
      this.troubles.push(wordsOf(error)); // a door that is not back yet; the rules are ended
    }
    void this.#recorder.catchUp();
    if (!this.abort) return;
    this.abort = { ...this.abort, healedAt: world.clock.now() };
    this.#say({ type: 'abort', ...this.abort });
  }

  async #end(by: string | null, isCutShort: boolean): Promise<void> {
    if (this.finish) return;
    const { world, director, log } = this.#means;
    const status = this.status === 'aborting' ? 'aborted' : 'finished';
    this.finish = { at: world.clock.now(), status, isCutShort, by };
    this.#course.stop();
    for (const cancel of this.#cancels) cancel();
    this.lookout.close();
    director.guard(world, undefined);
    try {
      await this.#course.heal();
      await this.#recorder.end();
      this.#say({ type: 'finish', ...this.finish });
      this.status = status;
      await log.flush();
      this.result = await this.#means.judge();
      log.add({ type: 'verdict', at: world.clock.now(), result: this.result });
    } catch (error) {
      this.status = status;
      this.troubles.push(wordsOf(error));
    }
    await log.close();
    this.#isOver();
    this.#means.changed();
  }

  #say(line: SmallLine): void {
    this.#means.log.add(line);
    this.#means.changed();
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
