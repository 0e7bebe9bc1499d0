// Facts of a world as the admin API shows them: times in RFC 3339, nothing that is not in the contract.
import type { Action } from '../director/actions.ts';
import type { ClockState } from '../director/clock.ts';
import type { LivingConnection } from '../director/doors-port.ts';
import type { CrowdSeen } from '../director/load-port.ts';
import type { ActivationState, RuleState, WorldState } from '../director/state.ts';
import type { About } from '../journal/about.ts';
import type { ArrivalEntry, EntryKind, EntryOf, JournalEntry } from '../journal/entry.ts';
import type { SentBody } from '../journal/sent-body.ts';
import { NOTHING_PLAYED, type PlaybackState } from '../scenarios/playback-state.ts';
import type { Activation, ActiveRule, Clock, Connection, Action as ShownAction } from './contract/contract.ts';
import type { Entry, EntryOfKind } from './contract/entry.ts';
import type { CrowdObserved } from './contract/load.ts';
import type { State } from './contract/state.ts';

/** The last moment a date can be. */
const LAST_MS = 8.64e15;

export const time = (epochMs: number): string => new Date(epochMs).toISOString();
/** Never, and what is as far away as never, is null. */
export const timeOrNull = (epochMs: number | null): string | null =>
  epochMs === null || Math.abs(epochMs) > LAST_MS ? null : time(epochMs);

/** Of a kind that never sees whom it keeps out. */
const NOT_COUNTED = { matched: null, acted: null, spared: null, inapplicable: null, limited: null };

export function presentRule({ id, activation, spec, share, since, expiresAt, counts, held }: RuleState): ActiveRule {
  const times = { since: time(since), expiresAt: timeOrNull(expiresAt) };
  return { ...spec, id, activation, shareNow: share, ...(counts ?? NOT_COUNTED), held, ...times };
}

export function presentActivation(state: ActivationState): Activation {
  const { activation, profile, summary, since, expiresAt, by, note, seed, match, share, rules } = state;
  const times = { since: time(since), expiresAt: timeOrNull(expiresAt) };
  return { activation, profile, summary, ...times, by, note, seed, match, share, rules: rules.map(presentRule) };
}

export function presentClock({ now, scale, offsetMs }: ClockState): Clock {
  return { now: time(now), scale, offsetMs: Math.round(offsetMs) };
}

/** As the contract has its kind. */
export function presentEntry<Kind extends EntryKind>(entry: EntryOf<Kind>): EntryOfKind<Kind>;
export function presentEntry(entry: JournalEntry): Entry {
  if (entry.kind === 'event') return { ...entry, at: time(entry.at), boxOfficeAt: time(entry.boxOfficeAt) };
  if (entry.kind === 'connection') return presentArrived(entry);
  const { workedAt, firstByteAt, finAt, about, ...rest } = entry;
  return {
    ...presentArrived(rest),
    workedAt: timeOrNull(workedAt),
    firstByteAt: timeOrNull(firstByteAt),
    finAt: timeOrNull(finAt),
    ...presentAbout(about),
  };
}

/** What was sent stands beside it, where that is kept. */
function presentAbout(about: About | null) {
  if (about === null) return { about };
  const { body, ...told } = about;
  return { about: told, ...(body && { body: presentBody(body) }) };
}

const presentBody = ({ type, hash, json, isTruncated }: SentBody) => ({
  ...{ type, hash, truncated: isTruncated },
  ...(json !== null && { json: JSON.parse(json) as unknown }),
});

/** What all that came over a door have, and the rest as it is. */
function presentArrived<Rest>(entry: Pick<ArrivalEntry, Arrived> & Rest) {
  const { at, endedAt, hits, spared, inapplicable, limited, ...rest } = entry;
  return {
    ...rest,
    at: time(at),
    endedAt: timeOrNull(endedAt),
    hits: [...hits],
    spared: [...spared],
    inapplicable: [...inapplicable],
    limited: [...limited],
  };
}
type Arrived = 'at' | 'endedAt' | 'hits' | 'spared' | 'inapplicable' | 'limited';

export function presentAction(action: Action): ShownAction {
  return { ...action, at: time(action.at) };
}

interface Beside {
  readonly version: string;
  /** Unset: nothing can be played. */
  readonly playback: PlaybackState | undefined;
}

export function presentState(state: WorldState, { version, playback = NOTHING_PLAYED }: Beside): State {
  const { clock, activations, rules, journal, profiles, startedAt, uptimeMs, crowd, doorTroubles, ...rest } = state;
  return {
    version,
    ...rest,
    startedAt: time(startedAt),
    uptimeMs: Math.round(uptimeMs),
    clock: presentClock(clock),
    activations: activations.map(presentActivation),
    rules: rules.map(presentRule),
    doorTroubles: [...doorTroubles],
    journal: { ...journal, oldestAt: timeOrNull(journal.oldestAt) },
    crowd: presentCrowd(crowd),
    playback,
    profiles: { count: profiles.count, errors: [...profiles.errors] },
  };
}

export function presentConnection({ openedAt, ...rest }: LivingConnection): Connection {
  return { ...rest, openedAt: time(openedAt) };
}

export function presentCrowd(seen: CrowdSeen | null): CrowdObserved | null {
  if (!seen) return null;
  return {
    ...seen,
    classes: seen.classes.map((one) => ({ ...one, rates: { ...one.rates }, totals: { ...one.totals } })),
  };
}
