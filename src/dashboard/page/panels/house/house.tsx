// The house: sessions with their free seats on one side, the seats of the one that is looked at on the other.
import { useAsked } from '../../parts/asked.ts';
import { Notice } from '../../parts/notice.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { panelHash, place } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/house.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import './house.css';
import { houseQueryOf } from './house-query.ts';
import { SeatMap } from './seat-map.tsx';
import { SessionList } from './session-list.tsx';

const LIST_EVERY_MS = 5000;
const MAP_EVERY_MS = 2000;

export function House() {
  const { query } = place.value;
  const asked = houseQueryOf(query);
  const { data, why, busy, again } = useAsked(() => client.value.house(asked), {
    of: [client.value, JSON.stringify(asked)],
    everyMs: LIST_EVERY_MS,
  });
  const chosen = query.session ?? data?.data[0]?.id;
  return (
    <div class="house">
      <section class="card sessions" aria-labelledby="sessions-title" aria-busy={busy}>
        <h2 id="sessions-title">{WORDS.sessions}</h2>
        <Trouble why={why} again={again} />
        {data === null ? (
          <p class="empty">{why === null && SHELL.loading}</p>
        ) : (
          <SessionList page={data} query={query} chosen={chosen} />
        )}
      </section>
      <section class="card hall" aria-label={WORDS.hall}>
        {chosen === undefined ? (
          <p class="empty">
            {WORDS.pick}{' '}
            {query.all === undefined && <a href={panelHash('house', { ...query, all: 'yes' })}>{WORDS.showAll}</a>}
          </p>
        ) : (
          <Hall key={chosen} session={chosen} />
        )}
      </section>
    </div>
  );
}

function Hall({ session }: { readonly session: string }) {
  const { data, why, again } = useAsked(() => client.value.seatsOf(session), {
    of: [client.value, session],
    everyMs: MAP_EVERY_MS,
  });
  return (
    <>
      <Trouble why={why} again={again} />
      {data === null && why === null && <Notice title={SHELL.loading} busy />}
      {data !== null && <SeatMap map={data} />}
    </>
  );
}
