// What a connection asks of its door and tells it.
import type { Holds } from '../held.ts';

export interface Keeper<Connection> {
  /** Of the world that the door belongs to: what holds a connection belongs there, whatever is asked for on it. */
  readonly holds: Holds;
  /** It is over. Called once. */
  gone(connection: Connection): void;
  /** Its client has gone, as far as we can know: it takes no room any more, though its socket lives on for a while. */
  vacated(connection: Connection): void;
  /** Whether it is held before anything on it is served. */
  parks(connection: Connection): boolean;
  /** Node has let go of its socket without closing the descriptor. */
  lost(connection: Connection): void;
}
