// Whether the books of a world are in order; each breach with the requests that were about it, as far as the journal has them.
import type { Breach } from '../box-office/audit/breach.ts';
import type { ExchangeEntry } from '../journal/entry.ts';
import { survey } from '../journal/survey.ts';
import type { World } from './world-port.ts';

export { INVARIANT_NAMES, INVARIANTS } from '../box-office/audit/breach.ts';

/** Breaches that are told; of the others only how many there are. */
export const MAX_BREACHES = 100;
/** Requests that are told of one breach, the last ones. */
export const MAX_REQUESTS = 20;

export interface TracedBreach {
  readonly breach: Breach;
  /** The oldest first; at most `MAX_REQUESTS`. */
  readonly requests: readonly ExchangeEntry[];
  /** Found in the journal, shown or not. */
  readonly found: number;
}

export interface Audited {
  readonly breaches: readonly TracedBreach[];
  /** By rule, of all that were found. */
  readonly counts: ReadonlyMap<Breach['rule'], number>;
  /** Exchanges that the journal no longer has: some may have been about any of them. */
  readonly evicted: number;
}

export async function auditInvariants(world: World): Promise<Audited> {
  const { clock, journal } = world;
  const found: Trace[] = [];
  const counts = new Map<Breach['rule'], number>();
  await survey(world.audit().breaches(), clock, (breach) => {
    if (!breach) return true;
    counts.set(breach.rule, (counts.get(breach.rule) ?? 0) + 1);
    if (found.length < MAX_BREACHES) found.push({ breach, requests: [], found: 0 });
    return true;
  });
  const traces = byId(found);
  if (traces.size > 0)
    await survey(journal.newestFirst('arrival'), clock, (entry) => {
      if (entry.kind === 'exchange') note(traces, entry);
      return true;
    });
  const breaches = found.map((trace) => ({ ...trace, requests: trace.requests.reverse() }));
  return { breaches, counts, evicted: journal.evictedSinceClear };
}

interface Trace {
  readonly breach: Breach;
  readonly requests: ExchangeEntry[];
  found: number;
}

/** By the id of each order and reservation that they are about. */
function byId(found: readonly Trace[]): Map<string, Trace[]> {
  const traces = new Map<string, Trace[]>();
  for (const trace of found)
    for (const id of [...trace.breach.orders, ...trace.breach.reservations])
      traces.set(id, [...(traces.get(id) ?? []), trace]);
  return traces;
}

function note(traces: ReadonlyMap<string, readonly Trace[]>, entry: ExchangeEntry): void {
  const concerned = new Set(idsIn(entry).flatMap((id) => traces.get(id) ?? []));
  for (const trace of concerned) {
    trace.found++;
    if (trace.requests.length < MAX_REQUESTS) trace.requests.push(entry);
  }
}

const ID_IN_PATH = /^\/v1\/(?:orders|reservations)\/([^/?]+)/;

/** Orders and reservations that a request was about: what it named, and what came of it. */
function idsIn({ about, url }: ExchangeEntry): string[] {
  const ids = [about?.order, about?.reservation, ID_IN_PATH.exec(url)?.[1]];
  return ids.filter((id) => typeof id === 'string');
}
