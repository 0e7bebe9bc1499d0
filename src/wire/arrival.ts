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
  /** Of the client, as the socket shows it. */
  readonly address: string;
  readonly connectionId: number;
  /** Epoch milliseconds when its connection was accepted. */
  readonly connectedAt: number;
  readonly body: Buffer | undefined;
  /** One header by its lower-case name, repeated ones joined by `, `. */
  header(name: string): string | undefined;
  /** Every value of a header by its lower-case name, in the order they came; none when it did not. */
  headerValues(name: string): readonly string[];
}

/** What `operation` is for a connection that is being accepted. */
export const CONNECT = 'connect';

/** A connection as rules see it, before it has said a word: its address stands for the client. */
export function arrivalOfConnection({
  id,
  door,
  remote,
  openedAt,
}: {
  id: number;
  door: string;
  remote: string;
  openedAt: number;
}): Arrival {
  return {
    requestId: '',
    at: openedAt,
    operation: CONNECT,
    client: remote,
    method: '',
    path: '',
    url: '',
    door,
    address: remote,
    connectionId: id,
    connectedAt: openedAt,
    body: undefined,
    header: () => undefined,
    headerValues: () => [],
  };
}
