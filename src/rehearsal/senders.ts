// Who sent requests while a rehearsal ran, and whether the client that it is about did: without them nothing is shown.

/** Of those that are told by name. */
export const MAX_SENDERS = 20;
/** Of those that are counted. */
const MAX_COUNTED = 10_000;

/** Nothing came of whom the rehearsal is about. */
export interface Silent {
  /** Null: of any client. */
  readonly client: string | null;
  /** Others that sent requests, as many as are told. */
  readonly others: readonly string[];
  /** How many there were; from 10,000 on no more are counted. */
  readonly count: number;
}

export class Senders {
  readonly #client: string | null;
  readonly #others = new Set<string>();
  #hasSent = false;

  /** Null: the rehearsal is about every client. */
  constructor(client: string | null) {
    this.#client = client;
  }

  take(client: string): void {
    if (this.#client === null || client === this.#client) this.#hasSent = true;
    else if (this.#others.size < MAX_COUNTED) this.#others.add(client);
  }

  /** Null: it sent something. */
  get silent(): Silent | null {
    if (this.#hasSent) return null;
    const others = [...this.#others];
    return { client: this.#client, others: others.slice(0, MAX_SENDERS).sort(), count: others.length };
  }
}

/** `No request of shop was seen; there were requests of my-shop and 3 others.` */
export function silentWords({ client, others, count }: Silent): string {
  const none = `No request of ${client ?? 'any client'} was seen`;
  if (count === 0) return client === null ? `${none}.` : `${none}, nor of any other client.`;
  const more = count - others.length;
  return `${none}; there were requests of ${others.join(', ')}${more > 0 ? ` and ${more} others` : ''}.`;
}
