// A request as faults see it: who asks for what, on which connection, before any work.

export interface Arrival {
  readonly requestId: string;
  /** Epoch milliseconds when its head had arrived. */
  readonly at: number;
  /** Name of the operation, `unmatched` when there is none. */
  readonly operation: string;
  /** The seller. */
  readonly client: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** With query, as sent. */
  readonly url: string;
  readonly door: string;
  readonly connectionId: number;
  readonly body: Buffer | undefined;
  /** One header by its lower-case name, repeated ones joined by `, `. */
  header(name: string): string | undefined;
}
