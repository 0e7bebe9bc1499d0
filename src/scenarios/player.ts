// Plays scenarios on a stage, one at a time: cue by cue in story time, paused, resumed, moved in, and undone.
import type { Cancel, Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import { readStoryTime, showStoryTime } from '../shelf/story-time.ts';
import type { Step } from '../shelf/timeline.ts';
import { NOTHING_PLAYED, type PlaybackState, type PlayEvent } from './playback-state.ts';
import { Playthrough, type ScenarioDocument } from './playthrough.ts';
import type { ScenarioPort } from './scenario-port.ts';
import type { Load } from './undo-log.ts';

/** Story seconds per real second. */
export const MIN_SPEED = 0.01;
export const MAX_SPEED = 10_000;

export interface PlayOptions {
  /** Story seconds per real second; 1 when unset. */
  readonly speed?: number | undefined;
  readonly seed?: number | undefined;
  /** A story time; cues before it are made up for at once. */
  readonly from?: string | undefined;
  /** No cue comes before `resume`. */
  readonly paused?: boolean | undefined;
}

interface PlayerOptions {
  readonly stage: ScenarioPort;
  readonly clock: Clock;
  /** Told of failures of those who listen. */
  readonly failed?: (error: unknown) => void;
}

/** Its verbs are done one after another, and each resolves when the stage is as it says. */
export class Player {
  readonly told: Topic<PlayEvent>;
  readonly #stage: ScenarioPort;
  readonly #clock: Clock;
  #run: Playthrough | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #cancel: Cancel = () => {};

  constructor({ stage, clock, failed }: PlayerOptions) {
    this.#stage = stage;
    this.#clock = clock;
    this.told = createTopic(failed);
  }

  /** Resolves when the cues due at its beginning are played; refuses while another plays or is paused. */
  play(piece: ScenarioDocument, { speed = 1, seed, from, paused = false }: PlayOptions = {}): Promise<PlaybackState> {
    return this.#inTurn(async () => {
      if (this.#run && this.#run.status !== 'ended')
        throw new Refusal('conflict', `${this.#run.shownName} is ${this.#run.status}; stop it first`);
      if (!(speed >= MIN_SPEED && speed <= MAX_SPEED))
        throw wrong('speed', `must be ${MIN_SPEED} to ${MAX_SPEED}, got ${speed}`);
      const fromMs = from === undefined ? 0 : storyMsOf(piece, 'from', from);
      const run = await Playthrough.begin({
        piece,
        speed,
        seed,
        stage: this.#stage,
        clock: this.#clock,
        told: this.told,
      });
      this.#run = run;
      run.time.set(fromMs);
      if (paused) run.status = 'paused';
      else await this.#start(run);
    });
  }

  /** No cue comes and no ttl runs out until `resume`; what is in force stays in force. */
  pause(): Promise<PlaybackState> {
    return this.#inTurn(() => {
      const run = this.#standing('playing');
      this.#cancel();
      run.time.halt();
      run.status = 'paused';
      run.tell('paused');
    });
  }

  resume(): Promise<PlaybackState> {
    return this.#inTurn(() => {
      const run = this.#standing('paused');
      run.status = 'playing';
      if (!run.hasStarted) return this.#start(run);
      run.time.run();
      run.tell('resumed');
      this.#schedule(run);
    });
  }

  /** Forward: the cues between are played at once, in order. Backward: all is undone, then played again up to there. */
  seek(to: string): Promise<PlaybackState> {
    return this.#inTurn(async () => {
      const run = this.#standing();
      const toMs = storyMsOf(run.piece, 'to', to);
      this.#cancel();
      if (toMs < run.time.now()) await run.rewind();
      run.time.set(toMs);
      run.tell('sought');
      await this.#catchUp(run, toMs);
    });
  }

  /** What the cues changed is undone, save what is to be kept; does nothing when nothing plays. */
  stop(keep: readonly Load[] = []): Promise<PlaybackState> {
    return this.#inTurn(async () => {
      if (this.#run && this.#run.status !== 'ended') await this.#finish(this.#run, 'stopped', keep);
    });
  }

  /** At this moment. */
  get status(): PlaybackState {
    return this.#run?.facts() ?? NOTHING_PLAYED;
  }

  /** What is played now; null: nothing is. */
  get piece(): ScenarioDocument | null {
    return this.#run && this.#run.status !== 'ended' ? this.#run.piece : null;
  }

  /** Lets the play go as it stands. */
  close(): void {
    this.#cancel();
    this.#run?.time.halt();
    if (this.#run) this.#run.status = 'ended';
  }

  #inTurn(work: () => void | Promise<void>): Promise<PlaybackState> {
    const done = this.#turn.then(work).then(() => this.status);
    this.#turn = done.catch(() => undefined); // a verb that was refused must not refuse those after it
    return done;
  }

  /** The play as it is, or a no. */
  #standing(status?: 'playing' | 'paused'): Playthrough {
    const run = this.#run;
    if (!run || run.status === 'ended') throw new Refusal('conflict', 'no scenario is played now');
    if (status && run.status !== status) throw new Refusal('conflict', `${run.shownName} is ${run.status}`);
    return run;
  }

  /** From where its story clock stands. */
  async #start(run: Playthrough): Promise<void> {
    const fromMs = run.time.now();
    run.hasStarted = true;
    run.tell('started');
    run.time.run();
    await this.#catchUp(run, fromMs);
  }

  /** Every step up to this moment, and a timer for the first one after it. */
  async #catchUp(run: Playthrough, toMs: number): Promise<void> {
    for (let step = run.due(toMs); step; step = run.due(toMs)) {
      if (step.does === 'end') return this.#finish(run, 'ended');
      await run.take(step, toMs - step.atMs);
    }
    this.#schedule(run);
  }

  #schedule(run: Playthrough): void {
    this.#cancel();
    const { next } = run;
    if (run.status !== 'playing' || !next) return;
    this.#cancel = this.#clock.after(run.time.until(next.atMs), () => {
      void this.#inTurn(() => this.#punctual(run, next));
    });
  }

  /** The step a timer was set for, unless somebody paused, moved or ended the play in the meantime. */
  async #punctual(run: Playthrough, step: Step): Promise<void> {
    if (run !== this.#run || run.status !== 'playing' || run.next !== step) return;
    if (step.does === 'end') return this.#finish(run, 'ended');
    await run.take(step, 0);
    this.#schedule(run);
  }

  async #finish(run: Playthrough, what: 'stopped' | 'ended', keep: readonly Load[] = []): Promise<void> {
    this.#cancel();
    run.time.halt();
    await run.close(keep);
    run.tell(what);
  }
}

function storyMsOf({ scenario }: ScenarioDocument, field: string, text: string): number {
  const { start, endsMs } = scenario;
  const read = readStoryTime(text, start);
  if ('mistake' in read) throw wrong(field, read.mistake);
  if (read.ms > endsMs)
    throw wrong(field, `is past the end, ${showStoryTime(endsMs, start)}, got ${JSON.stringify(text)}`);
  return read.ms;
}

const wrong = (path: string, message: string): Refusal =>
  new Refusal('validation_failed', `${path}: ${message}`, { errors: [{ path, message }] });
