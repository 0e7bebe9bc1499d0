// The clients of a world by name, as many as may be told apart; all others are counted together.
import { OTHER } from '../base/client-names.ts';
import { ClientFigures, type ClientRow } from './client-figures.ts';

/** Told apart; who comes later is counted as `other`, until counting begins anew. */
const MAX_CLIENTS = 1000;

export class ClientTable {
  readonly #clients = new Map<string, ClientFigures>();
  #others = new ClientFigures(OTHER);
  /** Nearly always the same one asks again. */
  #latest = this.#others;
  /** Open requests that are counted as of others, by `seq`; by a new beginning their client may have come to have a row. */
  readonly #openOfOthers = new Set<number>();

  of(client: string): ClientFigures {
    if (client === this.#latest.client) return this.#latest;
    this.#latest = this.#clients.get(client) ?? this.#begin(client);
    return this.#latest;
  }

  /** One more of it is open. */
  opened(client: string, seq: number): void {
    const figures = this.of(client);
    figures.open++;
    if (figures === this.#others) this.#openOfOthers.add(seq);
  }

  /** One less is, where it was counted. */
  ended(client: string, seq: number): void {
    const isOfOthers = this.#openOfOthers.size > 0 && this.#openOfOthers.delete(seq);
    const figures = isOfOthers ? this.#others : this.of(client);
    if (figures.open > 0) figures.open--;
  }

  /** A second is over. */
  second(): void {
    for (const client of this.#clients.values()) client.second();
    this.#others.second();
  }

  /** So many rows, those first of whom most came in the last minute; then one of all others, if there are any. */
  rows(max: number): ClientRow[] {
    const ranked = [...this.#clients.values()].sort(
      (one, other) => other.inMinute - one.inMinute || (one.client < other.client ? -1 : 1),
    );
    const rows = ranked.slice(0, max).map(({ row }) => row);
    const others = [...ranked.slice(max), ...(this.#others.arrived + this.#others.open > 0 ? [this.#others] : [])];
    return others.length === 0 ? rows : [...rows, sumOf(others)];
  }

  /** Counts from here on, and knows who has something open. */
  beginAnew(): void {
    const before = [...this.#clients.values()];
    const { open } = this.#others;
    this.#clients.clear();
    this.#others = new ClientFigures(OTHER);
    this.#others.open = open;
    this.#latest = this.#others;
    for (const { client, open } of before) if (open > 0) this.of(client).open = open;
  }

  #begin(client: string): ClientFigures {
    if (this.#clients.size >= MAX_CLIENTS) return this.#others;
    const figures = new ClientFigures(client);
    this.#clients.set(client, figures);
    return figures;
  }
}

function sumOf(clients: readonly ClientFigures[]): ClientRow {
  const sum = { arrived: 0, failed: 0, left: 0, retries: 0, open: 0 };
  for (const { row } of clients) {
    sum.arrived += row.arrived;
    sum.failed += row.failed;
    sum.left += row.left;
    sum.retries += row.retries;
    sum.open += row.open;
  }
  return { client: OTHER, ...sum, timeoutMs: null, breaker: null };
}
