// Requests of one connection that wait until fewer are under way: it is not read meanwhile, so that its client has to wait.
import type { Socket } from 'node:net';

/**
 * Requests under way on one connection. What was read with the last of them, at most 64 KiB, waits unbegun. A FIN behind
 * what is not read is seen when it is reached.
 */
export const MAX_UNDER_WAY = 100;
/** It is read again when no more than these are left. */
const FEW_UNDER_WAY = MAX_UNDER_WAY / 2;

/** Made when a connection has come to the bound. */
export class Backlog {
  #waiting: (() => void)[] = [];
  readonly #readOn: () => void;
  #beginning = false;

  constructor(socket: Socket) {
    this.#readOn = stopReading(socket);
  }

  /** Behind those that wait already. */
  add(begin: () => void): void {
    this.#waiting.push(begin);
  }

  /** Some have ended: begins those whose turn it is. True when none waits any more and the connection is read again. */
  goOn(underWay: () => number): boolean {
    if (this.#beginning) return false; // one that began has ended at once
    this.#beginning = true;
    while (underWay() < MAX_UNDER_WAY) {
      const begin = this.#waiting.shift();
      if (!begin) break;
      begin();
    }
    this.#beginning = false;
    if (this.#waiting.length > 0 || underWay() > FEW_UNDER_WAY) return false;
    this.#readOn();
    return true;
  }

  /** None of them is answered. */
  drop(): void {
    this.#waiting = [];
  }
}

/** Returns how to read on. The kernel's window closes meanwhile. */
function stopReading(socket: Socket): () => void {
  socket.pause();
  socket.resume = () => socket; // or the body of a request, or the end of an answer, would set it going again
  return () => {
    Reflect.deleteProperty(socket, 'resume');
    if (!socket.destroyed) socket.resume();
  };
}
