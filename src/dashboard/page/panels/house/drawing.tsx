// The hall as it is drawn: a square a seat, its rows front to back below the screen.
import type { HouseMap, HouseSeat } from '../../../../admin/contract/house.ts';
import { count } from '../../format.ts';
import { WORDS } from '../../words/house.ts';
import type { Marks } from './marks.ts';

/** Of a seat with its gap, in units of the drawing. */
const PITCH = 20;
const SIZE = 16;
/** For the name of a row, on both sides. */
const MARGIN = 24;
const SCREEN = 26;

interface DrawingProps {
  readonly map: HouseMap;
  readonly marks: Marks;
  /** The client whose seats are shown alone. */
  readonly alone: string | null;
}

export function Drawing({ map, marks, alone }: DrawingProps) {
  const { rows, seats } = map;
  const across = Math.max(1, ...rows.map((row) => row.seats.at(-1)?.number ?? 0));
  const width = across * PITCH + 2 * MARGIN;
  const height = rows.length * PITCH + SCREEN + 4;
  const label = WORDS.map(count(seats.free), count(seats.reserved), count(seats.sold), count(seats.blocked));
  return (
    <svg
      class="seats"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: `${(width * 2) / 16}rem` }}
    >
      <path class="screen" d={`M${MARGIN} 18 Q${width / 2} 8 ${width - MARGIN} 18`} />
      <text class="name" x={width / 2} y="9">
        {WORDS.screen}
      </text>
      {rows.map((row, nth) => {
        const y = SCREEN + nth * PITCH;
        const shift = ((across - (row.seats.at(-1)?.number ?? 0)) * PITCH) / 2;
        return (
          <g key={row.row}>
            <text class="name" x={MARGIN / 2} y={y + 12.5}>
              {row.row}
            </text>
            <text class="name" x={width - MARGIN / 2} y={y + 12.5}>
              {row.row}
            </text>
            {row.seats.map((seat) => (
              <Seat
                key={seat.id}
                seat={seat}
                marks={marks}
                x={MARGIN + shift + (seat.number - 1) * PITCH + 2}
                y={y}
                isDim={alone !== null && seat.client !== alone}
              />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

interface SeatProps {
  readonly seat: HouseSeat;
  readonly marks: Marks;
  readonly x: number;
  readonly y: number;
  readonly isDim: boolean;
}

function Seat({ seat, marks, x, y, isDim }: SeatProps) {
  const { id, status, client } = seat;
  const mark = client === null ? undefined : marks.of(client);
  return (
    <g class={`seat ${status} colour-${mark?.colour ?? 0}${isDim ? ' dim' : ''}`} data-seat={id}>
      <title>{WORDS.seat(id, WORDS.status[status], client)}</title>
      <rect x={x} y={y} width={SIZE} height={SIZE} rx="4" />
      {status === 'blocked' && <path d={`M${x + 4} ${y + 4} l8 8 m0 -8 l-8 8`} />}
      {mark && (
        <text x={x + SIZE / 2} y={y + 12.2}>
          {mark.letter}
        </text>
      )}
    </g>
  );
}
