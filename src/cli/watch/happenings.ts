// What a stream tells that happened, as lines: cues, actions, and samples of failed requests.
import type { Action } from '../../admin/contract/contract.ts';
import type { Sample } from '../../admin/contract/summary.ts';
import { type CueEvent, cueEventWords } from '../cue-event.ts';
import { timeOfDay } from '../span-words.ts';
import type { Tone } from './cells.ts';

export interface Happening {
  /** RFC 3339; null: it was told without a time. */
  readonly at: string | null;
  readonly text: string;
  readonly tone: Tone;
  /** Those alike stand in one line, the newest, with how many there were. */
  readonly alike?: string;
  readonly times?: number;
  /** What they are, where they are no samples. */
  readonly counted?: string;
}

/** Of what happened, the newest are kept. */
export const MAX_HAPPENINGS = 100;

/** The newest last; failures of one sort are one, so that they do not push out all else. */
export function added(before: readonly Happening[], happening: Happening): readonly Happening[] {
  const { alike } = happening;
  const earlier = alike === undefined ? undefined : before.find((one) => one.alike === alike);
  if (!earlier) return [...before, happening].slice(-MAX_HAPPENINGS);
  return [...before.filter((one) => one !== earlier), { ...happening, times: (earlier.times ?? 1) + 1 }];
}

/** `12:00:09  fajr-1399: 14:02  activate upstream-hang`, in two parts. */
export const clockPart = ({ at }: Happening): string => (at === null ? '' : `${timeOfDay(at)}  `);
export const textPart = ({ text, times, counted = 'samples' }: Happening): string =>
  times === undefined ? text : `${text} (one of ${times} ${counted})`;

/** Undefined for what is no news here: what went well, and the doing of a scenario, which its cues tell. */
export function happeningOf(event: string, data: unknown): Happening | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (event === 'cue') return ofCue(data as CueEvent);
  if (event === 'action') return ofAction(data as Action);
  if (event === 'sample') return ofSample(data as Sample);
  if (event === 'gap' || event === 'dropped')
    return { at: null, text: '(some of what happened meanwhile is not known)', tone: 'warn' };
  return undefined;
}

function ofCue(told: CueEvent): Happening | undefined {
  const words = cueEventWords(told) ?? ENDINGS[told.what];
  if (words === undefined) return undefined;
  return { at: told.at ?? null, text: `${told.scenario}: ${words}`, tone: told.what === 'failed' ? 'bad' : 'head' };
}

const ENDINGS: Readonly<Record<string, string>> = { ended: 'has ended', stopped: 'was stopped' };

/** What the server does for a scenario is by `scenario`. */
function ofAction({ at, verb, who, by = null, body }: Action): Happening | undefined {
  if (who === 'server' && by === 'scenario') return undefined;
  const about = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const details = about
    .filter(([name, value]) => name !== 'by' && (typeof value === 'string' || typeof value === 'number'))
    .map(([name, value]) => (SUBJECTS.has(name) ? { first: true, text: `${value}` } : { text: `${name} ${value}` }))
    .sort((one, other) => Number(other.first ?? false) - Number(one.first ?? false))
    .map(({ text }) => text);
  return { at, text: [verb, ...details, ...(by === null ? [] : [`by ${by}`])].join(' '), tone: 'head' };
}

/** What an action was done to: it stands first, and needs no name. */
const SUBJECTS: ReadonlySet<string> = new Set(['profile', 'scenario', 'activation', 'id']);

/** Its time is that of its end. */
function ofSample({ at, client, operation, status, ended, ms, faults = [], requestId }: Sample): Happening | undefined {
  const outcome = ended === 'answered' ? String(status) : ended;
  if (ended === 'answered' && !(status === 429 || (status ?? 0) >= 500)) return undefined;
  const by = faults.length > 0 ? ` by ${faults.join(', ')}` : '';
  const alike = `${client} ${operation} ${outcome}${by}`;
  const endedMs = Date.parse(at) + ms;
  if (Number.isNaN(endedMs)) return undefined;
  return {
    ...{ at: new Date(endedMs).toISOString(), tone: 'bad', alike },
    text: `${alike} after ${Math.round(ms)} ms, ${requestId}`,
  };
}
