// A stage that keeps what is in force on it and writes down every verb with its time, for tests of plays.
import type { Clock } from '../../src/base/clock.ts';
import { showMistake } from '../../src/base/document.ts';
import type { PlaybackState, PlayEvent } from '../../src/scenarios/playback-state.ts';
import { Player, type PlayOptions } from '../../src/scenarios/player.ts';
import type { ScenarioDocument } from '../../src/scenarios/playthrough.ts';
import type { ActivateAsked, Before, Pace, ScenarioPort } from '../../src/scenarios/scenario-port.ts';
import { readScenario, type ScenarioNames } from '../../src/shelf/scenario.ts';
import { ManualClock } from '../support/manual-clock.ts';

export const NAMES: ScenarioNames = {
  operations: ['listSessions', 'completeOrder'],
  doors: ['main'],
  profiles: ['hang', 'slow', 'busy'],
};

export class RecordingStage implements ScenarioPort {
  /** `ms verb words`, with the real milliseconds since the clock began. */
  readonly calls: string[] = [];
  readonly paces: Pace[] = [];
  readonly activations = new Map<string, ActivateAsked>();
  now: { -readonly [Part in keyof Before]: Before[Part] } = { capacity: null, crowd: null, timeScale: 1 };
  /** Verbs that fail. */
  readonly broken = new Set<string>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  before(): Before {
    return { ...this.now };
  }

  async activate(asked: ActivateAsked, pace: Pace): Promise<() => Promise<void>> {
    this.#write('activate', asked.as);
    this.paces.push(pace);
    this.activations.set(asked.as, asked);
    return async () => {
      this.#write('end', asked.as);
      if (this.activations.get(asked.as) === asked) this.activations.delete(asked.as);
    };
  }

  async deactivate(profile: string, as: string | null): Promise<void> {
    this.#write('deactivate', as ?? profile);
    for (const [name, asked] of this.activations)
      if (asked.profile === profile && (as ?? name) === name) this.activations.delete(name);
  }

  async heal(release: string | undefined): Promise<void> {
    this.#write('heal', release ?? 'unsaid');
    this.activations.clear();
  }

  async capacity(settings: Before['capacity'], pace: Pace): Promise<void> {
    this.#write('capacity', settings === null ? 'off' : String(settings.factor));
    this.paces.push(pace);
    this.now.capacity = settings;
  }

  async crowd(settings: Before['crowd'], pace: Pace): Promise<void> {
    this.#write('crowd', settings === null ? 'off' : settings.classes.map(({ policy }) => policy).join());
    this.paces.push(pace);
    this.now.crowd = settings;
  }

  async timeScale(scale: number): Promise<void> {
    this.#write('timeScale', String(scale));
    this.now.timeScale = scale;
  }

  async note(text: string): Promise<void> {
    this.#write('note', text);
  }

  /** In order of their names, with a share where one was asked for. */
  inForce(): string[] {
    return [...this.activations].map(([as]) => as).sort();
  }

  #write(verb: string, words: string): void {
    this.calls.push(`${Math.round(this.#clock.ticks())} ${verb} ${words}`);
    if (this.broken.has(verb)) throw new Error(`${verb} is broken`);
  }
}

export interface Playback {
  readonly clock: ManualClock;
  readonly stage: RecordingStage;
  readonly player: Player;
  readonly events: PlayEvent[];
  play(text: string, options?: PlayOptions): Promise<PlaybackState>;
}

export function openTheatre(): Playback {
  const clock = new ManualClock();
  const stage = new RecordingStage(clock);
  const player = new Player({ stage, clock });
  const events: PlayEvent[] = [];
  player.told.subscribe((event) => events.push(event));
  return { clock, stage, player, events, play: (text, options) => player.play(piece(text), options) };
}

/** A scenario of this text, or its mistakes thrown. */
export function piece(text: string, name = 'story', names: ScenarioNames = NAMES): ScenarioDocument {
  const read = readScenario(text, `${name}.yaml`, names);
  if ('mistakes' in read) throw new Error(read.mistakes.map(showMistake).join('\n'));
  return { name, text, scenario: read.scenario };
}
