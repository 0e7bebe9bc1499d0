// What is said between a trial and its client, and how both measure their loops.
import type { monitorEventLoopDelay } from 'node:perf_hooks';

/** What the client is told, once. */
export interface Orders {
  /** URL of its world. */
  readonly base: string;
  readonly session: string;
  /** Operations a second, for so long. */
  readonly perS: number;
  readonly forMs: number;
  /** And so long at most until what it has begun is done. */
  readonly settleMs: number;
}

/** What it answers. */
export interface Report {
  readonly lagMs: number;
  /** Of the delay before each retry, in milliseconds; none where it does not wait. */
  readonly draws: readonly { readonly mean: number; readonly deviation: number }[];
  readonly counted: Readonly<Record<string, number>>;
}

/** How often a loop is looked at; what is measured contains this wait. */
export const LOOP_RESOLUTION_MS = 10;

/** How late a loop is, in 99 of 100 looks at most, in milliseconds. */
export const lagOf = (loop: ReturnType<typeof monitorEventLoopDelay>): number =>
  Math.max(0, loop.percentile(99) / 1e6 - LOOP_RESOLUTION_MS);
