// Looks each second how the world, this server and the seller's front door are, and whether a rehearsal must be aborted.
import { formatDuration } from '../base/duration.ts';
import type { World } from '../director/world-port.ts';
import { type AbortDistance, abortDistances, distance } from './abort-distances.ts';
import { AbortWatch, type Breach, type Observed } from './abort-watch.ts';
import { outlasting } from './blast-radius.ts';
import { FrontDoor, type Probing } from './front-door.ts';
import type { Plan } from './plan.ts';
import type { Sample, Sampler } from './sampler.ts';

/** Without a heartbeat for so long all is healed, once there was one. */
export const HEARTBEAT_MS = 30_000;

interface LookoutOptions {
  readonly world: World;
  readonly plan: Plan;
  readonly sampler: Sampler;
  readonly outbound: Probing;
}

export class Lookout {
  readonly #options: LookoutOptions;
  readonly #watch: AbortWatch;
  readonly #frontDoor: FrontDoor | null;
  readonly #startedAt: number;
  #beatAt: number | null = null;
  #hasSampled = false;
  #seen = { errorShare: null as number | null, lagMs: 0, memoryBytes: 0 };

  constructor(options: LookoutOptions) {
    const { world, plan, outbound } = options;
    this.#options = options;
    this.#startedAt = world.clock.ticks();
    this.#watch = new AbortWatch(plan.abort);
    const door = plan.abort.frontDoor;
    this.#frontDoor = door && new FrontDoor(new URL(door.url), world.clock, outbound);
  }

  /** Since the last heartbeat, in milliseconds; null before the first. */
  get silentMs(): number | null {
    return this.#beatAt === null ? null : this.#options.world.clock.ticks() - this.#beatAt;
  }

  /** True for the first. */
  heartbeat(): boolean {
    const isFirst = this.#beatAt === null;
    this.#beatAt = this.#options.world.clock.ticks();
    return isFirst;
  }

  sample(): Sample {
    const { sample, errorShare } = this.#options.sampler.sample();
    this.#hasSampled = true;
    this.#seen = { errorShare, lagMs: sample.lagMs, memoryBytes: sample.memoryBytes };
    return sample;
  }

  /** By the last sample. */
  breach(): Breach | undefined {
    return this.#watch.look(this.#observed()) ?? this.#outlasted() ?? this.#silence();
  }

  breachBeforeArming(): Breach | undefined {
    return this.#watch.lookBeforeArming(this.#observed());
  }

  /** To each condition that is watched, as it was observed last. */
  distances(): AbortDistance[] {
    const { plan } = this.#options;
    const seen = this.#observed();
    const measured = this.#hasSampled ? {} : { memoryBytes: null, lagMs: null };
    const hasLooked = this.#frontDoor?.hasLooked ?? false;
    const others = [
      distance('blastRadius.longest', 'ms', this.#longestMs(), plan.blastRadius.longestMs),
      distance('heartbeat', 'ms', this.silentMs, this.#beatAt === null ? null : HEARTBEAT_MS),
    ];
    return [
      ...abortDistances(plan.abort, { ...seen, ...measured, hasLooked }),
      ...others.filter((one) => one !== undefined),
    ];
  }

  close(): void {
    this.#frontDoor?.close();
  }

  #observed(): Observed {
    const { clock } = this.#options.world;
    return {
      ...{ now: clock.ticks(), startedAt: this.#startedAt, open: this.#options.world.inFlight() },
      ...{ ...this.#seen, frontDoor: this.#frontDoor?.failing ?? null },
    };
  }

  /** For how long the oldest rule has been in force. */
  #longestMs(): number {
    const { clock, engine } = this.#options.world;
    const now = clock.now();
    return engine.rules.reduce((longest, { since }) => Math.max(longest, now - since), 0);
  }

  #outlasted(): Breach | undefined {
    const { world, plan } = this.#options;
    const [rule] = outlasting(world.engine.rules, plan.blastRadius, world.clock.now());
    if (!rule) return undefined;
    const value = `${rule.id} for ${formatDuration(world.clock.now() - rule.since)}`;
    return { condition: 'blastRadius.longest', value, limit: formatDuration(plan.blastRadius.longestMs ?? 0) };
  }

  #silence(): Breach | undefined {
    const silentMs = this.silentMs;
    if (silentMs === null || silentMs < HEARTBEAT_MS) return undefined;
    const value = `none for ${formatDuration(Math.round(silentMs))}`;
    return { condition: 'heartbeat', value, limit: formatDuration(HEARTBEAT_MS) };
  }
}
