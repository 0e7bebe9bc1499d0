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
  /** What stands before every path of its world. */
  readonly base: string;
  /** Within its world, without query. */
  readonly path: string;
  /** The same with its query. */
  readonly url: string;
  readonly door: string;
  /** Of the client, as the socket shows it. */
  readonly address: string;
  readonly connectionId: number;
  /** The same object for all that comes on one connection. */
  readonly connection: object;
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

interface Bare {
  readonly id: number;
  readonly door: string;
  readonly remote: string;
  readonly openedAt: number;
}

/** A connection as rules see it, before it has said a word: its address stands for the client. */
export function arrivalOfConnection(connection: Bare): Arrival {
  const { id, door, remote, openedAt } = connection;
  return {
    requestId: '',
    at: openedAt,
    operation: CONNECT,
    client: remote,
    method: '',
    base: '',
    path: '',
    url: '',
    door,
    address: remote,
    connectionId: id,
    connection,
    connectedAt: openedAt,
    body: undefined,
    header: () => undefined,
    headerValues: () => [],
  };
}
