// Which attempts are tries of one and the same operation of a client.
import type { Attempt } from './evidence.ts';

/** One thing that the client wanted, and its tries. */
export interface Trace {
  readonly operation: string;
  /** By arrival, at least one. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** What says that they belong together. */
  readonly by: 'idempotency-key' | 'invocation' | 'trace-id' | 'fingerprint';
  /**
   * By fingerprint alone it could have been a retry of several: it stands as an operation of its own, and is in no figure
   * about retries.
   */
  readonly isUnsure: boolean;
}
