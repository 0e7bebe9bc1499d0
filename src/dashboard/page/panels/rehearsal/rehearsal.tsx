// The panel of rehearsals: one that runs, one that is looked at, or the beginning of the next.
import { useEffect, useRef } from 'preact/hooks';
import { runningId, shown, useRehearsal } from '../../live/rehearsal.ts';
import { panelHash, place, worldName } from '../../route.ts';
import { mayChange } from '../../session.ts';
import { WORDS } from '../../words/rehearsal.ts';
import { Earlier } from './earlier.tsx';
import { One } from './one.tsx';
import './rehearsal.css';
import { Start } from './start.tsx';

export function Rehearsal() {
  const asked = place.value.query.id ?? null;
  useRehearsal(asked);
  useStay(asked);
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

/** One that ends while it is looked at stays on show, with what came of it. */
function useStay(asked: string | null): void {
  const [running, world] = [runningId.value, worldName.value];
  const before = useRef<{ readonly id: string; readonly world: string } | null>(null);
  useEffect(() => {
    const ended = before.current;
    before.current = running === null ? null : { id: running, world };
    if (ended?.world === world && running === null && asked === null)
      location.replace(panelHash('rehearsal', { id: ended.id }));
  }, [running, world, asked]);
}
