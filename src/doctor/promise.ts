// The one place that says what the wire must show for a signature, and whether it did.
import type { Signature, Trial } from '../faults/signature.ts';
import type { Sight, WireEnding } from './probe.ts';

export type Shows = Signature['shows'];

/** All that was found out about one trial. */
export interface Seen {
  /** Of the request that is watched. */
  readonly sight: Sight;
  /** Whether the box office did its work. */
  readonly worked: boolean;
  /** What came on the same question before, in the same trial. */
  readonly earlier: Sight | undefined;
  /** From the first answer until another came to the same question. */
  readonly turnedMs: number | undefined;
  /** Of the request that is watched. */
  readonly sentBytes: number;
  /** Code of what a client that checks certificates found wrong. */
  readonly certificate: string | undefined;
  /** Connections at the server beside those of the trial. */
  readonly others: number;
}

/** One thing promised, and the same thing as it was. */
export interface Facet {
  readonly promised: string;
  readonly observed: string;
  /** `unclear`: the machine was too noisy to tell. */
  readonly verdict: 'holds' | 'fails' | 'unclear';
  /** It is about a time, which a busy machine may have spoilt. */
  readonly timed?: true;
  /** It compares with the honest answer byte by byte, or counts from what was there before. */
  readonly compared?: true;
}

const SEEN_AS: Record<Shows['ending'], WireEnding> = { keep: 'open', close: 'fin', reset: 'rst', hang: 'open' };
const ENDING_WORDS: Record<WireEnding, string> = {
  open: 'open',
  fin: 'FIN',
  rst: 'RST',
  refused: 'refused',
  unanswered: 'connect unanswered',
};
const ANSWER_WORDS = { whole: 'whole', part: 'in part', none: 'no answer', spoilt: 'no HTTP as it should be' } as const;

/** How long what ends or is whole took, from the request on. */
export const tookMs = ({ endMs, wholeMs }: Sight): number | undefined => endMs ?? wholeMs;

export function answerOf({ status, said, pairs, whole }: Sight): Shows['answer'] {
  if (said === '') return 'none';
  if (status === undefined || pairs.some(([name]) => valuesOf(pairs, name).size > 1)) return 'spoilt';
  return whole ? 'whole' : 'part';
}

