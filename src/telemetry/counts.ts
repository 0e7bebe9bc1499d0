// Plain integers by a few labels: cheap to add to, bounded, and told in full when asked.
import type { Sample } from './series.ts';

/** Where everything goes that would be one series too many. */
const OVERFLOW = 'other';

/** Counts by one label. */
export class Tally {
  readonly #label: string;
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  /** At most `most` values of the label; later ones are `other`. */
  constructor(label: string, most: number) {
    this.#label = label;
    this.#most = most;
  }

  add(value: string): void {
    const count = this.#counts.get(value);
    if (count !== undefined) this.#counts.set(value, count + 1);
    else if (this.#counts.size < this.#most || value === OVERFLOW) this.#counts.set(value, 1);
    else this.add(OVERFLOW);
  }

  *samples(): Iterable<Sample> {
    for (const [name, value] of this.#counts) yield { labels: { [this.#label]: name }, value };
  }
}

export const CLIENT_CLASSES = ['named', 'anonymous', 'other'] as const;

/** `anonymous`: without key · `other`: beyond the number of clients told apart · `named`: all the rest. */
export function clientClass(client: string): number {
  return client === 'anonymous' ? 1 : client === 'other' ? 2 : 0;
}

/** Requests by operation, first fault, status and class of client. */
export class RequestCounts {
  readonly #most: number;
  #size = 0;
  /** Operation, then fault, then status and class in one integer. */
  readonly #counts = new Map<string, Map<string, Map<number, number>>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** `status` 0 stands for none. */
  add(operation: string, fault: string, status: number, client: number): void {
    const cell = status * CLIENT_CLASSES.length + client;
    const count = this.#counts.get(operation)?.get(fault)?.get(cell);
    if (count === undefined && this.#size >= this.#most && operation !== OVERFLOW)
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
