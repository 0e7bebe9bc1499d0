// What the director may lay its hand on in one world: a port that world.ts supplies.
import type { Clock } from '../base/clock.ts';
import type { MovableClock } from '../base/movable-clock.ts';
import type { BoxOffice } from '../box-office/box-office.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { Engine } from '../faults/engine.ts';
import type { Journal } from '../journal/journal.ts';
import type { ConnectionMatch } from '../wire/door/connection-match.ts';
import type { Holds } from '../wire/held.ts';
import type { Load } from './load-port.ts';

/** What a world is made anew from; what is not given stays as it was. */
export interface ResetRequest {
  readonly catalog?: string | undefined;
  readonly seed?: number | undefined;
}

/** A socket on a door. */
export interface LivingConnection {
  /** Unique over all doors. */
  readonly id: number;
  readonly door: string;
  readonly remote: string;
  /** Epoch ms. */
  readonly openedAt: number;
  /** Requests that came on it so far. */
  readonly requests: number;
  /** Of these, not ended yet. */
  readonly underWay: number;
  /** It comes from a flood of our own. */
  readonly flood: boolean;
  /** It is held before anything on it is served: by silence, for a slot, or in its handshake. */
  readonly waiting: boolean;
  /** Its client has gone, as far as one can know; it is kept silent for a while and then closed. */
  readonly lingering: boolean;
}

export interface World {
  /** Name of the world, `default` for the one at /v1. */
  readonly name: string;
  /** As it is now; a reset may change it. */
  readonly seed: number;
  /** Name of the season that is played now. */
  readonly catalog: string;
  /** Epoch ms when the world was made. */
  readonly startedAt: number;
  readonly engine: Engine;
  readonly holds: Holds;
  readonly journal: Journal;
  /** Real time: ttl, waits and windows live in it. */
  readonly clock: Clock;
  /** Time of reservations, sale windows, codes and key age. */
  readonly boxOfficeClock: MovableClock;
  /** Its finite capacity and its other customers; both off unless somebody turned them on. */
  readonly load: Load;
  /** Seats by status, reservations, orders. */
  totals(): ReturnType<BoxOffice['totals']>;
  /** Requests that have arrived and are not ended yet, held ones included. */
  inFlight(): number;
  /** Open sockets on the upstream doors. */
  connections(): number;
  /** Resolves when every door is as the rules in force want it, or has said that it cannot be yet. */
  settled(): Promise<void>;
  /** What is wrong with the doors themselves, in words: a port that cannot be taken back, say. */
  troubles(): readonly string[];
  /** Open sockets one by one, the oldest first. */
  livingConnections(): readonly LivingConnection[];
  /** Puts rules that strike connections on those that are there already; gives the ids of those that were struck. */
  reachLiving(rules: readonly ArmedRule[]): Promise<ReadonlySet<number>>;
  /** Resets connections that are there and fit every match; gives how many. */
  sever(matches: readonly ConnectionMatch[]): Promise<number>;
  /** Ends every request under way whose work is not done yet without an answer; gives how many. */
  dropUnderWay(): Promise<number>;
  /**
   * Checks what a reset asks, with a Refusal when it cannot be had (an unknown catalog), and changes nothing yet.
   * What it gives then opens a fresh box office and an empty idempotency store, by the box-office clock as it is then.
   */
  prepareReset(request: ResetRequest): (() => void) | Promise<() => void>;
}
