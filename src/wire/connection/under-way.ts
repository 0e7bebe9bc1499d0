// A request under way, as its connection knows it.

/** What happens on a connection that is not finished yet. */
export interface UnderWay {
  /** The world that it happens in, by identity. */
  readonly world: object;
  /** The connection is over, before the end. */
  clientLeft(): void;
  /** Ends it without an answer if its work has not been done; false when there is nothing left to drop. */
  drop(): boolean;
  /** Nothing but letting it go, or its client's leaving, would end it. */
  readonly endless: boolean;
  /** The client has shut its sending half, at this epoch ms; false when it is not going to be answered. */
  clientShut(at: number): boolean;
}
