// A `cue` event of a playback, and what it tells in one line.
import type { Playback } from '../admin/contract/playback.ts';
import { cueLine } from './playback-words.ts';

type Cue = NonNullable<Playback['cue']>;

/** Of the events, what is told of a playback. */
export interface CueEvent {
  readonly what: string;
  readonly scenario: string;
  readonly storyTime: string;
  readonly cue: Cue | null;
  readonly message: string | null;
  readonly at?: string;
}

/** Undefined where there is nothing to tell. */
export function cueEventWords({ what, cue, storyTime, message }: CueEvent): string | undefined {
  if (what === 'cue' && cue) return cueLine(cue);
  if (what === 'failed') return `${storyTime}  FAILED ${cue ? `${cue.verb} ${cue.text}` : ''}: ${message}`;
  if (what === 'paused' || what === 'resumed' || what === 'sought') return `${storyTime}  ${MOVES[what]}`;
  return undefined;
}

const MOVES = { paused: 'paused', resumed: 'goes on', sought: 'the story was moved here' } as const;
