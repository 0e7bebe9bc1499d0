// Follows a play by asking where it is: each note and cue as a line of its own, and a live line below them.

import type { Playback } from '../admin/playback-contract.ts';
import type { State } from '../admin/state-contract.ts';
import { cueLine, type Observed, progressLine } from './playback-words.ts';

/** The server is asked so often. */
export const ASK_EVERY_MS = 250;

export interface Follower {
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

/** Resolves with the playback as it ended, or as another play took its place. */
export async function followPlay(follower: Follower, begun: Playback): Promise<Playback> {
  let shown: Pick<Playback, 'cue' | 'note'> = { cue: null, note: null };
  for (let now = begun; ; now = await follower.playback()) {
    if (now.scenario !== begun.scenario) return now;
    const fresh = newLines(shown, now);
    if (fresh.length > 0) follower.live?.('');
    for (const line of fresh) follower.say(line);
    shown = now;
    if (now.status === 'ended') {
      follower.live?.('');
      return now;
    }
    if (follower.live) {
      const [state, observed] = await Promise.all([follower.state(), follower.observed()]);
      follower.live(progressLine(now, state, observed, follower.columns));
    }
    await follower.wait(ASK_EVERY_MS);
  }
}

/** What was played since; of several cues between two looks, the last one and the last note. */
function newLines(before: Pick<Playback, 'cue' | 'note'>, { cue, note }: Playback): string[] {
  const lines: string[] = [];
  if (note !== null && note !== before.note) lines.push(note);
  if (cue && cue.verb !== 'note' && cue.index !== before.cue?.index) lines.push(cueLine(cue));
  return lines;
}
