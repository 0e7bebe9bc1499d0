// Looks for connections that are over without having said so: a safety net beneath a door's records, which are kept without it.
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Connection } from '../connection/connection.ts';
import { inSlices } from '../slices.ts';
import { isUnread, Unread } from './unread.ts';

const PERIOD_MS = 1000;
/** A lost descriptor that stands for so long is told. */
const TOLD_AFTER_MS = 5000;

export class Sweep {
  /** Connections found over, since the start. */
  found = 0;
  readonly #clock: Clock;
  readonly #connections: ReadonlySet<Connection>;
  readonly #cancel: Cancel;
  /** Seen over by the last look: by the next one their sockets have had the time to say so. */
  #suspects: readonly Connection[] = [];
  readonly #unread = new Unread();
  #descriptorsLost = 0;
  #firstLostAt: number | undefined;
  #looking = false;

  constructor(clock: Clock, connections: ReadonlySet<Connection>) {
    this.#clock = clock;
    this.#connections = connections;
    this.#cancel = clock.every(PERIOD_MS, () => void this.look());
  }

  /** In words; undefined when nothing has been wrong for long enough. */
  get trouble(): string | undefined {
    if (this.#firstLostAt === undefined || this.#clock.ticks() - this.#firstLostAt < TOLD_AFTER_MS) return undefined;
    return `the descriptors of ${this.#descriptorsLost} connections could not be closed; only a restart of the server frees them`;
  }

  /** Node let go of a socket without closing its descriptor. */
  lost(): void {
    this.#descriptorsLost++;
    this.#firstLostAt ??= this.#clock.ticks();
  }

  /** One look at all connections, in slices. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    for (const connection of this.#suspects) if (connection.release()) this.found++;
    const over: Connection[] = [];
    const unread: Connection[] = [];
    await inSlices([...this.#connections], (connection) => {
      if (connection.socket.destroyed && !connection.released) over.push(connection);
      else if (isUnread(connection)) unread.push(connection);
    });
    this.#suspects = over;
    await this.#unread.look(unread);
    this.#looking = false;
  }

  stop(): void {
    this.#cancel();
  }
}