/** What shows in one trial of a signature. */
export function showsIn({ shows }: Signature, { shows: otherwise = {} }: Trial): Shows {
  const merged = Object.entries({ ...shows, ...otherwise }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as unknown as Shows;
}

/** Whether it never ends by itself, so that it can only be watched for a time. */
export const isHeld = ({ connect, ending }: Shows): boolean =>
  connect === 'unanswered' || (connect === undefined && ending === 'hang');

/** What was seen under the fault, and in the same trial without it. */
interface Both {
  readonly seen: Seen;
  readonly honest: Seen;
  /** By how much the honest one may have been late because of noise. */
  readonly honestLateMs: number;
}

/** Each thing that shows beside what was seen. */
export function facetsOf(shows: Shows, { seen, honest, honestLateMs }: Both): Facet[] {
  const { sight } = seen;
  const kept = shows.ending === 'keep' ? keptAs(sight, honest.sight) : SEEN_AS[shows.ending];
  const ending = shows.connect ?? kept;
  const status = shows.status ?? (shows.answer === 'whole' ? honest.sight.status : undefined);
  const facet = (promised: string, observed: string, holds = promised === observed): Facet => ({
    promised,
    observed,
    verdict: holds ? 'holds' : 'fails',
  });
  const yes = (words: string, holds: boolean): Facet => facet(words, holds ? words : `not ${words}`, holds);
  return [
    ...(status === undefined ? [] : [facet(String(status), String(sight.status ?? 'no status'))]),
    facet(ANSWER_WORDS[shows.answer], ANSWER_WORDS[answerOf(sight)]),
    facet(endingWords(ending, shows, sight), endingWords(sight.ending, shows, sight)),
    facet(shows.work ? 'work' : 'no work', seen.worked ? 'work' : 'no work'),
    ...(shows.late ? [lateFacet(tookMs(sight) ?? 0, tookMs(honest.sight) ?? 0, honestLateMs)] : []),
    ...Object.entries(shows.headers ?? {}).map(([name, text]) => headerFacet(name, text, sight)),
    ...(shows.differs ?? []).map((part) => yes(`other ${part}`, differs(part, sight, honest.sight))),
    ...(shows.twice ?? []).map((name) => yes(`${name} twice`, valuesOf(sight.pairs, name).size > 1)),
    ...(shows.tells === undefined ? [] : [yes(shows.tells, onlyIn(shows.tells, sight, honest.sight))]),
    ...(shows.repeats ? [yes('the old again', repeats(seen) && !repeats(honest))] : []),
    ...(shows.interim === undefined ? [] : [interimFacet(shows.interim, sight)]),
    ...(shows.certificate === undefined ? [] : [facet(shows.certificate, seen.certificate ?? 'good certificate')]),
    ...(shows.crowd ? [yes('crowded', seen.others > honest.others + 1)] : []),
  ];
}

/** An honest answer that noise made late proves nothing against one that should be later. */
export function lateFacet(tookMs: number, honestMs: number, honestLateMs: number): Facet {
  const promised = 'late';
  if (tookMs > honestMs) return { promised, observed: promised, verdict: 'holds', timed: true };
  const verdict = tookMs > honestMs - honestLateMs ? 'unclear' : 'fails';
  return { promised, observed: `not ${promised}`, verdict, timed: true };
}

/** What is between may close at each answer; where both say that they will, one may be seen before and the other after it. */
const keptAs = (sight: Sight, honest: Sight): WireEnding =>
  closes(sight) && closes(honest) && (sight.ending === 'open' || sight.ending === 'fin') ? sight.ending : honest.ending;

const closes = ({ headers }: Sight): boolean => headers.get('connection')?.toLowerCase() === 'close';

/** What is held is held for as long as somebody looks. */
const endingWords = (ending: WireEnding, shows: Shows, { watchedMs }: Sight): string =>
  isHeld(shows) && (ending === 'open' || ending === 'unanswered')
    ? `${ENDING_WORDS[ending]} for ${(watchedMs / 1000).toFixed(1)} s`
    : ENDING_WORDS[ending];

function headerFacet(name: string, text: string, { headers }: Sight): Facet {
  const value = headers.get(name);
  const promised = text === '*' ? name : `${name}: ${text}`;
  const holds = value !== undefined && (text === '*' || value.includes(text));
  const observed = holds ? promised : value === undefined ? `no ${name}` : `${name}: ${value}`;
  return { promised, observed, verdict: holds ? 'holds' : 'fails' };
}

function interimFacet(status: number, { interim }: Sight): Facet {
  const count = interim.filter((one) => one === status).length;
  const promised = `${status} again and again`;
  const holds = count > 1;
  return { promised, observed: holds ? promised : `${status} ${count} times`, verdict: holds ? 'holds' : 'fails' };
}

const MINUTE_MS = 60_000;

function differs(part: string, sight: Sight, honest: Sight): boolean {
  if (part === 'body') return sight.body !== honest.body;
  const [value, other] = [sight.headers.get(part), honest.headers.get(part)];
  if (part !== 'date') return value !== other;
  return Math.abs(Date.parse(value ?? '') - Date.parse(other ?? '')) > MINUTE_MS;
}

const onlyIn = (text: string, sight: Sight, honest: Sight): boolean =>
  sight.body.includes(text) && !honest.body.includes(text);

const repeats = ({ sight, earlier }: Seen): boolean => earlier !== undefined && earlier.body === sight.body;

function valuesOf(pairs: Sight['pairs'], name: string): ReadonlySet<string> {
  return new Set(pairs.filter(([other]) => other === name).map(([, value]) => value));
}
