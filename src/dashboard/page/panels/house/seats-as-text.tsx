// The taken seats in words, row by row, for those who do not see the drawing.
import { useState } from 'preact/hooks';
import type { HouseMap, HouseSeat } from '../../../../admin/contract/house.ts';
import { WORDS } from '../../words/house.ts';

/** Made only while it is open: a hall may have thousands of seats. */
export function SeatsAsText({ map }: { readonly map: HouseMap }) {
  const [isOpen, open] = useState(false);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>{WORDS.asText}</summary>
      {isOpen && (
        <dl class="as-text">
          {map.rows.map(({ row, seats }) => (
            <div key={row}>
              <dt>
                {WORDS.row} {row}
              </dt>
              <dd>{wordsOf(seats)}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

function wordsOf(seats: readonly HouseSeat[]): string {
  const taken = seats.filter(({ status }) => status !== 'free');
  if (taken.length === 0) return WORDS.nobody;
  return taken.map(({ id, status, client }) => WORDS.seat(id, WORDS.status[status], client)).join(', ');
}
