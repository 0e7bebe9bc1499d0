// Events as a few cells of an array: nothing of them changes.
import type { EventEntry, Happening } from './entry.ts';
import { newEvent } from './new-entry.ts';
import { type Cells, offset, type Packing } from './packing.ts';

export const PACKED_EVENTS: Packing<EventEntry> = {
  cells: 11,

  pack(entry: EventEntry, cells: Cells, at: number, base: number): boolean {
    const told = offset(entry.at, base);
    const happened = offset(entry.boxOfficeAt, base);
    if (told === undefined || happened === undefined) return false;
    cells[at] = entry.reservation;
    cells[at + 2] = told;
    cells[at + 3] = happened;
    cells[at + 4] = entry.order;
    cells[at + 5] = entry.session;
    cells[at + 6] = entry.client;
    cells[at + 7] = entry.happened;
    cells[at + 8] = entry.externalRef;
    cells[at + 9] = entry.seats;
    cells[at + 10] = entry.amount;
    return true;
  },

  unpack(cells: Cells, at: number, base: number): EventEntry {
    return newEvent({
      at: base + (cells[at + 2] as number),
      happened: cells[at + 7] as Happening,
      boxOfficeAt: base + (cells[at + 3] as number),
      session: cells[at + 5] as string,
      client: cells[at + 6] as string,
      reservation: cells[at] as string,
      order: cells[at + 4] as string | null,
      externalRef: cells[at + 8] as string | null,
      seats: cells[at + 9] as number,
      amount: cells[at + 10] as number | null,
    });
  },
};
