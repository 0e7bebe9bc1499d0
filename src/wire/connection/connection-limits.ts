// What faults have put on a connection: a shorter life, silence, no room; lifted again when they are over.
import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { RuleRef } from '../rule-ref.ts';
import type { Strike } from '../strike.ts';
import { type LifeLimits, shorterLife } from './connection-fate.ts';
import { Passage } from './passage.ts';
import { isRead, ReadPace } from './read-pace.ts';
import { Valve } from './valve.ts';

/** What a new request meets on its connection, instead of being served or before it. */
export type BeforeServing = 'closed' | 'silenced' | 'unavailable' | undefined;

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
  readonly strike: Strike;
  readonly life: LifeLimits;
  /** By `clock.ticks()`. */
  readonly since: number;
  /** Where on the way out its budget of bytes ends. */
  readonly endsAt: number | undefined;
}

export class ConnectionLimits {
  #unavailableBy: Strike | undefined;
  #silencers: readonly Strike[] = [];
  #lives: readonly Imposed[] = [];
  #life: LifeLimits = {};
  readonly #connection: Bearer;
  readonly #clock: Clock;
  #valve: Valve | undefined;
  #pace: ReadPace | undefined;
  /** What ends it at so many bytes. */
  #ending: Strike | undefined;
  #idleSince: number;
  #cancelIdle: Cancel | undefined;
  #cancelAge: Cancel | undefined;

  constructor(connection: Bearer, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#idleSince = clock.ticks();
  }

  /** For an answer that is about to be written; undefined where nothing is put on what goes out. */
  passage(): Passage | undefined {
    return this.#valve && new Passage(this.#valve);
  }

  /** Puts a shorter life on it, besides what others have put on it. */
  impose(strike: Strike, life: LifeLimits): void {
    const { resetAfterBytes } = life;
    const endsAt = resetAfterBytes === undefined ? undefined : (this.#valve?.passed ?? 0) + resetAfterBytes;
    this.#lives = [...this.#lives, { strike, life, since: this.#clock.ticks(), endsAt }];
    this.settle();
  }

  /** No request on it is answered any more. */
  silence(strike: Strike): void {
    this.#silencers = [...this.#silencers, strike];
  }

  /** The first rule in force that wants no request on it answered. */
  get silencer(): RuleRef | undefined {
    return this.#silencers.find(({ rule }) => rule.inForce)?.rule;
  }

  /** Every request on it is told that there is no room. */
  turnAway(strike: Strike): void {
    this.#unavailableBy = strike;
  }

  /** What a request meets that arrives now. */
  begin(reused: boolean): BeforeServing {
    this.#cancelIdle?.();
    const idleMs = this.#clock.ticks() - this.#idleSince;
    if (reused && this.#connection.underWay.length === 1) {
      const stale = this.#takenBy(({ life: { staleAfterMs } }) => staleAfterMs !== undefined && idleMs >= staleAfterMs);
      stale?.acted();
      if (stale) return 'closed';
    }
    const silencer = this.#silencers.find((strike) => strike.rule.inForce && strike.take());
    silencer?.acted();
    if (silencer) return 'silenced';
    if (!this.#unavailableBy?.rule.inForce) return undefined;
    this.#unavailableBy.acted();
    return 'unavailable';
  }

  /** The last request under way has ended. */
  idle(): void {
    this.#idleSince = this.#clock.ticks();
    this.#timeIdle();
  }

  /** Brings valve and timers to what is in force now. */
  settle(): void {
    this.#keep(({ strike }) => strike.rule.inForce);
    this.#silencers = this.#silencers.filter((strike) => strike.rule.inForce);
    this.#life = this.#lives.reduce<LifeLimits>((all, { life }) => shorterLife(all, life) ?? {}, {});
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

  /** The connection is over. */
  over(): void {
    this.#stopTimers();
    this.#life = {}; // what was under way ends after it, and must not set them again
    this.#keep(() => false);
    for (const silencer of this.#silencers) silencer.giveBack();
    this.#unavailableBy?.giveBack();
  }

  /** The first life that fits and whose rule may act; one whose limit is spent is lifted. */
  #takenBy(fits: (imposed: Imposed) => boolean): Strike | undefined {
    for (const imposed of this.#lives.filter(fits)) {
      if (imposed.strike.take()) return imposed.strike;
      this.#keep((other) => other !== imposed);
      this.settle();
    }
    return undefined;
  }

  #keep(stays: (imposed: Imposed) => boolean): void {
    for (const imposed of this.#lives) if (!stays(imposed)) imposed.strike.giveBack();
    this.#lives = this.#lives.filter(stays);
  }

  #timeAge(): void {
    const due = earliest(this.#lives, ({ since, life }) => life.resetAfterMs && since + life.resetAfterMs);
    if (due === undefined) return;
    this.#cancelAge = this.#clock.after(Math.max(0, due - this.#clock.ticks()), () =>
      this.#reset(({ since, life }) => life.resetAfterMs !== undefined && since + life.resetAfterMs === due),
    );
  }

  #reset(fits: (imposed: Imposed) => boolean): void {
    const strike = this.#takenBy(fits);
    if (!strike) return;
    this.#connection.reset();
    strike.acted();
  }

  #timeIdle(): void {
    const { idleCloseMs } = this.#life;
    this.#cancelIdle?.();
    if (idleCloseMs === undefined || this.#connection.underWay.length > 0 || this.#connection.requests === 0) return;
    const leftMs = Math.max(0, this.#idleSince + idleCloseMs - this.#clock.ticks());
    this.#cancelIdle = this.#clock.after(leftMs, () => {
      const strike = this.#takenBy(({ life }) => life.idleCloseMs === idleCloseMs);
      if (strike) this.#connection.hangUp();
      strike?.acted();
    });
  }

  #turnValve(): void {
    const { bytesPerSecond, closeDelayMs } = this.#life;
    const endsAt = earliest(this.#lives, (imposed) => imposed.endsAt);
    const wanted = endsAt !== undefined || bytesPerSecond !== undefined || closeDelayMs !== undefined;
    if (wanted) this.#valve ??= new Valve(this.#connection.face, this.#clock, this);
    this.#valve?.set({ bytesPerSecond, closeDelayMs, endsAt });
    const { face } = this.#connection;
    if (bytesPerSecond !== undefined && isRead(face))
      this.#pace ??= new ReadPace(face, this.#clock, () => this.mayDelay());
    this.#pace?.set(bytesPerSecond);
  }

  /** The valve is about to withhold what is beyond its end; false when no rule may. */
  mayEnd(): boolean {
    const { endsAt } = this.#valve?.terms ?? {};
    this.#ending = this.#takenBy((imposed) => imposed.endsAt !== undefined && imposed.endsAt === endsAt);
    return this.#ending !== undefined;
  }

  /** All that may pass has passed, and is with the kernel. */
  spent(): void {
    this.#connection.reset();
    this.#ending?.acted();
  }

  /** Bytes are about to be held back for their pace; false when no rule may. */
  mayDelay(): boolean {
    const { bytesPerSecond } = this.#life;
    const strike = this.#takenBy(({ life }) => life.bytesPerSecond === bytesPerSecond);
    strike?.acted();
    return strike !== undefined;
  }

  /** A FIN is about to be held back: for how long all that may act want it. */
  closeDelayMs(): number {
    for (const { strike, life } of this.#lives)
      if (life.closeDelayMs && this.#takenBy((imposed) => imposed.strike === strike)) strike.acted();
    return this.#life.closeDelayMs ?? 0;
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
