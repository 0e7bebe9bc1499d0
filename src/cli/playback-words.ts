// Where a playback is, in one line for a terminal: story clock, cue, what comes next, and how the upstream fares.
import type { Begun, Playback } from '../admin/contract/playback.ts';
import type { State } from '../admin/contract/state.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** A line stays within this on terminals that do not say how wide they are. */
const DEFAULT_COLUMNS = 100;
const MIN_TEXT = 10;
/** Notes often begin with their time, which the line shows anyway. */
const OWN_CLOCK = /^\d\d:\d\d\. /;

/** What the capacity model was seen to do; servers without one do not say. */
export interface Observed {
  readonly offered: number;
  readonly goodput: number;
  readonly queue: number;
}

/** `2h30m`, `5m`, `40s`. */
export function lastedWords(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1000)}s`;
  const minutes = Math.round(ms / MINUTE_MS);
  const hours = Math.floor(minutes / HOUR_MINUTES);
  const rest = minutes % HOUR_MINUTES;
  return `${hours > 0 ? `${hours}h` : ''}${rest > 0 || hours === 0 ? `${rest}m` : ''}`;
}

/** `14:02  activate upstream-hang | next 14:12 | offered 300/s, goodput 0/s, queue 60 | 12 in flight`. */
export function progressLine(
  { status, storyTime, cue, next, failures }: Playback,
  { inFlight, held }: Pick<State, 'inFlight' | 'held'>,
  observed: Observed | undefined,
  columns = DEFAULT_COLUMNS,
): string {
  const load = observed && [
    `offered ${Math.round(observed.offered)}/s, goodput ${Math.round(observed.goodput)}/s, queue ${observed.queue}`,
  ];
  const facts = [
    ...(next ? [`next ${next.at}`] : []),
    ...(load ?? []),
    `${inFlight} in flight, ${held} held`,
    ...(failures > 0 ? [`${failures} failed`] : []),
  ].join(' | ');
  const clock = `${storyTime ?? '-'}${status === 'paused' ? ' (paused)' : ''}`;
  const room = Math.max(MIN_TEXT, columns - clock.length - facts.length - ' |  '.length);
  return `${clock} ${shortened(cue ? cueWords(cue).replace(OWN_CLOCK, '') : 'begins', room)} | ${facts}`;
}

/** A cue that is now in the past, for the lines above the live one. */
export const cueLine = (cue: NonNullable<Playback['cue']>): string =>
  cue.verb === 'note' ? cue.text : `${cue.at}  ${cueWords(cue)}`;

/** A cue to come: `14:12  heal`. */
export const nextWords = (cue: NonNullable<Playback['next']>): string =>
  `${cue.at}  ${cueWords(cue).replace(OWN_CLOCK, '')}`;

/** Cues that cannot be done, those of one reason together. */
export function barredWords(barred: Begun['cannotAct']): string[] {
  return [...Map.groupBy(barred, ({ why }) => why)].map(
    ([why, cues]) => `CANNOT ACT: ${cues.map((cue) => `${cue.at} ${cueWords(cue)}`).join(', ')}: ${why}`,
  );
}

const cueWords = ({ verb, text }: NonNullable<Playback['cue']>): string => (verb === 'note' ? text : `${verb} ${text}`);

const shortened = (text: string, room: number): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
