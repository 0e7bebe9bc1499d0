// The sessions to pick from: film, hall, time, free seats, and how full each is.
import type { HousePage, HouseSession } from '../../../../admin/contract/house.ts';
import { count, dayAndTime } from '../../format.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/house.ts';

type Query = Readonly<Record<string, string>>;

interface SessionListProps {
  readonly page: HousePage;
  readonly query: Query;
  readonly chosen: string | undefined;
}

const go = (query: Query): void => {
  location.hash = panelHash('house', query);
};

export function SessionList({ page, query, chosen }: SessionListProps) {
  const { cursor, ...fromFirst } = query;
  return (
    <>
      <Search query={fromFirst} />
      {page.data.length === 0 ? (
        <p class="empty">{query.all === undefined && !query.find ? WORDS.noneTaken : WORDS.noneFound}</p>
      ) : (
        <ul class="pick">
          {page.data.map((session) => (
            <Line key={session.id} session={session} query={query} isChosen={session.id === chosen} />
          ))}
        </ul>
      )}
      <p class="controls">
        {cursor !== undefined && <a href={panelHash('house', fromFirst)}>{WORDS.first}</a>}
        {page.nextCursor !== null && (
          <a href={panelHash('house', { ...query, cursor: page.nextCursor })}>{WORDS.more}</a>
        )}
      </p>
    </>
  );
}

function Search({ query }: { readonly query: Query }) {
  const find = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = new FormData(event.currentTarget as HTMLFormElement).get('find');
    const { find: _, ...rest } = query;
    go({ ...rest, ...(typeof words === 'string' && words.trim() !== '' && { find: words.trim() }) });
  };
  const taken = (only: boolean): void => {
    const { all: _, ...rest } = query;
    go(only ? rest : { ...rest, all: 'yes' });
  };
  return (
    <form class="search" aria-label={WORDS.sessions} onSubmit={find}>
      <label>
        <span>{WORDS.find}</span>
        <input key={query.find ?? ''} name="find" type="search" maxLength={200} defaultValue={query.find ?? ''} />
      </label>
      <button type="submit">{WORDS.search}</button>
      <label class="check">
        <input
          type="checkbox"
          checked={query.all === undefined}
          onChange={({ currentTarget }) => taken(currentTarget.checked)}
        />
        {WORDS.taken}
      </label>
    </form>
  );
}

interface LineProps {
  readonly session: HouseSession;
  readonly query: Query;
  readonly isChosen: boolean;
}

function Line({ session, query, isChosen }: LineProps) {
  const { id, film, hall, venue, startsAt, seats, status } = session;
  const taken = seats.reserved + seats.sold;
  return (
    <li class={isChosen ? 'chosen' : undefined}>
      <a href={panelHash('house', { ...query, session: id })} aria-current={isChosen ? 'true' : undefined}>
        {film.title}
      </a>
      <span class="number">{WORDS.free(count(seats.free))}</span>
      <span class="muted">
        {venue.name}, {hall.name} · <time>{dayAndTime(startsAt)}</time> · {WORDS.sale[status] ?? status}
      </span>
      <progress
        aria-label={WORDS.taking(count(taken), count(taken + seats.free))}
        max={Math.max(1, taken + seats.free)}
        value={taken}
      />
    </li>
  );
}
