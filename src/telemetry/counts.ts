// Plain integers by a few labels: cheap to add to, bounded, and told in full when asked.
import { OTHER } from '../base/client-names.ts';
import { CLIENT_CLASSES } from './client-figures.ts';
import type { Sample } from './series.ts';

/** Where everything goes that would be one series too many. */
const OVERFLOW = OTHER;

/** Counts by one label. */
export class Tally {
  readonly #label: string;
  readonly #max: number;
  readonly #counts = new Map<string, number>();

  /** At most `max` values of the label; later ones are `other`. */
  constructor(label: string, max: number) {
    this.#label = label;
    this.#max = max;
  }

  add(value: string): void {
    const isTold = this.#counts.has(value) || this.#counts.size < this.#max;
    const told = isTold ? value : OVERFLOW;
    this.#counts.set(told, (this.#counts.get(told) ?? 0) + 1);
  }

  *samples(): Iterable<Sample> {
    for (const [name, value] of this.#counts) yield { labels: { [this.#label]: name }, value };
  }
}

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
