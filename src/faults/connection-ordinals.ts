// The how-manieth connection of its client each is, by the first request on it since the rule was armed.
import type { Arrival } from '../wire/arrival.ts';
import { ByClient } from './by-client.ts';

export class ConnectionOrdinals {
  readonly #ofConnection = new WeakMap<object, number>();
  readonly #seen = new ByClient<number>();

  /** From 0; the same for all requests on one connection. */
  of({ client, connection }: Pick<Arrival, 'client' | 'connection'>): number {
    const known = this.#ofConnection.get(connection);
    if (known !== undefined) return known;
    const ordinal = this.#seen.get(client) ?? 0;
    this.#seen.set(client, ordinal + 1);
    this.#ofConnection.set(connection, ordinal);
    return ordinal;
  }
}
