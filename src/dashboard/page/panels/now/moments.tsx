// What happened last: cues, and what somebody did.
import type { Action } from '../../../../admin/contract/contract.ts';
import { timeOfDay } from '../../format.ts';
import { type CueTold, type Moment, moments } from '../../live/kept.ts';
import { WORDS } from '../../words/now.ts';

const MAX_SHOWN = 12;

export function Moments() {
  const told = moments.value.slice(0, MAX_SHOWN);
  return (
    <section class="card moments" aria-labelledby="moments-title">
      <h2 id="moments-title">{WORDS.notes}</h2>
      {told.length === 0 ? (
        <p class="empty">{WORDS.noNotes}</p>
      ) : (
        <ol aria-live="polite">
          {told.map((moment) => (
            <li key={`${moment.at} ${wordsOf(moment)}`}>
              <time>{timeOfDay(moment.at)}</time> {wordsOf(moment)}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const wordsOf = ({ what, told }: Moment): string =>
  what === 'cue' ? cueWords(told as CueTold) : actionWords(told as Action);

function cueWords({ what, scenario, storyTime, cue, message }: CueTold): string {
  if (cue === null) return `${storyTime} ${scenario} ${what}`;
  if (cue.verb === 'note') return `${cue.at} ${cue.text}`;
  return `${cue.at} ${cue.verb} ${cue.text}${message === null ? '' : ` failed: ${message}`}`;
}

function actionWords({ verb, by, who, body }: Action): string {
  const named = ['profile', 'activation', 'rule', 'scenario', 'fault', 'id']
    .map((name) => (body as Readonly<Record<string, unknown>>)[name])
    .find((value) => typeof value === 'string');
  return `${verb}${named === undefined ? '' : ` ${named}`} (${by ?? who})`;
}
