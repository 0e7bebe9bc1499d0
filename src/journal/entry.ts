// What the journal keeps of an exchange: everything a rehearsal asks afterwards, and no secret.
import type { RuleDraw } from '../base/chance.ts';

/** Who ended an exchange and how. */
export const ENDS = ['answered', 'client-left', 'reset', 'closed', 'dropped'] as const;
/** `answered`: whole answer sent · `client-left`: the client closed first · `reset`/`closed`: a fault cut it · `dropped`: let go by heal. */
export type End = (typeof ENDS)[number];

/** One request and what became of it; it exists from arrival on and is filled in as things happen. Times are epoch ms. */
export interface ExchangeEntry {
  /** A `connection` is one that rules struck at accept; its operation is `connect`. */
  readonly kind: 'exchange' | 'connection';
  /** Counts up by one per entry, given by the journal. */
  seq: number;
  readonly requestId: string;
  /** Its head had arrived. */
  readonly at: number;
  readonly door: string;
  /** Id of the connection it came on. */
  readonly connection: number;
  readonly remote: string;
  readonly client: string;
  /** `unmatched` when there is no such operation. */
  readonly operation: string;
  readonly method: string;
  /** Path and query; values of secret parameters are `[redacted]`. */
  readonly url: string;
  readonly idempotencyKey: string | null;
  /** As declared by `X-Attempt` or `amz-sdk-request`. */
  readonly attempt: number | null;
  readonly traceparent: string | null;
  bytesIn: number;
  bytesOut: number;
  /** Of the answer sent or being sent; null when none was. */
  status: number | null;
  /** When the box office's work was done; null when it was not. */
  workedAt: number | null;
  firstByteAt: number | null;
  /** When the client shut its sending half before its answer: until it takes one, it counts as one that has left. */
  finAt: number | null;
  endedAt: number | null;
  ended: End | null;
  /** Rules that acted: bytes, times or state differ from what the rules before them alone would have given. */
  hits: readonly RuleDraw[];
  /** Rules that matched, and by their share let it pass. */
  spared: readonly RuleDraw[];
  /** Rules that were drawn to act, and there was nothing to act on. */
  inapplicable: readonly RuleDraw[];
  /** Rules that would have acted, and no unit of their limit was left. */
  limited: readonly RuleDraw[];
}
