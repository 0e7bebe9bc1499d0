// One play of one scenario: where it is in its story, what it has done, and what it tells of itself.
import type { Clock } from '../base/clock.ts';
import type { Topic } from '../base/topic.ts';
import type { Cue } from '../shelf/cue.ts';
import type { Scenario } from '../shelf/scenario.ts';
import { showStoryClock, showStoryTime } from '../shelf/story-time.ts';
import { type Step, timelineOf } from '../shelf/timeline.ts';
import { cueFacts, type PlaybackState, type PlayEvent, type PlayStatus, SEALED, sha256Of } from './playback-state.ts';
import type { ScenarioPort } from './scenario-port.ts';
import { StoryClock } from './story-clock.ts';
import { type Load, UndoLog } from './undo-log.ts';

/** What is played: a scenario and the document it was read from. */
export interface ScenarioDocument {
  readonly name: string;
  readonly text: string;
  readonly scenario: Scenario;
}

interface RunOptions {
  readonly piece: ScenarioDocument;
  readonly speed: number;
  readonly seed: number | undefined;
  readonly stage: ScenarioPort;
  readonly clock: Clock;
  readonly told: Topic<PlayEvent>;
}

export class Playthrough {
  readonly piece: ScenarioDocument;
  readonly time: StoryClock;
  status: PlayStatus = 'playing';
  /** It may be paused before its first cue. */
  hasStarted = false;
  readonly #options: RunOptions;
  readonly #performance: UndoLog;
  readonly #steps: readonly Step[];
  readonly #sha256: string;
  /** Of the steps, the first not taken yet. */
  #at = 0;
  #last: Cue | null = null;
  #note: string | null = null;
  #failures = 0;

  private constructor(options: RunOptions, performance: UndoLog) {
    this.piece = options.piece;
    this.time = new StoryClock(options.clock, options.speed);
    this.#options = options;
    this.#performance = performance;
    this.#steps = timelineOf(options.piece.scenario);
    this.#sha256 = sha256Of(options.piece.text);
  }

  static async begin(options: RunOptions): Promise<Playthrough> {
    return new Playthrough(options, await UndoLog.begin(options.stage, options.piece.scenario));
  }

  /** As a refusal may call it. */
  get shownName(): string {
    return this.#sealed?.text === null ? `a ${SEALED} scenario` : this.piece.name;
  }

  get next(): Step | undefined {
    return this.#steps[this.#at];
  }

  /** The next step, if its time has come by this moment of the story. */
  due(byMs: number): Step | undefined {
    return this.next && this.next.atMs <= byMs ? this.next : undefined;
  }

  /** Takes the next step; a cue that cannot be done is told, and the play goes on. */
  async take(step: Step, lateMs: number): Promise<void> {
    this.#at++;
    const { speed, seed } = this.#options;
    const cue = step.does === 'end' ? null : step.cue;
    try {
      if (step.does === 'lapse') await this.#performance.lapse(step.cue);
      if (step.does === 'cue') {
        await this.#performance.perform(step.cue, { speed, seed, lateMs });
        this.#keep(step.cue);
        this.tell('cue', { cue, lateMs });
      }
    } catch (error) {
      if (step.does === 'cue') this.#keep(step.cue);
      this.#failed(error, cue, lateMs);
    }
  }

  /** Back to before the first cue. */
  async rewind(): Promise<void> {
    await this.#performance.undo((error) => this.#failed(error));
    this.#at = 0;
    this.#last = null;
    this.#note = null;
  }

  /** Undoes everything, save what is to be kept; the play has ended then. */
  async close(keep: readonly Load[] = []): Promise<void> {
    await this.#performance.close((error) => this.#failed(error), keep);
    this.status = 'ended';
  }

  facts(): PlaybackState {
    const { piece, time, status } = this;
    const { start, endsMs } = piece.scenario;
    const storyMs = Math.min(endsMs, Math.max(0, time.now()));
    const upcoming = this.#steps.slice(this.#at).find((step) => step.does === 'cue');
    return {
      scenario: piece.name,
      status,
      storyTime: showStoryClock(storyMs, start),
      storyMs: Math.round(storyMs),
      endsAt: showStoryTime(endsMs, start),
      endsMs,
      speed: time.speed,
      seed: this.#options.seed ?? null,
      cue: this.#last && cueFacts(this.#last, start),
      next: upcoming?.does === 'cue' ? cueFacts(upcoming.cue, start) : null,
      note: this.#note,
      failures: this.#failures,
      sealed: this.#sealed,
    };
  }

  tell(
    what: PlayEvent['what'],
    { cue = null, lateMs = 0, message = null }: { cue?: Cue | null; lateMs?: number; message?: string | null } = {},
  ): void {
    const { told, clock, piece } = this.#options;
    const { start } = piece.scenario;
    const facts = this.facts();
    told.publish({
      what,
      at: clock.now(),
      scenario: piece.name,
      storyTime: cue ? showStoryTime(cue.atMs, start) : (facts.storyTime ?? ''),
      storyMs: cue ? cue.atMs : facts.storyMs,
      cue: cue && cueFacts(cue, start),
      skipped: lateMs > 0,
      message,
      sealed: facts.sealed,
    });
  }

  #keep(cue: Cue): void {
    this.#last = cue;
    if (cue.verb === 'note') this.#note = cue.text;
  }

  #failed(error: unknown, cue: Cue | null = null, lateMs = 0): void {
    this.#failures++;
    this.tell('failed', { cue, lateMs, message: error instanceof Error ? error.message : String(error) });
  }

  get #sealed(): PlaybackState['sealed'] {
    if (!this.piece.scenario.hidden) return null;
    return { sha256: this.#sha256, text: this.status === 'ended' ? this.piece.text : null };
  }
}
