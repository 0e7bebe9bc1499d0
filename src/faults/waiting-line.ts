// The line in front of a waiting room: places in order of arrival, let in at once or one by one, and a ticket for each.
import { hash32 } from '../base/chance.ts';

const FORM = /^([0-9a-z]{1,10})-[0-9a-z]{1,7}$/;

export interface LineOptions {
  /** Places let in at once. */
  readonly capacity: number;
  /** One more of those who wait is let in each time; unset: nobody. */
  readonly admitEveryMs: number | undefined;
  /** Tells this line's tickets from another's. */
  readonly seed: number;
  /** Milliseconds that never run backwards. */
  readonly ticks: () => number;
}

/** A ticket tells its own place, so that a line of any length is a few numbers. Who leaves it keeps the place. */
export class WaitingLine {
  readonly #options: LineOptions;
  #issued = 0;
  #admitted: number;
  /** When somebody was let in last, or the line was last empty. */
  #since: number;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#admitted = options.capacity;
    this.#since = options.ticks();
  }

  /** The next place, from 0. */
  join(): number {
    this.#settle();
    return this.#issued++;
  }

  /** People before this place, itself included; 0 when it is let in. */
  position(place: number): number {
    this.#settle();
    return Math.max(0, place + 1 - this.#admitted);
  }

  /** Milliseconds until a place is let in if all goes on so; undefined: never. */
  waitMs(place: number): number | undefined {
    const { admitEveryMs, ticks } = this.#options;
    const position = this.position(place);
    if (position === 0) return 0;
    return admitEveryMs === undefined ? undefined : position * admitEveryMs - (ticks() - this.#since);
  }

  ticketOf(place: number): string {
    const digits = place.toString(36);
    return `${digits}-${hash32(digits, this.#options.seed).toString(36)}`;
  }

  /** The place of a ticket that this line gave out. */
  placeOf(ticket: string): number | undefined {
    const digits = FORM.exec(ticket)?.[1];
    const place = digits === undefined ? Number.NaN : Number.parseInt(digits, 36);
    return place < this.#issued && this.ticketOf(place) === ticket ? place : undefined;
  }

  /** Time lets people in only while some wait: an empty line saves nothing up. */
  #settle(): void {
    const { admitEveryMs, ticks } = this.#options;
    const now = ticks();
    const waiting = Math.max(0, this.#issued - this.#admitted);
    const due = admitEveryMs === undefined ? 0 : Math.min(waiting, Math.floor((now - this.#since) / admitEveryMs));
    this.#admitted += due;
    this.#since = waiting === due ? now : this.#since + due * (admitEveryMs ?? 0);
  }
}
