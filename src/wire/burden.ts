// What faults have put on a connection: a shorter life, silence, no room; lifted again when they are over.
import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../base/clock.ts';
import { type Life, shorterLife } from './fate.ts';
import { Valve } from './valve.ts';

/** Whatever put something on a connection; what is no longer in force is lifted again. */
export interface Cause {
  readonly id: string;
  readonly inForce: boolean;
}

/** What a new request meets on its connection, instead of being served. */
export type Meets = 'closed' | { readonly silencedBy: string } | { readonly unavailableBy: string } | undefined;

/** The connection that bears it. */
export interface Bearer {
  readonly socket: Socket;
  readonly requests: number;
  readonly underWay: readonly unknown[];
  reset(): void;
  close(): void;
}

/** What faults have put on a connection. */
export class Burden {
  lives: { readonly cause: Cause; readonly life: Life }[] = [];
  silencedBy: Cause | undefined;
  unavailableBy: Cause | undefined;
  readonly #connection: Bearer;
  readonly #clock: Clock;
  #life: Life = {};
  #valve: Valve | undefined;
  #cancelIdle: Cancel | undefined;
  #cancelAge: Cancel | undefined;

  constructor(connection: Bearer, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    connection.socket.once('close', () => this.#stopTimers());
  }

  begin(reused: boolean): Meets {
    this.#cancelIdle?.();
    if (this.#life.closeOnRequest && reused) return 'closed';
    if (this.silencedBy?.inForce) return { silencedBy: this.silencedBy.id };
    if (this.unavailableBy?.inForce) return { unavailableBy: this.unavailableBy.id };
    return undefined;
  }

  idle(): void {
    this.#cancelIdle?.();
    const { idleCloseMs, closeOnRequest } = this.#life;
    if (idleCloseMs === undefined || closeOnRequest) return;
    this.#cancelIdle = this.#clock.after(idleCloseMs, () => this.#connection.close());
  }

  inboundMs(bytes: number): number {
    const { bytesPerSecond } = this.#life;
    return bytesPerSecond === undefined ? 0 : (bytes * 1000) / bytesPerSecond;
  }

  /** Brings valve and timers to what is in force now. */
  settle(): void {
    this.lives = this.lives.filter(({ cause }) => cause.inForce);
    this.#life = this.lives.reduce<Life>((all, { life }) => shorterLife(all, life) ?? {}, {});
    const { resetAfterMs, resetAfterBytes, bytesPerSecond, closeDelayMs } = this.#life;
    this.#stopTimers();
    if (resetAfterMs !== undefined) this.#cancelAge = this.#clock.after(resetAfterMs, () => this.#connection.reset());
    if (this.#connection.underWay.length === 0 && this.#connection.requests > 0) this.idle();
    if (resetAfterBytes === undefined && bytesPerSecond === undefined && closeDelayMs === undefined) {
      this.#valve?.release();
      return;
    }
    this.#valve ??= new Valve(this.#connection.socket, this.#clock);
    this.#valve.set({
      bytesPerSecond,
      closeDelayMs,
      budgetBytes: resetAfterBytes,
      spent: () => this.#connection.reset(),
    });
  }

  #stopTimers(): void {
    this.#cancelIdle?.();
    this.#cancelAge?.();
  }
}
