// The contract of a seller's policy: when to call, how long to wait, and what to do after a failure.
import type { Draw } from '../base/random-stream.ts';

/** Returned by `admit` when no call may be sent. */
export const REFUSED = 0;
/** What `admit` returns where all calls are alike. */
export const ADMITTED = 1;
/** Returned by `failed` when there will be no further attempt. */
export const GIVE_UP = -1;

/** The policy of one class of sellers, with its state. Numbers only: it is asked a million times a second. */
export interface Policy {
  /** Whether a call may be sent now: REFUSED, or a ticket that is handed back with the call's outcome. */
  admit(nowMs: number): number;
  succeeded(nowMs: number, ticket: number): void;
  /**
   * A call failed, the operation's `attempt`th (from 1). Returns the ms to wait before the next, or GIVE_UP.
   * `retryAfterS` is what the upstream asked for, 0 when it said nothing, as when the call timed out.
   */
  failed(nowMs: number, ticket: number, attempt: number, retryAfterS: number): number;
}

export interface PolicyTerms {
  readonly attempts: number;
  /** Infinity: none. */
  readonly timeoutMs: number;
  /** How long a breaker stays open. */
  readonly openMs: number;
  readonly draw: Draw;
}

export interface PolicyKind {
  readonly summary: string;
  readonly attempts: number;
  readonly timeoutMs: number;
  /** Calls an operation costs while nothing succeeds for long; 0: it stops calling. */
  sustained(attempts: number): number;
  create(terms: PolicyTerms): Policy;
}
