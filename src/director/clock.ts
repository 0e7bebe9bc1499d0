// Moves the time the box office lives in; real time, and with it every fault, goes on as before.
import { parseDuration } from '../base/duration.ts';
import { EARLIEST_MS, LATEST_MS } from '../base/movable-clock.ts';
import { refuse } from './terms.ts';
import type { World } from './world-port.ts';

/** Exactly one of the two. */
export interface ClockRequest {
  /** As written, `15m`. */
  readonly advance?: string | undefined;
  /** RFC 3339. */
  readonly set?: string | undefined;
  readonly by?: string | undefined;
}

/** Times are epoch ms. */
export interface ClockState {
  readonly now: number;
  readonly scale: number;
  /** How far it is ahead of real time. */
  readonly offsetMs: number;
}

export function clockState({ boxOfficeClock, clock }: World): ClockState {
  const now = Math.round(boxOfficeClock.now());
  return { now, scale: boxOfficeClock.scale, offsetMs: now - clock.now() };
}

export function moveClock(world: World, { advance, set }: ClockRequest): ClockState {
  const { boxOfficeClock } = world;
  if ((advance === undefined) === (set === undefined))
    throw refuse([{ path: '', message: 'takes exactly one of advance and set' }]);
  const to = set === undefined ? boxOfficeClock.now() + (parseDuration(advance ?? '') ?? Number.NaN) : Date.parse(set);
  if (!(to >= EARLIEST_MS && to <= LATEST_MS))
    throw refuse([{ path: set === undefined ? 'advance' : 'set', message: 'leads to no time in years 1901 to 9997' }]);
  boxOfficeClock.set(to);
  return clockState(world);
}
