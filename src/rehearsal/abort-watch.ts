// Looks each second whether a rehearsal must be aborted, and says by which condition, at which value and limit.
import { formatDuration } from '../base/duration.ts';
import type { AbortLimits } from './plan.ts';

/** Why a rehearsal is aborted. */
export interface Breach {
  /** As it is called in the file, or `asked`, `heartbeat`, `blastRadius.longest`, `arming`, `world`. */
  readonly condition: string;
  readonly value: string;
  readonly limit: string;
}

/** What is known at one moment; `now` by a clock that never runs backwards. */
export interface Observed {
  readonly now: number;
  readonly startedAt: number;
  readonly open: number;
  /** Null: nothing ended in this second. */
  readonly errorShare: number | null;
  readonly memoryBytes: number;
  readonly lagMs: number;
  /** Since when the front door has been failing, and how; null: it is well, or nobody has looked. */
  readonly frontDoor: { readonly since: number; readonly why: string } | null;
}

/** So many seconds in a row the loop must be late: one alone may be a pause of the machine. */
const LATE_SECONDS = 3;

export class AbortWatch {
  readonly #limits: AbortLimits;
  #errorsSince: number | null = null;
  #lateSeconds = 0;

  constructor(limits: AbortLimits) {
    this.#limits = limits;
  }

  /** The first condition that is true, in the order of the file. */
  look(seen: Observed): Breach | undefined {
    const { errorShare, eventLoopLagMs } = this.#limits;
    if (errorShare && seen.errorShare !== null)
      this.#errorsSince = seen.errorShare > errorShare.above ? (this.#errorsSince ?? seen.now) : null;
    this.#lateSeconds = eventLoopLagMs !== null && seen.lagMs > eventLoopLagMs ? this.#lateSeconds + 1 : 0;
    return this.#lasting(seen) ?? this.#momentary(seen);
  }

  /** The same without patience: what is not long enough true yet must not be true when a fault is about to be armed. */
  lookBeforeArming(seen: Observed): Breach | undefined {
    const { errorShare, frontDoor } = this.#limits;
    const atOnce = this.#lasting(seen) ?? this.#momentary(seen);
    if (atOnce) return atOnce;
    if (frontDoor && seen.frontDoor)
      return { condition: 'frontDoor', value: seen.frontDoor.why, limit: 'must answer before anything is armed' };
    if (errorShare && this.#errorsSince !== null)
      return {
        condition: 'errorShare',
        value: seen.errorShare === null ? 'above it' : shown(seen.errorShare),
        limit: `${errorShare.above} before anything is armed`,
      };
    return undefined;
  }

  #momentary({ now, startedAt, open, memoryBytes, lagMs }: Observed): Breach | undefined {
    const { wallClockMs, openRequests, memoryBytes: most, eventLoopLagMs } = this.#limits;
    if (wallClockMs !== null && now - startedAt >= wallClockMs)
      return {
        condition: 'wallClock',
        value: formatDuration(Math.round(now - startedAt)),
        limit: formatDuration(wallClockMs),
      };
    if (openRequests !== null && open > openRequests)
      return { condition: 'openRequests', value: String(open), limit: String(openRequests) };
    if (most !== null && memoryBytes > most)
      return { condition: 'memory', value: inMiB(memoryBytes), limit: inMiB(most) };
    if (eventLoopLagMs !== null && this.#lateSeconds >= LATE_SECONDS)
      return { condition: 'eventLoopLag', value: `${lagMs}ms`, limit: formatDuration(eventLoopLagMs) };
    return undefined;
  }

  #lasting({ now, errorShare: share, frontDoor: door }: Observed): Breach | undefined {
    const { errorShare, frontDoor } = this.#limits;
    if (errorShare && this.#errorsSince !== null && now - this.#errorsSince >= errorShare.forMs)
      return {
        condition: 'errorShare',
        value: `${share === null ? '' : `${shown(share)}, `}for ${formatDuration(Math.round(now - this.#errorsSince))}`,
        limit: `${errorShare.above} for ${formatDuration(errorShare.forMs)}`,
      };
    if (frontDoor && door && now - door.since >= frontDoor.failingMs)
      return {
        condition: 'frontDoor',
        value: `failing for ${formatDuration(Math.round(now - door.since))}: ${door.why}`,
        limit: formatDuration(frontDoor.failingMs),
      };
    return undefined;
  }
}

const shown = (share: number): string => String(Math.round(share * 1000) / 1000);
const inMiB = (bytes: number): string => `${Math.round(bytes / 2 ** 20)}MiB`;
