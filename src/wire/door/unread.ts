// Asks the kernel whether clients have gone whose connections are not read, since enough is held or under way on them.
import type { Connection } from '../connection/connection.ts';
import { keyOf, readTcpTable, type TcpPlace, type TcpState } from './tcp-table.ts';

export class Unread {
  /** Not read at the last look either: whoever is so for a moment only is not asked about. */
  #known: ReadonlySet<Connection> = new Set();
  /** Not in the table at the last look: it is not read at one stroke, so that once is no proof. */
  #missing: ReadonlySet<Connection> = new Set();

  /** Given those that are not read now. Costs nothing where there are none. */
  async look(unread: readonly Connection[]): Promise<void> {
    const asked = unread.filter((connection) => this.#known.has(connection));
    this.#known = new Set(unread);
    if (asked.length === 0) return;
    const table = await readTcpTable(asked.map(placeOf).filter((place) => place !== undefined));
    if (!table) return;
    const missing = new Set<Connection>();
    for (const connection of asked) {
      const state = stateOf(connection, table);
      if (state === 'shut') tellShut(connection);
      else if (state === undefined && this.#missing.has(connection)) connection.socket.destroy();
      else if (state === undefined) missing.add(connection);
    }
    this.#missing = missing;
  }
}

/** Its socket stands still, and a FIN or RST would not be noticed. */
export const isUnread = ({ socket, face, released, lingering }: Connection): boolean =>
  !released && !lingering && !socket.destroyed && (face.isPaused() || socket.isPaused());

/** Undefined when it is over by now. */
function placeOf({ socket }: Connection): TcpPlace | undefined {
  const { localPort, remoteAddress, remotePort } = socket;
  if (localPort === undefined || remoteAddress === undefined || remotePort === undefined) return undefined;
  return { localPort, remoteAddress, remotePort };
}

function stateOf(connection: Connection, table: ReadonlyMap<string, TcpState>): TcpState | undefined {
  const place = placeOf(connection);
  return place ? table.get(keyOf(place)) : 'other';
}

/** Only where something is held without end: else it is read on by itself, and what is before the FIN is served first. */
function tellShut(connection: Connection): void {
  if (connection.isParked || connection.underWay.some(({ endless }) => endless)) connection.clientShut();
}
