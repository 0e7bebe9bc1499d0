// What faults have put on a connection: a shorter life, silence, no room; lifted again when they are over.
import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../base/clock.ts';
import { type Life, shorterLife } from './fate.ts';
import { isRead, ReadPace } from './read-pace.ts';
import { Valve } from './valve.ts';

/** Whatever put something on a connection; what is no longer in force is lifted again. */
export interface Cause {
  readonly id: string;
  readonly inForce: boolean;
}

/** What a new request meets on its connection, instead of being served or before it. */
export type Meets = 'closed' | { readonly silencedBy: string } | { readonly unavailableBy: string } | undefined;

/** The connection that bears it. */
export interface Bearer {
  readonly socket: Socket;
  /** What answers are written to: over TLS not the raw one. */
  readonly face: Socket;
  readonly requests: number;
  readonly underWay: readonly unknown[];
  reset(): void;
  hangUp(): void;
}

interface Imposed {
  readonly cause: Cause;
  readonly life: Life;
  /** By `clock.ticks()`. */
  readonly since: number;
  /** Where on the way out its budget of bytes ends. */
  readonly endsAt: number | undefined;
}

export class Burden {
  unavailableBy: Cause | undefined;
  #silencers: readonly Cause[] = [];
  #lives: readonly Imposed[] = [];
  #life: Life = {};
  readonly #connection: Bearer;
  readonly #clock: Clock;
  #valve: Valve | undefined;
  #pace: ReadPace | undefined;
  #idleSince: number;
  #cancelIdle: Cancel | undefined;
  #cancelAge: Cancel | undefined;

  constructor(connection: Bearer, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#idleSince = clock.ticks();
    connection.socket.once('close', () => this.#stopTimers());
  }

  impose(cause: Cause, life: Life): void {
    const { resetAfterBytes } = life;
    const endsAt = resetAfterBytes === undefined ? undefined : (this.#valve?.passed ?? 0) + resetAfterBytes;
    this.#lives = [...this.#lives, { cause, life, since: this.#clock.ticks(), endsAt }];
    this.settle();
  }

  silence(cause: Cause): void {
    this.#silencers = [...this.#silencers, cause];
  }

  get silencer(): Cause | undefined {
    return this.#silencers.find(({ inForce }) => inForce);
  }

  begin(reused: boolean): Meets {
    this.#cancelIdle?.();
    const { staleAfterMs } = this.#life;
    const idle = reused && this.#connection.underWay.length === 1;
    if (idle && staleAfterMs !== undefined && this.#clock.ticks() - this.#idleSince >= staleAfterMs) return 'closed';
    const { silencer } = this;
    if (silencer) return { silencedBy: silencer.id };
    if (this.unavailableBy?.inForce) return { unavailableBy: this.unavailableBy.id };
    return undefined;
  }

  /** The last request under way has ended. */
  idle(): void {
    this.#idleSince = this.#clock.ticks();
    this.#timeIdle();
  }

  /** Brings valve and timers to what is in force now. */
  settle(): void {
    this.#lives = this.#lives.filter(({ cause }) => cause.inForce);
    this.#silencers = this.#silencers.filter(({ inForce }) => inForce);
    this.#life = this.#lives.reduce<Life>((all, { life }) => shorterLife(all, life) ?? {}, {});
    this.#stopTimers();
    if (this.#connection.socket.destroyed) return;
    this.#timeAge();
    this.#timeIdle();
    this.#turnValve();
  }

  /** Answers go through another socket from now on. */
  moved(): void {
    this.#valve = undefined;
    this.#pace = undefined;
    this.settle();
  }

  #timeAge(): void {
    const due = earliest(this.#lives, ({ since, life }) => life.resetAfterMs && since + life.resetAfterMs);
    if (due !== undefined)
      this.#cancelAge = this.#clock.after(due - this.#clock.ticks(), () => this.#connection.reset());
  }

  #timeIdle(): void {
    const { idleCloseMs } = this.#life;
    this.#cancelIdle?.();
    if (idleCloseMs === undefined || this.#connection.underWay.length > 0 || this.#connection.requests === 0) return;
    const leftMs = this.#idleSince + idleCloseMs - this.#clock.ticks();
    this.#cancelIdle = this.#clock.after(leftMs, () => this.#connection.hangUp());
  }

  #turnValve(): void {
    const { bytesPerSecond, closeDelayMs } = this.#life;
    const endsAt = earliest(this.#lives, (imposed) => imposed.endsAt);
    const wanted = endsAt !== undefined || bytesPerSecond !== undefined || closeDelayMs !== undefined;
    if (wanted) this.#valve ??= new Valve(this.#connection.face, this.#clock, () => this.#connection.reset());
    this.#valve?.set({ bytesPerSecond, closeDelayMs, endsAt });
    const { face } = this.#connection;
    if (bytesPerSecond !== undefined && isRead(face)) this.#pace ??= new ReadPace(face, this.#clock, () => true);
    this.#pace?.set(bytesPerSecond);
  }

  #stopTimers(): void {
    this.#cancelIdle?.();
    this.#cancelAge?.();
  }
}

function earliest(lives: readonly Imposed[], of: (imposed: Imposed) => number | undefined): number | undefined {
  const all = lives.map(of).filter((at) => at !== undefined);
  return all.length > 0 ? Math.min(...all) : undefined;
}
