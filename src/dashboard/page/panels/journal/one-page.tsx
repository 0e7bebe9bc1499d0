// One page of the journal, which stands still; older ones are further pages, and never is all of it loaded.
import { count } from '../../format.ts';
import { latest } from '../../live/kept.ts';
import { useAsked } from '../../parts/asked.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { panelHash } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/journal.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { Entries } from './entries.tsx';
import { listOnly, type Query, questionOf } from './question.ts';

interface OnePageProps {
  readonly query: Query;
  /** Null on an older page. */
  readonly follow: (() => void) | null;
}

export function OnePage({ query, follow }: OnePageProps) {
  const question = questionOf(query);
  const { data, why, busy, again } = useAsked(() => client.value.journal(question), {
    of: [client.value, JSON.stringify(question)],
  });
  const list = listOnly(query);
  const { cursor, ...fromNewest } = list;
  const next = data?.nextCursor ?? null;
  return (
    <div aria-busy={busy}>
      <p class="controls">
        {follow && (
          <button type="button" class="primary" onClick={follow}>
            {WORDS.follow}
          </button>
        )}
        {follow ? (
          <button type="button" onClick={again}>
            {WORDS.newest}
          </button>
        ) : (
          <a href={panelHash('journal', fromNewest)}>{WORDS.newest}</a>
        )}
        {next !== null && <a href={panelHash('journal', { ...list, cursor: next })}>{WORDS.older}</a>}
        <span class="muted told">{data && WORDS.paused(count(data.data.length))}</span>
      </p>
      <Trouble why={why} again={again} />
      {data === null ? (
        <p class="empty">{why === null && SHELL.loading}</p>
      ) : data.data.length === 0 ? (
        <Nothing />
      ) : (
        <Entries entries={data.data} query={query} />
      )}
      {data?.shownAs?.map((name) => (
        <p key={name} class="muted">
          {WORDS.shownAs(name)}
        </p>
      ))}
    </div>
  );
}

function Nothing() {
  return <p class="empty">{latest.value?.totals.arrived === 0 ? WORDS.noneYet : WORDS.none}</p>;
}
