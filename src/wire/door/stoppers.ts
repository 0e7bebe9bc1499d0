// Connections of our own that fill a dark door's backlog, so that nobody else gets a place in it.
import { connect, type Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { reachable } from '../address.ts';

/** A backlog of 0 still lets one connection through. */
const PLACES = 1;
/** Longer means that somebody else has the place. */
const CONNECT_MS = 100;

export class Stoppers {
  readonly #host: string;
  readonly #clock: Clock;
  #sockets: Socket[] = [];
  /** Ports of ours that may still come in at the door. */
  readonly #ports = new Set<number>();

  constructor(host: string, clock: Clock) {
    this.#host = reachable(host);
    this.#clock = clock;
  }

  /** Resolves when the places are taken, by us or by others. */
  async fill(port: number): Promise<void> {
    await Promise.all(Array.from({ length: PLACES }, () => this.#take(port)));
  }

  /** Whether it is the other end of one of ours; each is asked about once. */
  knows(socket: Socket): boolean {
    return this.#ports.size > 0 && socket.remotePort !== undefined && this.#ports.delete(socket.remotePort);
  }

  clear(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets = [];
  }

  #take(port: number): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect({ host: this.#host, port });
      const cancel = this.#clock.after(CONNECT_MS, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      this.#sockets.push(socket);
      socket.once('connect', () => {
        if (socket.localPort !== undefined) this.#ports.add(socket.localPort);
        done();
      });
      socket.once('close', done).on('error', () => {});
    });
  }
}
