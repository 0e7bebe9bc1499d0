// The course of a rehearsal: phase after phase by the clock, or a played scenario, whose rules say what phase it is.
import type { Cancel } from '../base/clock.ts';
import { formatDuration } from '../base/duration.ts';
import { type Caller, SERVER } from '../director/actions.ts';
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { PhaseKind, Plan, PlannedPhase } from './plan.ts';

/** Who acts for it, in the records of the world. */
export const BY = 'rehearsal';

/** What a course tells, and asks. */
export interface CourseListener {
  begun(phase: { readonly name: string; readonly kind: PhaseKind; readonly forMs: number | null }): void;
  /** False: it must not go on, and has been told to stop. */
  mayArm(): boolean;
  /** A fault could not be armed. */
  failed(error: unknown): void;
  over(): void;
}

export interface Course {
  start(): Promise<void>;
  /** Nothing more comes of it; what is in force stays. */
  stop(): void;
  /** Ends what it has put in force. */
  heal(): Promise<void>;
}

interface CourseOptions {
  readonly world: World;
  readonly director: Director;
  readonly plan: Plan;
  readonly caller: Caller;
  readonly listener: CourseListener;
}

export const createCourse = (options: CourseOptions): Course =>
  options.plan.scenario ? new PlayedCourse(options, options.plan.scenario) : new PhasedCourse(options);

/** How the faults of a phase are asked for; the same name each time, so that the same requests are struck. */
export const requestsOf = ({ on, forMs }: PlannedPhase, index: number) =>
  on.map(({ profile, operations, clients, share }, at) => ({
    profile,
    as: `rehearsal-${index}-${at}`,
    ttl: formatDuration(forMs),
    by: BY,
    ...(share !== undefined && { share }),
    ...((operations || clients) && { match: { ...(operations && { operations }), ...(clients && { clients }) } }),
  }));

class PhasedCourse implements Course {
  readonly #options: CourseOptions;
  #cancel: Cancel = () => {};
  #stopped = false;
  #standing: string[] = [];

  constructor(options: CourseOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    return this.#enter(0);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async heal(): Promise<void> {
    const { director, world } = this.#options;
    const standing = new Set(this.#standing);
    this.#standing = [];
    for (const { activation } of director.activations(world))
      if (standing.has(activation)) await director.endActivation(world, activation, { by: BY }, SERVER);
  }

  async #enter(index: number): Promise<void> {
    const { plan, listener, world } = this.#options;
    const phase = plan.phases[index];
    if (this.#stopped) return;
    if (!phase) return listener.over();
    if (phase.on.length > 0 && !listener.mayArm()) return;
    listener.begun(phase);
    this.#cancel = world.clock.later(phase.forMs, () => {
      void this.heal()
        .catch((error: unknown) => listener.failed(error))
        .then(() => this.#enter(index + 1));
    });
    try {
      await this.#arm(requestsOf(phase, index));
    } catch (error) {
      listener.failed(error);
    }
  }

  async #arm(requests: ReturnType<typeof requestsOf>): Promise<void> {
    const { director, world, caller } = this.#options;
    for (const request of requests) {
      if (this.#stopped) return;
      this.#standing.push(request.as);
      await director.activate(world, request, caller);
    }
  }
}

class PlayedCourse implements Course {
  readonly #options: CourseOptions;
  readonly #scenario: NonNullable<Plan['scenario']>;
  #feeds: (() => void)[] = [];
  #kind: PhaseKind = 'calm';

  constructor(options: CourseOptions, scenario: NonNullable<Plan['scenario']>) {
    this.#options = options;
    this.#scenario = scenario;
  }

  async start(): Promise<void> {
    const { world, listener, caller } = this.#options;
    listener.begun({ name: 'calm', kind: 'calm', forMs: null });
    this.#feeds = [
      world.engine.changed.subscribe(() => this.#look()),
      world.playback.player.told.subscribe(({ what }) => {
        if (what === 'stopped' || what === 'ended') this.#end();
        else this.#look();
      }),
    ];
    try {
      await world.playback.play(this.#scenario.name, { speed: this.#scenario.speed, by: BY }, caller);
    } catch (error) {
      listener.failed(error);
    }
  }

  stop(): void {
    for (const end of this.#feeds) end();
    this.#feeds = [];
  }

  async heal(): Promise<void> {
    await this.#options.world.playback.stop({ by: BY }, SERVER);
  }

  /** From the first activation to the last end. */
  #look(): void {
    const { world } = this.#options;
    const isStruck = world.engine.rules.some(({ maxShare }) => maxShare > 0);
    if (isStruck && this.#kind !== 'fault') this.#become('fault');
    else if (!isStruck && this.#kind === 'fault' && !this.#mayStillActivate()) this.#become('recovery');
  }

  #mayStillActivate(): boolean {
    const { playback } = this.#options.world;
    const { storyMs, cue, status } = playback.player.status;
    if (status === 'ended') return false;
    const { scenario } = playback.scenarios.get(this.#scenario.name);
    const last = cue?.index ?? -1;
    return scenario.cues.some((one) => one.verb === 'activate' && one.index > last && one.atMs >= storyMs - 1);
  }

  #become(kind: PhaseKind): void {
    this.#kind = kind;
    this.#options.listener.begun({ name: kind, kind, forMs: null });
  }

  #end(): void {
    if (this.#feeds.length === 0) return;
    this.stop();
    if (this.#kind === 'fault') this.#become('recovery');
    this.#options.listener.over();
  }
}
