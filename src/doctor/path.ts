// Whether this side reaches the listener itself, or something between that takes connections and answers in its place.
import { isIP } from 'node:net';
import type { Entry, Patient } from './patient.ts';
import { ON_SALE } from './plans.ts';
import type { Sight } from './probe.ts';
import type { Shows } from './promise.ts';
import type { Told } from './trial.ts';

/** On Linux all of 127.0.0.0/8 is this machine: one that nobody else comes from shows in the journal as it is, if we are let through. */
const UNUSUAL_LOOPBACK = '127.0.0.53';

export interface Path {
  /** Unset: it cannot be told. */
  readonly direct: boolean | undefined;
  /** What shows that something is between. */
  readonly signs: readonly string[];
}

/** Looks at an honest answer, and at how the server saw whoever asked. */
export async function lookAtPath(patient: Patient, sight: Sight, entry: Entry): Promise<Path> {
  const signs = ['server', 'via', 'x-cache', 'x-served-by'].flatMap((name) => {
    const value = sight.headers.get(name);
    return value === undefined ? [] : [`the answer says ${name}: ${value.slice(0, 80)}`];
  });
  const seen = await addresses(patient, sight, entry);
  if (seen && seen.ours !== seen.theirs)
    signs.unshift(`it sees us come from ${seen.theirs}, and we come from ${seen.ours}`);
  return { direct: signs.length > 0 ? false : seen && true, signs };
}

interface Addresses {
  readonly ours: string;
  readonly theirs: string;
}

/** Undefined where they tell nothing, as with two sides and whatever is between on one loopback address. */
async function addresses(
  patient: Patient,
  { localAddress = '' }: Sight,
  { remote }: Entry,
): Promise<Addresses | undefined> {
  const ours = localAddress.replace(/^::ffff:/, '');
  if (!ours.startsWith('127.')) return isIP(ours) === 0 || ours === '::1' ? undefined : { ours, theirs: remote };
  const asking = patient.compose(ON_SALE);
  const { status } = await patient.watch(asking, { localAddress: UNUSUAL_LOOPBACK });
  const entry = status === undefined ? undefined : await patient.entryOf(asking.requestId);
  return entry && { ours: UNUSUAL_LOOPBACK, theirs: entry.remote };
}

/** What the server did, by its own account, cannot be what the signature says: nothing between is to blame. */
export function contradicts(shows: Shows, { entry, worked }: Told): boolean {
  if (!entry) return false;
  const { status, ended } = entry;
  if (shows.work !== worked) return true;
  if (shows.answer === 'none' && shows.ending === 'hang')
    return ended === 'answered' || ended === 'closed' || ended === 'reset';
  if (shows.answer === 'none') return ended === 'answered';
  return shows.status !== undefined && status !== null && status !== shows.status;
}

/** An answer came, and it is not ours. */
export function isForeign({ sight: { status, headers }, requestId, entry }: Told): boolean {
  if (status === undefined) return false;
  return entry === undefined ? headers.get('x-request-id') !== requestId : entry.status !== status;
}

export function betweenWords({ signs }: Path, sight: Sight, foreign: boolean): string {
  const { status, endMs, wholeMs, firstByteMs } = sight;
  const at = Math.round(firstByteMs ?? wholeMs ?? endMs ?? 0);
  const what = foreign
    ? `something between answers in our place, with ${status} after ${at} ms`
    : 'something between changes it';
  return signs.length > 0 ? `${what} (${signs.join('; ')})` : what;
}
