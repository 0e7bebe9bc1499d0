// An answer as a value: status, headers and the whole body.

/** Name and value, in the order they are sent. */
export type Header = readonly [name: string, value: string];

export interface Reply {
  readonly status: number;
  /** Without Date, Connection and Content-Length, which the writer adds. */
  readonly headers: readonly Header[];
  readonly body: string | Buffer;
  /** It never comes: whoever is to give it does not answer. */
  readonly withheld?: true;
}
