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
   * By fingerprint alone it could have been a retry of several, or of nobody: it stands as an operation of its own, and
   * is in no figure about retries.
   */
  readonly isUnsure: boolean;
}

/** So long after its last try an operation may be tried again; domain: W = max(10 min, TTL). */
export const WINDOW_MS = 15 * 60_000;

/** Its client cannot be content: no whole answer, one that asks it to come again, or one that it cannot read. */
export const hasFailed = ({ ended, status, isWrongType }: Attempt): boolean =>
  ended !== null && (ended !== 'answered' || status === null || status === 429 || status >= 500 || isWrongType);

/** In order of their first attempts, which are by arrival; takes time in proportion to them, but for sorting. */
export function tracesOf(attempts: readonly Attempt[]): Trace[] {
  const traces: Growing[] = [];
  const named = new Map<string, Growing>();
  const alike = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const { by, identity } = identityOf(attempt);
    const isNamed = by === 'idempotency-key' || by === 'invocation';
    const known = isNamed ? undefined : alike.get(identity);
    if (isNamed) addNamed(traces, named, { attempt, by, identity });
    else if (known) known.push(attempt);
    else alike.set(identity, [attempt]);
  }
  for (const [only, ...others] of alike.values()) {
    if (!only) continue;
    const by = only.traceId === null ? 'fingerprint' : 'trace-id';
    if (others.length === 0) traces.push(begin(only, by));
    else for (const trace of new Alike([only, ...others], by).traces()) traces.push(trace);
  }
  return traces.sort((a, b) => a.attempts[0].at - b.attempts[0].at);
}

/** A trace that may grow. */
interface Growing extends Trace {
  readonly attempts: [Attempt, ...Attempt[]];
  isUnsure: boolean;
}

interface Identified {
  readonly attempt: Attempt;
  readonly by: Trace['by'];
  readonly identity: string;
}

/**
 * What names an operation names it together with what is done: a whole purchase may have one trace id, or one key. A trace
 * id names no more than where a request comes from: what is alike within it may be a retry, or a poll, or a loop.
 */
function identityOf(attempt: Attempt): Omit<Identified, 'attempt'> {
  const { operation, fingerprint, idempotencyKey, invocation, traceId } = attempt;
  if (idempotencyKey !== null) return { by: 'idempotency-key', identity: `k ${operation} ${idempotencyKey}` };
  if (invocation !== null) return { by: 'invocation', identity: `i ${operation} ${invocation}` };
  if (traceId !== null) return { by: 'trace-id', identity: `t ${operation} ${traceId} ${fingerprint}` };
  return { by: 'fingerprint', identity: fingerprint };
}

const begin = (attempt: Attempt, by: Trace['by']): Growing => ({
  ...{ operation: attempt.operation, attempts: [attempt], by, isUnsure: false },
});

function addNamed(traces: Growing[], named: Map<string, Growing>, { attempt, by, identity }: Identified): void {
  const known = named.get(identity);
  const last = known?.attempts.at(-1);
  if (known && last && attempt.at - (last.endedAt ?? last.at) <= WINDOW_MS) {
    known.attempts.push(attempt);
    return;
  }
  const trace = begin(attempt, by);
  named.set(identity, trace);
  traces.push(trace);
}

/** Requests that are all the same, and are not said to be one operation. */
class Alike {
  readonly #attempts: readonly Attempt[];
  readonly #by: Trace['by'];
  /** Failed, have ended, and nobody has followed them. */
  #candidates: Growing[] = [];
  /** Of several that were meant by an arrival, so many may yet be followed. */
  #pooled = 0;
  #pooledAt = 0;

  constructor(attempts: readonly Attempt[], by: Trace['by']) {
    this.#attempts = attempts;
    this.#by = by;
  }

  traces(): Growing[] {
    const traces = new Map<Attempt, Growing>();
    const failed = this.#attempts.filter((attempt) => attempt.endedAt !== null && hasFailed(attempt));
    failed.sort((a, b) => (a.endedAt as number) - (b.endedAt as number));
    let next = 0;
    for (const attempt of this.#attempts) {
      for (; endOf(failed[next]) <= attempt.at; next++) {
        const trace = traces.get(failed[next] as Attempt);
        if (!trace) break; // it has ended as it came, and is this one, or comes behind it
        this.#candidates.push(trace);
      }
      traces.set(attempt, this.#traceOf(attempt));
    }
    return [...new Set(traces.values())];
  }

  /** The one that it goes on, or a new one. */
  #traceOf(attempt: Attempt): Growing {
    if (attempt.declared === 1) return begin(attempt, this.#by);
    if (attempt.at - this.#pooledAt > WINDOW_MS) this.#pooled = 0;
    const candidates = this.#candidates.filter(({ attempts }) => attempt.at - endOf(attempts.at(-1)) <= WINDOW_MS);
    this.#candidates = [];
    const [only] = candidates;
    if (only && candidates.length === 1 && this.#pooled === 0 && this.#isTelling(attempt)) {
      only.attempts.push(attempt);
      return only;
    }
    const begun = begin(attempt, this.#by);
    if (!only && this.#pooled === 0) return begun;
    for (const trace of [begun, ...candidates]) trace.isUnsure = true;
    this.#pooled = Math.max(0, this.#pooled + candidates.length - 1);
    this.#pooledAt = attempt.at;
    return begun;
  }

  /**
   * A read that names nobody is made alike by every buyer: whoever comes after a failure is as likely another one, and
   * those who come soon are the same as those who do not heed `Retry-After`. It is a retry only where it says so.
   */
  #isTelling({ method, order, reservation, externalRef, customer, declared }: Attempt): boolean {
    const isAnyones = method === 'GET' && (order ?? reservation ?? externalRef ?? customer) === null;
    return !isAnyones || this.#by === 'trace-id' || (declared ?? 1) > 1;
  }
}

/** Of one that has ended. */
const endOf = (attempt: Attempt | undefined): number => attempt?.endedAt ?? Number.POSITIVE_INFINITY;
