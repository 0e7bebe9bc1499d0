// The how-manieth connection of its client each is, by the first request on it since the rule was armed.
import type { Arrival } from '../wire/arrival.ts';

/** Clients counted on their own; those that come later are counted together. */
const MAX_CLIENTS = 10_000;
/** No client is called so. */
const LATER = '';

export class ConnectionOrdinals {
  readonly #ofConnection = new WeakMap<object, number>();
  readonly #seen = new Map<string, number>();

  /** From 0; the same for all requests on one connection. */
  of({ client, connection }: Pick<Arrival, 'client' | 'connection'>): number {
    const known = this.#ofConnection.get(connection);
    if (known !== undefined) return known;
    const who = this.#seen.has(client) || this.#seen.size < MAX_CLIENTS ? client : LATER;
    const ordinal = this.#seen.get(who) ?? 0;
    this.#seen.set(who, ordinal + 1);
    this.#ofConnection.set(connection, ordinal);
    return ordinal;
  }
}
