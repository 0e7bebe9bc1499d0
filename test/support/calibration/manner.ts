// What a client under calibration is: how it performs one operation, and how long it means to wait before each retry.

/** One operation that is asked of it. */
export interface Task {
  /** URL of its world. */
  readonly base: string;
  /** That it sells seats of. */
  readonly session: string;
  /** Different for every operation of a run. */
  readonly number: number;
}

export interface Manner {
  /** Resolves or rejects when the client is done with it; may never do so. */
  perform(task: Task): Promise<unknown>;
  /** Of one operation: what its own function says before the first, second and third retry, in milliseconds. */
  draw?(): readonly number[];
  /** What it counts itself, to be compared with what is seen of it. */
  readonly counted?: Readonly<Record<string, number>>;
}

/** A reservation of one seat, which bears its key through all attempts. */
export function reservation({ base, session, number }: Task) {
  return {
    url: `${base}/v1/sessions/${session}/reservations`,
    headers: {
      ...{ authorization: 'Bearer shop', 'content-type': 'application/json', 'idempotency-key': `operation-${number}` },
    },
    json: { bestAvailable: { count: 1 }, customerRef: `customer-${number}` },
  };
}

/** What was answered was no success. */
export class BadAnswer extends Error {
  readonly status: number;
  readonly retryAfter: string | undefined;

  constructor(status: number, retryAfter: string | undefined) {
    super(`answered ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
