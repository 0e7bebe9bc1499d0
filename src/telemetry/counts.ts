// Plain integers by a few labels: cheap to add to, bounded, and told in full when asked.
import { ANONYMOUS, OTHER, RESERVED_CLIENTS } from '../base/client-names.ts';
import type { Sample } from './series.ts';

/** Where everything goes that would be one series too many. */
const OVERFLOW = OTHER;

/** Counts by one label. */
export class Tally {
  readonly #label: string;
  readonly #max: number;
  readonly #besides: readonly string[];
  readonly #counts = new Map<string, number>();
  /** Values that count against the bound. */
  #told = 0;

  /** At most `max` values of the label, `besides` not counted; later ones are `other`. */
  constructor(label: string, max: number, besides: readonly string[] = [OVERFLOW]) {
    this.#label = label;
    this.#max = max;
    this.#besides = besides;
  }

  /** Gives the label that it was counted under. */
  add(value: string): string {
    const count = this.#counts.get(value);
    if (count !== undefined) this.#counts.set(value, count + 1);
    else if (this.#told < this.#max || this.#besides.includes(value)) this.#begin(value);
    else return this.add(OVERFLOW);
    return value;
  }

  /** Begins anew, with room for other values. */
  forget(): void {
    this.#counts.clear();
    this.#told = 0;
  }

  *samples(): Iterable<Sample> {
    for (const [name, value] of this.#counts) yield { labels: { [this.#label]: name }, value };
  }

  #begin(value: string): void {
    this.#counts.set(value, 1);
    if (!this.#besides.includes(value)) this.#told++;
  }
}

export const CLIENT_CLASSES = ['named', 'anonymous', 'other'] as const;

/** By the label that a client is counted under. `anonymous`: without key · `other`: beyond those told apart · `named`: all the rest. */
export function clientClass(label: string): number {
  return label === ANONYMOUS ? 1 : label === OTHER ? 2 : 0;
}

/** Requests by client: at most so many sellers, whoever has no key of one's own besides. */
export const clientTally = (max: number): Tally => new Tally('client', max, RESERVED_CLIENTS);

/** Requests by operation, first fault, status and class of client. */
export class RequestCounts {
  readonly #max: number;
  #size = 0;
  /** Operation, then fault, then status and class in one integer. */
  readonly #counts = new Map<string, Map<string, Map<number, number>>>();

  constructor(max: number) {
    this.#max = max;
  }

  /** `status` 0 stands for none. */
  add(operation: string, fault: string, status: number, client: number): void {
    const cell = status * CLIENT_CLASSES.length + client;
    const count = this.#counts.get(operation)?.get(fault)?.get(cell);
    if (count === undefined && this.#size >= this.#max && operation !== OVERFLOW)
      this.add(OVERFLOW, OVERFLOW, 0, client);
    else this.#set(operation, fault, cell, (count ?? 0) + 1);
  }

  *samples(): Iterable<Sample> {
    for (const [operation, faults] of this.#counts)
      for (const [fault, cells] of faults)
        for (const [cell, value] of cells) {
          const status = Math.floor(cell / CLIENT_CLASSES.length) || 'none';
          const client_class = CLIENT_CLASSES[cell % CLIENT_CLASSES.length] ?? OVERFLOW;
          yield { labels: { operation, status, client_class, fault }, value };
        }
  }

  #set(operation: string, fault: string, cell: number, count: number): void {
    const faults = this.#counts.get(operation) ?? new Map<string, Map<number, number>>();
    const cells = faults.get(fault) ?? new Map<number, number>();
    if (cells.size === 0) this.#counts.set(operation, faults.set(fault, cells));
    if (count === 1) this.#size++;
    cells.set(cell, count);
  }
}
