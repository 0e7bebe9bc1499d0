// A scenario to be played: what is sent, and what that means in plain words.
import type { PlayBody, ScenarioLine } from '../../../../admin/contract/playback.ts';
import { duration } from '../../format.ts';
import { WORDS } from '../../words/shelf.ts';

/** As it is typed; an empty field is left out. */
export interface PlayDraft {
  readonly speed: string;
  readonly seed: string;
  readonly from: string;
  readonly paused: boolean;
}

export const FIRST_PLAY: PlayDraft = { speed: '1', seed: '', from: '', paused: false };

export function playBodyOf({ speed, seed, from, paused }: PlayDraft): PlayBody {
  return {
    ...(speed.trim() !== '' && { speed: speed.trim() }),
    ...(seed.trim() !== '' && { seed: Number(seed) }),
    ...(from.trim() !== '' && { from: from.trim() }),
    ...(paused && { paused }),
  };
}

/** `fajr-1399 at 60×: 5:58:00 of story in 5:58`; from somewhere else in it nobody knows how long it takes. */
export function playSentenceOf({ name, lastsMs }: Pick<ScenarioLine, 'name' | 'lastsMs'>, draft: PlayDraft): string {
  const speed = Number.parseFloat(draft.speed || '1');
  const from = draft.from.trim() === '' ? '' : WORDS.play.sentenceFrom(draft.from.trim());
  const story = `${name}${from} ${WORDS.play.sentenceSpeed(Number.isFinite(speed) ? String(speed) : draft.speed)}`;
  const takes =
    from === '' && speed > 0 && lastsMs > 0
      ? WORDS.play.sentenceTakes(duration(lastsMs), duration(lastsMs / speed))
      : '';
  return `${story}${takes}${draft.paused ? WORDS.play.sentencePaused : ''}`;
}
