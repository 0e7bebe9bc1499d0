// A value for each client, bounded: clients that come when there is no room share one, so that nobody loses theirs to a stranger.

/** Clients with a value of their own. */
const MAX_CLIENTS = 10_000;
/** No client is called so. */
const LATER = '';

export class ByClient<Value> {
  readonly #values = new Map<string, Value>();

  get(client: string): Value | undefined {
    return this.#values.get(this.#whose(client));
  }

  set(client: string, value: Value): void {
    this.#values.set(this.#whose(client), value);
  }

  #whose(client: string): string {
    return this.#values.has(client) || this.#values.size < MAX_CLIENTS ? client : LATER;
  }
}
