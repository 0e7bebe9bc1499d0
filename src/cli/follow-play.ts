// Follows a playback: every cue and note as a line of its own, from the events, and a live line below them.
import type { Playback } from '../admin/contract/playback.ts';
import type { State } from '../admin/contract/state.ts';
import { type CueEvent, cueEventWords } from './cue-event.ts';
import { cueLine, type Observed, progressLine } from './playback-words.ts';
import type { ToldEvent } from './told-event.ts';

/** The server is asked so often where the playback is. */
export const ASK_EVERY_MS = 250;
/** Once it has ended, so long is waited for the last of its events. */
const LAST_EVENTS_MS = 2000;

export interface Follower {
  /** From before the playback began. */
  readonly events: AsyncIterable<ToldEvent>;
  playback(): Promise<Playback>;
  state(): Promise<Pick<State, 'inFlight' | 'held'>>;
  observed(): Promise<Observed | undefined>;
  wait(ms: number): Promise<void>;
  /** A line that stays. */
  say(line: string): void;
  /** The line that is written over; without one, only lines that stay are written. */
  live?(line: string): void;
  readonly columns?: number | undefined;
}

/** How a playback went, as far as it was followed. */
export interface Followed {
  /** As it ended, or as another took its place. */
  readonly playback: Playback;
  /** Cues that were told as done, notes aside. */
  readonly cues: number;
}

export async function followPlay(follower: Follower, begun: Playback): Promise<Followed> {
  const lines = new Lines(follower, begun.scenario);
  const told = lines.tell(follower.events);
  for (let now = begun; ; now = await follower.playback()) {
    if (isWithheld(now)) lines.show(now);
    if (now.status === 'ended' || now.scenario !== begun.scenario) {
      await Promise.race([told, follower.wait(isWithheld(now) ? 0 : LAST_EVENTS_MS)]);
      follower.live?.('');
      return { playback: now, cues: lines.cues };
    }
    if (follower.live) {
      const [state, observed] = await Promise.all([follower.state(), follower.observed()]);
      lines.live(progressLine(now, state, observed, follower.columns));
    }
    await follower.wait(ASK_EVERY_MS);
  }
}

/** A hidden playback tells no cues as events, so the last one is looked at; it ends with its seal broken. */
const isWithheld = ({ sealed }: Playback): boolean => sealed !== null;

class Lines {
  cues = 0;
  readonly #follower: Follower;
  readonly #scenario: string | null;
  #shown: Pick<Playback, 'cue' | 'note'> = { cue: null, note: null };

  constructor(follower: Follower, scenario: string | null) {
    this.#follower = follower;
    this.#scenario = scenario;
  }

  live(line: string): void {
    this.#follower.live?.(line);
  }

  /** Resolves when the playback has ended, or its events have. */
  async tell(events: AsyncIterable<ToldEvent>): Promise<void> {
    try {
      for await (const { event, data } of events) {
        if (event === 'gap' || event === 'dropped') this.#say('(some of what happened meanwhile is not known)');
        if (event !== 'cue') continue;
        const told = data as CueEvent;
        if (told.scenario !== this.#scenario) continue;
        this.#tellOne(told);
        if (told.what === 'ended' || told.what === 'stopped') return;
      }
    } catch {
      this.#say('(the events ended: cues are no longer told)');
    }
  }

  #tellOne(told: CueEvent): void {
    if (told.what === 'cue' && told.cue && told.cue.verb !== 'note') this.cues++;
    const words = cueEventWords(told);
    if (words !== undefined) this.#say(words);
  }

  /** By looking at it: of several cues between two looks, the last one and the last note. */
  show({ cue, note }: Playback): void {
    if (note !== null && note !== this.#shown.note) this.#say(note);
    if (cue && cue.verb !== 'note' && cue.index !== this.#shown.cue?.index) {
      this.cues++;
      this.#say(cueLine(cue));
    }
    this.#shown = { cue, note };
  }

  #say(line: string): void {
    this.#follower.live?.('');
    this.#follower.say(line);
  }
}
