// How a play stands and what happened in it, as facts; and the same with a sealed play's secrets withheld.
import { createHash } from 'node:crypto';
import type { Cue, CueVerb } from '../shelf/cue.ts';
import { cueWords } from '../shelf/cue-words.ts';
import { type StoryStart, showStoryClock, showStoryTime } from '../shelf/story-time.ts';

export const PLAY_STATUSES = ['playing', 'paused', 'ended'] as const;
export type PlayStatus = (typeof PLAY_STATUSES)[number];

/** Shown in the place of a name that is withheld. */
export const SEALED = 'sealed';

export interface CueFacts {
  /** In the file, from 0. */
  readonly index: number;
  /** Story time, as `14:02` or `+2m`. */
  readonly at: string;
  readonly verb: CueVerb;
  /** What it does, in a few words: a note's text, a profile's name. */
  readonly text: string;
}

/** Proves after a hidden play what was played. */
export interface Seal {
  /** SHA-256 of the document, in hex, known from the start. */
  readonly sha256: string;
  /** The document; null while it is played. */
  readonly text: string | null;
}

export interface PlaybackState {
  /** Null: nothing was played yet. */
  readonly scenario: string | null;
  readonly status: PlayStatus;
  /** Null: nothing was played yet. */
  readonly storyTime: string | null;
  /** Story milliseconds from the start. */
  readonly storyMs: number;
  readonly endsAt: string | null;
  /** Story milliseconds from the start. */
  readonly endsMs: number;
  readonly speed: number;
  readonly seed: number | null;
  /** The last cue that was played; null: none yet. */
  readonly cue: CueFacts | null;
  /** The cue to come; null: none is left. */
  readonly next: CueFacts | null;
  /** Of the last note. */
  readonly note: string | null;
  /** Cues that could not be done. */
  readonly failures: number;
  /** Null: the play is not a hidden one. */
  readonly sealed: Seal | null;
}

export const NOTHING_PLAYED: PlaybackState = {
  scenario: null,
  status: 'ended',
  storyTime: null,
  storyMs: 0,
  endsAt: null,
  endsMs: 0,
  speed: 1,
  seed: null,
  cue: null,
  next: null,
  note: null,
  failures: 0,
  sealed: null,
};

/** Something that happened in a play, for the topic `cue`. */
export interface PlayEvent {
  readonly what: 'started' | 'cue' | 'failed' | 'paused' | 'resumed' | 'sought' | 'stopped' | 'ended';
  /** Epoch ms. */
  readonly at: number;
  readonly scenario: string;
  /** The cue's own where there is one, else that of the moment. */
  readonly storyTime: string;
  /** Story milliseconds from the start. */
  readonly storyMs: number;
  /** Of `cue` and `failed`; null where what failed belongs to no cue. */
  readonly cue: CueFacts | null;
  /** A seek made up for it. */
  readonly skipped: boolean;
  /** Why it failed. */
  readonly message: string | null;
  readonly sealed: Seal | null;
}

export const cueFacts = (cue: Cue, start: StoryStart): CueFacts => ({
  index: cue.index,
  at: showStoryTime(cue.atMs, start),
  verb: cue.verb,
  text: cueWords(cue),
});

/** A cue that cannot be done in its world, and why. */
export interface BarredCue extends CueFacts {
  readonly why: string;
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** True while a hidden play must not be looked into. */
export const isSealed = ({ sealed }: { readonly sealed: Seal | null }): boolean =>
  sealed !== null && sealed.text === null;

/** As viewers, events and metrics may see it: of a sealed play only how long it has been going on. */
export function withheldPlayback(playback: PlaybackState): PlaybackState {
  if (!isSealed(playback)) return playback;
  const storyTime = showStoryClock(playback.storyMs, null);
  return {
    ...playback,
    scenario: SEALED,
    storyTime,
    endsAt: null,
    endsMs: 0,
    seed: null,
    cue: null,
    next: null,
    note: null,
  };
}

/** Null for what may not be told at all: when a cue comes is a part of what is sealed. */
export function withheldEvent(event: PlayEvent): PlayEvent | null {
  if (!isSealed(event)) return event;
  if (event.what === 'cue' || event.what === 'failed') return null;
  return { ...event, scenario: SEALED, storyTime: showStoryClock(event.storyMs, null) };
}
