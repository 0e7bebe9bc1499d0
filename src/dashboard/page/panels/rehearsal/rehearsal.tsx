// The panel of rehearsals: one that runs, one that is looked at, or the beginning of the next.
import { runningId, shown, useRehearsal } from '../../live/rehearsal.ts';
import { panelHash, place } from '../../route.ts';
import { mayChange } from '../../session.ts';
import { WORDS } from '../../words/rehearsal.ts';
import { Earlier } from './earlier.tsx';
import { One } from './one.tsx';
import './rehearsal.css';
import { Start } from './start.tsx';

export function Rehearsal() {
  const asked = place.value.query.id ?? null;
  useRehearsal(asked);
  const { value, why } = shown.value;
  const isOne = value !== null && (asked !== null || runningId.value !== null);
  return (
    <div class="rehearsal-panel">
      {why !== null && (
        <p class="banner bad" role="alert">
          {why}
        </p>
      )}
      {isOne && <One {...value} />}
      {asked !== null && <a href={panelHash('rehearsal')}>{WORDS.back}</a>}
      {runningId.value === null && asked === null && (mayChange.value ? <Start /> : <p>{WORDS.viewer}</p>)}
      {asked === null && <Earlier />}
    </div>
  );
}
