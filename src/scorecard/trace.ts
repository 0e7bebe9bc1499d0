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
/** Repeats after a success that tell how often a read is asked for anyway. */
const MIN_GAPS = 10;
/** A read that all buyers make is taken for a retry only if it comes so much sooner than it would anyway. */
const SOONER = 5;

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
    const known = by === 'fingerprint' ? alike.get(identity) : undefined;
    if (known) known.push(attempt);
    else if (by === 'fingerprint') alike.set(identity, [attempt]);
    else addNamed(traces, named, { attempt, by, identity });
  }
  for (const group of alike.values()) traces.push(...new Alike(group).traces());
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

/** What names an operation names it together with what is done: a whole purchase may have one trace id, or one key. */
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

/** Requests that are all the same, and say nothing about whose they are. */
class Alike {
  readonly #attempts: readonly Attempt[];
  /** An arrival comes so long after the one before it, where that one succeeded, about: nobody has to wait for another. */
  readonly #usualGapMs: number | undefined;
  /** Failed, have ended, and nobody has followed them. */
  #candidates: Growing[] = [];
  /** Of several that were meant by an arrival, so many may yet be followed. */
  #pooled = 0;
  #pooledAt = 0;

  constructor(attempts: readonly Attempt[]) {
    this.#attempts = attempts;
    this.#usualGapMs = usualGap(attempts);
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
    if (attempt.declared === 1) return begin(attempt, 'fingerprint');
    if (attempt.at - this.#pooledAt > WINDOW_MS) this.#pooled = 0;
    const candidates = this.#candidates.filter(({ attempts }) => attempt.at - endOf(attempts.at(-1)) <= WINDOW_MS);
    this.#candidates = [];
    const [only] = candidates;
    if (only && candidates.length === 1 && this.#pooled === 0 && this.#isTelling(attempt, only)) {
      only.attempts.push(attempt);
      return only;
    }
    const begun = begin(attempt, 'fingerprint');
    if (!only && this.#pooled === 0) return begun;
    for (const trace of [begun, ...candidates]) trace.isUnsure = true;
    this.#pooled = Math.max(0, this.#pooled + candidates.length - 1);
    this.#pooledAt = attempt.at;
    return begun;
  }

  /** A read that everybody makes alike is no retry, unless it comes much sooner than it would anyway, or says so itself. */
  #isTelling(attempt: Attempt, { attempts }: Growing): boolean {
    const isShared = attempt.method === 'GET' && attempt.order === null && attempt.reservation === null;
    if (!isShared || (attempt.declared ?? 1) > 1) return true;
    if (this.#usualGapMs === undefined) return false;
    return attempt.at - endOf(attempts.at(-1)) <= this.#usualGapMs / SOONER;
  }
}

/** Of one that has ended. */
const endOf = (attempt: Attempt | undefined): number => attempt?.endedAt ?? Number.POSITIVE_INFINITY;

/** The median time to the next arrival after one that succeeded; undefined where there are too few. */
function usualGap(attempts: readonly Attempt[]): number | undefined {
  const gaps: number[] = [];
  attempts.forEach((attempt, at) => {
    const next = attempts[at + 1];
    if (next && attempt.endedAt !== null && !hasFailed(attempt)) gaps.push(next.at - attempt.at);
  });
  if (gaps.length < MIN_GAPS) return undefined;
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
