// The seats of one session as they fill up: by status and by client, told by shape and letter as well as by colour.
import { useMemo, useState } from 'preact/hooks';
import type { HouseMap } from '../../../../admin/contract/house.ts';
import { count, dayAndTime } from '../../format.ts';
import { WORDS } from '../../words/house.ts';
import { Drawing } from './drawing.tsx';
import { type Mark, Marks } from './marks.ts';
import { SeatsAsText } from './seats-as-text.tsx';

const STATUSES = ['free', 'reserved', 'sold', 'blocked'] as const;

export function SeatMap({ map }: { readonly map: HouseMap }) {
  const marks = useMemo(() => new Marks(), []);
  const [alone, show] = useState<string | null>(null);
  for (const { client } of map.clients) marks.of(client);
  const { seats } = map;
  const taken = seats.reserved + seats.sold;
  return (
    <>
      <div class="head">
        <h2>{map.film.title}</h2>
        <span class="tag">{WORDS.sale[map.status] ?? map.status}</span>
        <span class="muted">
          {map.venue.name}, {map.hall.name} · <time title={WORDS.time}>{dayAndTime(map.startsAt)}</time> · {map.id}
        </span>
      </div>
      <ul class="counts">
        {STATUSES.map((status) => (
          <li key={status}>
            <Swatch status={status} />
            <strong class="number">{count(seats[status])}</strong> {WORDS.status[status]}
          </li>
        ))}
        <li class="muted">{WORDS.taking(count(taken), count(taken + seats.free))}</li>
      </ul>
      <Drawing map={map} marks={marks} alone={alone} />
      <Clients map={map} marks={marks} alone={alone} show={show} />
      <SeatsAsText map={map} />
    </>
  );
}

/** How a seat of this status looks, whosever it is. */
function Swatch({ status, mark }: { readonly status: (typeof STATUSES)[number]; readonly mark?: Mark }) {
  return (
    <svg class="swatch" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <g class={`seat ${status} colour-${mark?.colour ?? 0}`}>
        <rect x="2" y="2" width="16" height="16" rx="4" />
        {status === 'blocked' ? (
          <path d="M6 6 14 14M14 6 6 14" />
        ) : (
          <text x="10" y="14.2">
            {mark?.letter}
          </text>
        )}
      </g>
    </svg>
  );
}

interface ClientsProps {
  readonly map: HouseMap;
  readonly marks: Marks;
  readonly alone: string | null;
  show(client: string | null): void;
}

function Clients({ map, marks, alone, show }: ClientsProps) {
  if (map.clients.length === 0) return <p class="empty">{WORDS.noClients}</p>;
  return (
    <div class="scroll by-client">
      <table>
        <thead>
          <tr>
            <th scope="col">{WORDS.client}</th>
            <th scope="col" class="number">
              <Swatch status="sold" /> {WORDS.status.sold}
            </th>
            <th scope="col" class="number">
              <Swatch status="reserved" /> {WORDS.status.reserved}
            </th>
          </tr>
        </thead>
        <tbody>
          {map.clients.map(({ client, sold, reserved }) => (
            <tr key={client}>
              <td>
                <button
                  type="button"
                  class="client"
                  aria-pressed={alone === client}
                  title={WORDS.show(client)}
                  onClick={() => show(alone === client ? null : client)}
                >
                  <Swatch status="sold" mark={marks.of(client)} /> {client}
                </button>
              </td>
              <td class="number">{count(sold)}</td>
              <td class="number">{count(reserved)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
