// An event of a stream as the command line takes it: of a server that may tell more than this version knows.

export interface ToldEvent {
  readonly event: string;
  /** JSON, parsed. */
  readonly data: unknown;
}
