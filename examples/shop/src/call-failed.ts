// A call of the upstream that brought nothing to go on with, and what that means for whoever made it.

/** `refused` is a definite no; after all others nobody knows whether the work was done. */
export type Reason = 'timeout' | 'connection' | 'unreadable' | 'unavailable' | 'refused';

export interface Failure {
  readonly reason: Reason;
  /** Of the problem document, or a word of the shop's own. */
  readonly code: string;
  /** May the same request succeed a moment later? */
  readonly isRetryable: boolean;
  /** What Retry-After asks for. */
  readonly retryAfterMs?: number;
}

export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(`${failure.reason}: ${failure.code}`, { cause });
    this.failure = failure;
  }
}

/** Rethrows what is no failed call: a mistake in the shop must not look like an outage. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  throw error;
}
