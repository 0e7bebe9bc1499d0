// Which attempts are tries of one and the same operation of a client.
import { ByName } from './by-name.ts';
import type { Attempt } from './evidence.ts';
import { addTo, ByPlace } from './groups.ts';
import { tracesOfAlike } from './likeness.ts';
import type { Name } from './names.ts';
import { GrowingTrace, type Trace, WINDOW_MS } from './trace.ts';

/** In order of their first attempts; takes time in proportion to the attempts, which are by arrival. */
export function tracesOf(attempts: readonly Attempt[]): Trace[] {
  /** By the place of its first attempt. */
  const begun = new Array<GrowingTrace | undefined>(attempts.length).fill(undefined);
  const keyed = new NamedTraces('idempotency-key');
  const invoked = new NamedTraces('invocation');
  /** By the request itself: the place of one, or of several. */
  const alike = new ByName<number | number[]>();
  attempts.forEach((attempt, place) => {
    const { idempotencyKey, invocation } = attempt;
    if (idempotencyKey !== null) begun[place] = keyed.add(attempt, idempotencyKey);
    else if (invocation !== null) begun[place] = invoked.add(attempt, invocation);
    else addPlace(alike, attempt.fingerprint, place);
  });
  for (const places of alike.items) {
    if (typeof places === 'number') {
      const only = attempts[places] as Attempt;
      begun[places] = new GrowingTrace(only, byOf(only));
    } else {
      for (const within of byTraceId(places, attempts).values()) {
        const group = within.map((place) => attempts[place] as Attempt);
        tracesOfAlike(group, byOf(group[0] as Attempt)).forEach((trace, at) => {
          if (trace.first === group[at]) begun[within[at] as number] = trace;
        });
      }
    }
  }
  return begun.filter((trace) => trace !== undefined);
}

/**
 * A trace id names no more than where a request comes from, as a whole purchase: what is alike within it may be a retry,
 * or a poll, or a loop.
 */
const byOf = ({ traceId }: Attempt): Trace['by'] => (traceId === null ? 'fingerprint' : 'trace-id');

function byTraceId(places: readonly number[], attempts: readonly Attempt[]): Map<Name | null, number[]> {
  const groups = new Map<Name | null, number[]>();
  for (const place of places) addTo(groups, (attempts[place] as Attempt).traceId, place);
  return groups;
}

function addPlace(alike: ByName<number | number[]>, identity: Name, place: number): void {
  const known = alike.get(identity);
  if (known === undefined) alike.set(identity, place);
  else if (typeof known === 'number') alike.set(identity, [known, place]);
  else known.push(place);
}

/** Those that are said to be one operation, by a name that counts within what is done: a key may name a whole purchase. */
class NamedTraces {
  readonly #by: Trace['by'];
  readonly #traces = new ByPlace<GrowingTrace>();

  constructor(by: Trace['by']) {
    this.#by = by;
  }

  /** Undefined where it goes on with another. */
  add(attempt: Attempt, name: Name): GrowingTrace | undefined {
    const { operation } = attempt;
    const known = this.#traces.get(operation, name);
    if (known && attempt.at - (known.last.endedAt ?? known.last.at) <= WINDOW_MS) {
      known.add(attempt);
      return undefined;
    }
    const trace = new GrowingTrace(attempt, this.#by);
    this.#traces.set(operation, name, trace);
    return trace;
  }
}
