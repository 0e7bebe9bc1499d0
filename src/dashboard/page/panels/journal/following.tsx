// The live tail: asks once a second for the newest entries that fit, and says how much of what came is shown.
import { useRef } from 'preact/hooks';
import { share } from '../../format.ts';
import { useAsked } from '../../parts/asked.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { client } from '../../session.ts';
import { WORDS } from '../../words/journal.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { Entries } from './entries.tsx';
import type { Filters, Query } from './question.ts';
import { follow, NO_TAIL, tailQuestion } from './tail.ts';

const EVERY_MS = 1000;

interface FollowingProps {
  readonly filters: Filters;
  readonly query: Query;
  pause(): void;
}

export function Following({ filters, query, pause }: FollowingProps) {
  const tail = useRef(NO_TAIL);
  const ask = async () => {
    tail.current = follow(tail.current, await client.value.journal(tailQuestion(filters)));
    return tail.current;
  };
  const { data, why, again } = useAsked(ask, { of: [client.value, JSON.stringify(filters)], everyMs: EVERY_MS });
  return (
    <div>
      <p class="controls">
        <button type="button" onClick={pause}>
          {WORDS.pause}
        </button>
        <span class="told ok">{data && (data.share < 1 ? WORDS.part(share(data.share)) : WORDS.whole)}</span>
      </p>
      <Trouble why={why} again={again} />
      {data === null ? (
        <p class="empty">{why === null && SHELL.loading}</p>
      ) : data.rows.length === 0 ? (
        <p class="empty">{WORDS.none}</p>
      ) : (
        <Entries entries={data.rows} query={query} />
      )}
    </div>
  );
}
