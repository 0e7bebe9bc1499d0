// The journal: filters that stand in the address, one page or the live tail, and one entry in full beside it.
import { useState } from 'preact/hooks';
import { place } from '../../route.ts';
import { WORDS } from '../../words/journal.ts';
import { FilterForm } from './filter-form.tsx';
import { Following } from './following.tsx';
import './journal.css';
import { OneEntry } from './one-entry.tsx';
import { OnePage } from './one-page.tsx';
import { filtersOf, listOnly, wantedOf } from './question.ts';

export function Journal() {
  const { query } = place.value;
  const [isFollowing, follow] = useState(false);
  const filters = filtersOf(query);
  const wanted = wantedOf(query);
  const isNewest = query.cursor === undefined;
  return (
    <div class={wanted === null ? 'journal' : 'journal two'}>
      <section class="card filters" aria-label={WORDS.filters}>
        <FilterForm key={JSON.stringify(filters)} filters={filters} />
      </section>
      <section class="card list" aria-label={WORDS.entries}>
        {isFollowing && isNewest ? (
          <Following key={JSON.stringify(filters)} filters={filters} query={query} pause={() => follow(false)} />
        ) : (
          <OnePage query={query} follow={isNewest ? () => follow(true) : null} />
        )}
      </section>
      {wanted !== null && <OneEntry key={JSON.stringify(wanted)} wanted={wanted} list={listOnly(query)} />}
    </div>
  );
}
