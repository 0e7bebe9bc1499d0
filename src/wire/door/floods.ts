// The floods in front of a door, as its rules want them; their connections come from the process that all doors share.
import type { Cancel, Clock } from '../../base/clock.ts';
import { reachable } from '../address.ts';
import type { RuleRef } from '../rule-ref.ts';
import type { Flood } from './door-conditions.ts';
import { FLOOD_ADDRESS } from './flood-address.ts';
import type { FloodProcess } from './flood-process.ts';

/** A flood that is over is ended by its own process after this, whether or not all its connections are closed from here. */
const MAX_END_MS = 700;

export interface FloodsOptions {
  /** Where the door listens. */
  readonly host: string;
  port(): number;
  /** The door speaks TLS. */
  readonly secure: boolean;
  readonly clock: Clock;
  readonly process: FloodProcess;
  /** Closes what floods have open, a slice at a time: thousands that close at once keep everybody else waiting. */
  sweep(): Promise<void>;
  /** A flood is not what its rule says. */
  onTrouble(flood: Flood, reason: string): void;
}

export class Floods {
  readonly #options: FloodsOptions;
  /** Numbers in the process, by rule. */
  readonly #running = new Map<RuleRef, number>();
  /** Those that stand still until they are closed from here, and when their process ends them at the latest. */
  readonly #leaving = new Map<number, Cancel>();

  constructor(options: FloodsOptions) {
    this.#options = options;
  }

  /** Ends floods that are not wanted any more, within a second, and begins the new ones. */
  become(floods: readonly Flood[]): void {
    const wanted = new Set(floods.map(({ rule }) => rule));
    const ending = [...this.#running].filter(([rule]) => !wanted.has(rule));
    for (const [rule] of ending) this.#running.delete(rule);
    this.#letGo(ending.map(([, flood]) => flood));
    for (const flood of floods) if (!this.#running.has(flood.rule)) this.#begin(flood);
  }

  /** Ends all floods now. */
  close(): void {
    const { process } = this.#options;
    for (const flood of this.#running.values()) process.end(flood);
    this.#running.clear();
    for (const flood of this.#leaving.keys()) this.#end(flood);
  }

  /** They stand still while their connections are closed from here; beside others that stay, their process closes them. */
  #letGo(floods: readonly number[]): void {
    const { process, clock, sweep } = this.#options;
    if (floods.length === 0) return;
    if (this.#running.size > 0) {
      for (const flood of floods) process.end(flood);
      return;
    }
    for (const flood of floods) {
      process.still(flood);
      this.#leaving.set(
        flood,
        clock.after(MAX_END_MS, () => this.#end(flood)),
      );
    }
    void sweep().then(() => {
      for (const flood of floods) this.#end(flood);
    });
  }

  #end(flood: number): void {
    this.#leaving.get(flood)?.();
    this.#leaving.delete(flood);
    this.#options.process.end(flood);
  }

  #begin(flood: Flood): void {
    const { connections, rate, holdMs, manner, rule } = flood;
    const { host, port, secure, process, onTrouble } = this.#options;
    const where = { host: reachable(host), port: port(), secure, from: FLOOD_ADDRESS };
    const order = { ...where, connections, rate, holdMs, manner };
    this.#running.set(
      rule,
      process.begin(order, (reason) => onTrouble(flood, reason)),
    );
  }
}
