// What happened last: cues, and what somebody did.
import type { Action } from '../../../../admin/contract/contract.ts';
import { timeOfDay } from '../../format.ts';
import { moments } from '../../live/kept.ts';
import type { CueTold, Moment } from '../../live/moment.ts';
import { WORDS } from '../../words/now.ts';

const MAX_SHOWN = 12;

export function Moments() {
  const told = moments.value.filter(isTold).slice(0, MAX_SHOWN);
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

/** A cue that was played is told as an action too; one that failed is not. */
const isTold = ({ what, told }: Moment): boolean => what === 'action' || (told as CueTold).what === 'failed';

const wordsOf = ({ what, told }: Moment): string =>
  what === 'cue' ? failedWords(told as CueTold) : actionWords(told as Action);

const failedWords = ({ storyTime, cue, message }: CueTold): string =>
  `${cue?.at ?? storyTime} ${WORDS.failed} ${cue === null ? '' : `${cue.verb} ${cue.text}: `}${message}`;

const NAMING = ['note', 'profile', 'as', 'name', 'rule', 'scenario', 'fault', 'to'] as const;

function actionWords({ verb, by, who, body }: Action): string {
  const given = body as Readonly<Record<string, unknown>> | null;
  const named = NAMING.map((name) => given?.[name]).find((value) => typeof value === 'string');
  if (verb === 'note' && named !== undefined) return `${named}`;
  return `${verb}${named === undefined ? '' : ` ${named}`} (${by ?? who})`;
}
