// What is known of a world that is watched, folded from the events of its stream; it keeps the last minutes and no more.
import type { Clock } from '../../admin/contract/contract.ts';
import type { Playback } from '../../admin/contract/playback.ts';
import type { State } from '../../admin/contract/state.ts';
import type { History, Summary } from '../../admin/contract/summary.ts';
import type { ToldEvent } from '../told-event.ts';
import { isDrawable } from './drawable.ts';
import { added, type Happening, happeningOf } from './happenings.ts';

/** Seconds that rates are drawn of. */
export const KEPT_S = 300;
/** A stream that tells a summary every second is stale when it has told none for so long. */
export const STALE_MS = 3000;

/** How the stream is. */
export type Link =
  | { readonly is: 'live' }
  /** Nothing was told for so long, though the connection stands. */
  | { readonly is: 'quiet'; readonly forMs: number }
  | { readonly is: 'lost'; readonly why: string };

/** The clock of the box office, as it was told. */
export interface BoxOfficeClock {
  readonly boxOfficeMs: number;
  readonly realMs: number;
  readonly scale: number;
}

export interface WatchModel {
  /** The oldest first, a second apart; what was missed is missing. */
  readonly summaries: readonly Summary[];
  /** The newest last. */
  readonly happenings: readonly Happening[];
  readonly clock: BoxOfficeClock | null;
  /** By activation, whose rules end with it. */
  readonly expiries: ReadonlyMap<string, string | null>;
  readonly link: Link;
  /** In the place of the story that the stream tells, by somebody who may see more of it. */
  readonly playback: Playback | null;
}

export const NOTHING_SEEN: WatchModel = {
  summaries: [],
  happenings: [],
  clock: null,
  expiries: new Map(),
  link: { is: 'quiet', forMs: 0 },
  playback: null,
};

/** The model after an event; events that are not understood change nothing, and summaries that cannot be drawn are said. */
export function fold(model: WatchModel, { event, data }: ToldEvent): WatchModel {
  switch (event) {
    case 'summary':
      if (!isDrawable(data)) return withHappening(model, GARBAGE);
      return { ...model, summaries: append(model.summaries, data), link: { is: 'live' } };
    case 'history':
      return withHistory(model, (data as Partial<History> | null)?.summaries);
    case 'state':
      return withState(model, (data ?? {}) as Partial<State>);
    case 'clock':
      return { ...model, clock: clockOf(data as Clock) ?? model.clock };
    default: {
      const happening = happeningOf(event, data);
      return happening ? withHappening(model, happening) : model;
    }
  }
}

/** A server that tells nothing else would say it every second. */
const GARBAGE: Happening = {
  ...{ at: null, tone: 'warn', alike: 'garbage', counted: 'summaries' },
  text: 'a summary that cannot be read was left out',
};

export const withHappening = (model: WatchModel, happening: Happening): WatchModel => ({
  ...model,
  happenings: added(model.happenings, happening),
});

const withState = (model: WatchModel, { clock, activations = [] }: Partial<State>): WatchModel => ({
  ...model,
  clock: clockOf(clock) ?? model.clock,
  expiries: new Map(activations.map(({ activation, expiresAt }) => [activation, expiresAt])),
});

/** A server that began anew counts from the start: what was before has nothing to do with it. */
function append(before: readonly Summary[], summary: Summary): readonly Summary[] {
  const last = before.at(-1);
  const goesOn = last !== undefined && summary.seq > last.seq && summary.startedAt === last.startedAt;
  return goesOn ? [...before, summary].slice(-KEPT_S) : [summary];
}

function withHistory(model: WatchModel, told: unknown): WatchModel {
  const all: readonly unknown[] = Array.isArray(told) ? told : [undefined];
  const drawable = all.filter(isDrawable);
  let after: WatchModel = { ...model, summaries: drawable.slice(-KEPT_S) };
  for (let bad = drawable.length; bad < all.length; bad++) after = withHappening(after, GARBAGE);
  return after;
}

function clockOf(clock: Partial<Clock> | undefined): BoxOfficeClock | undefined {
  const boxOfficeMs = Date.parse(String(clock?.now));
  if (Number.isNaN(boxOfficeMs) || typeof clock?.offsetMs !== 'number') return undefined;
  return { boxOfficeMs, realMs: boxOfficeMs - clock.offsetMs, scale: clock.scale ?? 1 };
}

/** Begins anew, of what could not be shown: the same again would fail again. */
export const withoutAll = ({ link }: WatchModel, why: string): WatchModel =>
  withHappening(
    { ...NOTHING_SEEN, link },
    { at: null, tone: 'bad', text: `what was known could not be shown: ${why}` },
  );

/** The stream at this moment, when nothing was told for so long. */
export function quietFor(model: WatchModel, forMs: number): WatchModel {
  if (model.link.is === 'lost') return model;
  return { ...model, link: forMs < STALE_MS ? { is: 'live' } : { is: 'quiet', forMs } };
}
