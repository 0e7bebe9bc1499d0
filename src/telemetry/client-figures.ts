// What is counted of every client: requests, how they ended at which door, and how long they took; bounded, and integers only.
import { ANONYMOUS, OTHER, RESERVED_CLIENTS } from '../base/client-names.ts';
import { Buckets } from './durations.ts';
import { ENDINGS } from './endings.ts';
import type { Sample } from './series.ts';

/** Doors told apart; later ones are `other`. */
export const MAX_DOORS = 16;
/** Clients with a histogram of their own, which is twenty lines of a scrape; later ones share that of `other`. */
export const MAX_TIMED_CLIENTS = 200;

export const CLIENT_CLASSES = ['named', 'anonymous', 'other'] as const;

/** By the label that a client is counted under. `anonymous`: without key · `other`: beyond those told apart · `named`: all the rest. */
const classOf = (label: string): number => (label === ANONYMOUS ? 1 : label === OTHER ? 2 : 0);

/** One client: about 1.2 kB. */
export class ClientFigures {
  readonly client: string;
  /** Its place in CLIENT_CLASSES. */
  readonly class: number;
  readonly took: Buckets;
  requests = 0;
  /** By door, and within it by ending. */
  readonly endings = new Float64Array((MAX_DOORS + 1) * ENDINGS.length);

  constructor(client: string, took: Buckets) {
    this.client = client;
    this.class = classOf(client);
    this.took = took;
  }
}

/** At most so many sellers, whoever has no key of one's own besides; later ones are `other`. */
export class Clients {
  readonly #max: number;
  readonly #clients = new Map<string, ClientFigures>();
  readonly #doors: string[] = [];
  #othersTook = new Buckets();
  /** Clients that count against the bound. */
  #told = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Counts one that has ended; gives its client's figures, to count how long it took. */
  add(client: string, door: string, ending: number): ClientFigures {
    const figures = this.#clients.get(client) ?? this.#begin(client);
    const cell = this.#placeOf(door) * ENDINGS.length + ending;
    figures.requests++;
    figures.endings[cell] = (figures.endings[cell] as number) + 1;
    return figures;
  }

  /** Begins anew, with room for other clients. */
  forget(): void {
    this.#clients.clear();
    this.#told = 0;
    this.#othersTook = new Buckets();
  }

  *requests(): Iterable<Sample> {
    for (const { client, requests } of this.#clients.values()) yield { labels: { client }, value: requests };
  }

  *endings(): Iterable<Sample> {
    for (const { client, endings } of this.#clients.values())
      for (const [cell, value] of endings.entries())
        if (value > 0) {
          const door = this.#doors[Math.floor(cell / ENDINGS.length)] ?? OTHER;
          yield { labels: { client, door, outcome: ENDINGS[cell % ENDINGS.length] as string }, value };
        }
  }

  *durations(name: string): Iterable<Sample> {
    let isOthersTold = false;
    for (const { client, took } of this.#clients.values()) {
      const isOthers = took === this.#othersTook;
      if (!isOthers || !isOthersTold) yield* took.samples(name, { client: isOthers ? OTHER : client });
      isOthersTold ||= isOthers;
    }
  }

  #begin(client: string): ClientFigures {
    const isReserved = RESERVED_CLIENTS.includes(client);
    if (!isReserved && this.#told >= this.#max) return this.#clients.get(OTHER) ?? this.#begin(OTHER);
    const isTimed = client !== OTHER && this.#clients.size < MAX_TIMED_CLIENTS;
    const figures = new ClientFigures(client, isTimed ? new Buckets() : this.#othersTook);
    this.#clients.set(client, figures);
    if (!isReserved) this.#told++;
    return figures;
  }

  #placeOf(door: string): number {
    const place = this.#doors.indexOf(door);
    if (place >= 0) return place;
    return this.#doors.length < MAX_DOORS ? this.#doors.push(door) - 1 : MAX_DOORS;
  }
}
