// What the director may lay its hand on in one world: a port that the room `world` supplies.
import type { Clock } from '../base/clock.ts';
import type { MovableClock } from '../base/movable-clock.ts';
import type { Pseudonym } from '../base/pseudonym.ts';
import type { BoxOffice } from '../box-office/box-office.ts';
import type { Engine } from '../faults/engine.ts';
import type { Journal } from '../journal/journal.ts';
import type { Holds } from '../wire/held.ts';
import type { Doors } from './doors-port.ts';
import type { Load } from './load-port.ts';
import type { PlaybackPort } from './playback-port.ts';
import type { WebhookControls } from './webhooks-port.ts';

/** What a world is made anew from; what is not given stays as it was. */
export interface ResetRequest {
  readonly catalog?: string | undefined;
  readonly seed?: number | undefined;
}

/** Everything that a test or a team may have for itself; what the process shares is not in it. */
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
  /** Those that belong to it; the ways to reach connections before a request is read. */
  readonly doors: Doors;
  /** Plays scenarios in it. */
  readonly playback: PlaybackPort;
  /** Its finite capacity and its other customers; both off unless somebody turned them on. */
  readonly load: Load;
  /** Told to its sellers as things happen. */
  readonly webhooks: WebhookControls;
  /** Seats by status, reservations, orders. */
  totals(): ReturnType<BoxOffice['totals']>;
  /** Seats by status, and orders to be refunded; cheap, unlike the totals. */
  counts(): ReturnType<BoxOffice['seatTotals']> & { readonly refundsPending: number };
  /** In the place of what a seller calls its orders and customers, for who may not read it. */
  readonly pseudonym: Pseudonym;
  /** What was truly sold, in the box office as it is now. */
  audit(): ReturnType<BoxOffice['audit']>;
  /** Its sessions and who has which seat, in the box office as it is now. */
  house(): ReturnType<BoxOffice['house']>;
  /** Requests that have arrived and are not ended yet, held ones included. */
  inFlight(): number;
  /** Ends every request of this world under way whose work is not done yet without an answer; gives how many. */
  dropUnderWay(): Promise<number>;
  /**
   * Checks what a reset asks, with a Refusal when it cannot be had (an unknown catalog), and changes nothing yet.
   * What it gives then opens a fresh box office and an empty idempotency store, by the box-office clock as it is then.
   */
  prepareReset(request: ResetRequest): (() => void) | Promise<() => void>;
}
