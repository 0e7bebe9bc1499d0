// The JSON of seat maps with its entity tag, kept by version for the sessions asked for last.
import { BoundedMap, type MapBounds } from '../../base/bounded-map.ts';
import type { BoxOffice } from '../../box-office/box-office.ts';
import { type HallLayout, SEAT_STATUSES, type SeatMap } from '../../box-office/season/seat.ts';

/** Seat maps kept over all worlds; one of 500 seats is about 35 kB. */
const KEPT: MapBounds = { maxEntries: 128, maxBytes: 33_554_432 };

const STATUS_TAILS = SEAT_STATUSES.map((status) => `${status}"}`);

interface Page {
  readonly version: number;
  readonly json: Buffer;
}

export class SeatMapPages {
  /** Least recently used first. */
  readonly #pages = new BoundedMap<string, Page>(KEPT);
  readonly #heads = new WeakMap<HallLayout, readonly string[]>();
  readonly #ordinals = new WeakMap<BoxOffice, number>();
  #boxOffices = 0;

  /** The whole answer of a seat map. */
  json(boxOffice: BoxOffice, map: SeatMap): Buffer {
    const key = `${this.#ordinalOf(boxOffice)} ${map.sessionId}`;
    const kept = this.#pages.get(key);
    const page = kept?.version === map.version ? kept : { version: map.version, json: Buffer.from(this.#write(map)) };
    this.#pages.set(key, page, page.json.length);
    return page.json;
  }

  #write({ sessionId, version, layout, states }: SeatMap): string {
    const heads = this.#headsOf(layout);
    let text = `{"sessionId":${JSON.stringify(sessionId)},"version":${version},"rows":[`;
    for (let i = 0; i < heads.length; i++) text += `${heads[i]}${STATUS_TAILS[states[i] as number]}`;
    return heads.length > 0 ? `${text}]}]}` : `${text}]}`;
  }

  #headsOf(layout: HallLayout): readonly string[] {
    let heads = this.#heads.get(layout);
    if (!heads) {
      heads = headsOf(layout);
      this.#heads.set(layout, heads);
    }
    return heads;
  }

  #ordinalOf(boxOffice: BoxOffice): number {
    let ordinal = this.#ordinals.get(boxOffice);
    if (ordinal === undefined) {
      ordinal = ++this.#boxOffices;
      this.#ordinals.set(boxOffice, ordinal);
    }
    return ordinal;
  }
}

/** Strong: the same bytes for the same tag, also across a reset, where versions begin again. */
export function seatMapTag(boxOffice: BoxOffice, map: SeatMap): string {
  return `"${boxOffice.openedAt.toString(36)}-${map.version.toString(36)}"`;
}

/** What stands before each seat's status, with the row's opening and the closing of the row before it. */
function headsOf({ places }: HallLayout): string[] {
  return places.map(({ id, row, number, category }, i) => {
    const seat = JSON.stringify({ id, row, number, category, status: '' }).slice(0, -2);
    if (i > 0 && places[i - 1]?.row === row) return `,${seat}`;
    return `${i > 0 ? ']},' : ''}{"row":${JSON.stringify(row)},"seats":[${seat}`;
  });
}
