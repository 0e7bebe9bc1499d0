// Proves what parameters set: bytes to the byte, times within a tolerance and what the machine itself was late by.
import type { Figures } from '../faults/signature.ts';
import type { Noise, NoiseMeter } from './noise.ts';
import type { Sight } from './probe.ts';
import type { Facet, Seen } from './promise.ts';

/** Of what was promised, whichever is larger. */
const TOLERANCE = { part: 0.1, leastMs: 25 } as const;
/** A Date header tells whole seconds. */
const DATE_MS = 1000;

/** Characters of a body that a message shows, and so the most that can be promised. */
const MAX_SHOWN = 200;

/** A time that was promised, and one that was measured: from one time by the clock's ticks to another. */
interface Timing {
  readonly what: string;
  readonly promisedMs: number;
  readonly observedMs: number | undefined;
  readonly from: number;
  readonly to: number;
  /** It is made up of many timers, whose lateness adds up. */
  readonly chained?: true;
  /** What it is a part of; its tolerance is that of the whole. */
  readonly ofMs?: number;
}

/** `honest` is the same trial without the fault. */
export function figureFacets(figures: Figures, seen: Seen, honest: Seen, meter: NoiseMeter): Facet[] {
  return [
    ...byteFacets(figures, seen.sight, honest.sight),
    ...textFacets(figures, seen.sight, honest.sight),
    ...timingsOf(figures, seen, honest).map((timing) => timeFacet(timing, meter.between(timing.from, timing.to))),
    ...(figures.crowd === undefined ? [] : [exact('crowd', figures.crowd, seen.others - honest.others)]),
  ];
}

const exact = (what: string, promised: number | string, observed: number | string | undefined): Facet => ({
  promised: `${what} ${promised}`,
  observed: `${what} ${observed ?? 'none'}`,
  verdict: promised === observed ? 'holds' : 'fails',
});

function byteFacets(figures: Figures, sight: Sight, honest: Sight): Facet[] {
  const { bytes, bodyBytes, bodyShare, bytesChanged, lengthOff } = figures;
  const share = bodyShare === undefined ? undefined : Math.floor(honest.body.length * bodyShare);
  const length = Number(sight.headers.get('content-length'));
  return [
    ...(bytes === undefined ? [] : [exact('bytes', bytes, sight.raw.length)]),
    ...(bodyBytes === undefined ? [] : [exact('bytes of body', bodyBytes, sight.body.length)]),
    ...(share === undefined ? [] : [exact('bytes of body', share, sight.body.length)]),
    ...(bytesChanged === undefined
      ? []
      : [exact('bytes changed', bytesChanged, changedBytes(sight.body, honest.body))]),
    ...(lengthOff === undefined ? [] : [exact('length off by', lengthOff, length - honest.body.length)]),
  ];
}

function changedBytes(body: string, honest: string): number | string {
  if (body.length !== honest.length) return `unknown in ${body.length} for ${honest.length}`;
  return [...body].filter((byte, i) => byte !== honest[i]).length;
}

function textFacets(figures: Figures, sight: Sight, honest: Sight): Facet[] {
  const { headers, body } = sight;
  const { datesMs = {}, lacks, clockMs } = figures;
  const date = Date.parse(headers.get('date') ?? '');
  return [
    ...Object.entries(figures.headers ?? {}).map(([name, value]) => exact(`${name}:`, value, headers.get(name))),
    ...(figures.body === undefined ? [] : [exact('body', figures.body, body.slice(0, MAX_SHOWN))]),
    ...(lacks === undefined ? [] : [exact(lacks, 'not there', body.includes(lacks) ? 'there' : 'not there')]),
    ...Object.entries(datesMs).map(([name, aheadMs]) =>
      about(`${name} ahead by ms`, aheadMs, Date.parse(headers.get(name) ?? '') - date, DATE_MS),
    ),
    ...(clockMs === undefined
      ? []
      : [
          about('clock off by ms', clockMs, dateOff(sight, honest), 2 * DATE_MS),
          exact('times off by ms', clockMs, timesOff(body, honest.body)),
        ]),
  ];
}

/** How far the Date header is ahead of the honest one, beside the time that has passed between them. */
function dateOff(sight: Sight, honest: Sight): number {
  const [date, other] = [sight, honest].map(({ headers }) => Date.parse(headers.get('date') ?? ''));
  return Math.round((date ?? 0) - (other ?? 0) - (sight.beganAt - honest.beganAt));
}

const about = (what: string, promised: number, observed: number, withinMs: number): Facet => ({
  promised: `${what} ${promised}`,
  observed: Math.abs(observed - promised) <= withinMs ? `${what} ${promised}` : `${what} ${observed}`,
  verdict: Math.abs(observed - promised) <= withinMs ? 'holds' : 'fails',
});

const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** How far all times in a text are ahead of those in the other, if all are alike. */
function timesOff(text: string, honest: string): number | string {
  const others = honest.match(TIME) ?? [];
  const off = new Set((text.match(TIME) ?? []).map((time, i) => Date.parse(time) - Date.parse(others[i] ?? '')));
  const [one] = off;
  return off.size === 1 && one !== undefined ? one : `${off.size} different`;
}

function timingsOf(figures: Figures, seen: Seen, honest: Seen): Timing[] {
  const { sight } = seen;
  const { beganAt, firstByteMs, wholeMs, endMs, interim } = sight;
  const from = beganAt;
  const at = (ms: number | undefined): number => beganAt + (ms ?? sight.watchedMs);
  const later = (ms: number | undefined, than = 0): number | undefined => (ms === undefined ? undefined : ms - than);
  const timing = (
    what: string,
    promisedMs: number | undefined,
    observedMs: number | undefined,
    to: number,
  ): Timing[] => (promisedMs === undefined ? [] : [{ what, promisedMs, observedMs, from, to }]);
  return [
    ...timing('begins after', figures.beginsMs, later(firstByteMs, honest.sight.firstByteMs), at(firstByteMs)),
    ...timing('whole after', figures.wholeMs, later(wholeMs, honest.sight.wholeMs), at(wholeMs)),
    ...timing('ends after', figures.endsMs, endMs, at(endMs)),
    ...timing('ends after the answer by', figures.endsAfterWholeMs, later(endMs, wholeMs ?? Number.NaN), at(endMs)),
    ...timing('turns after', figures.turnsMs, seen.turnedMs, at(wholeMs)).map((one) => ({
      ...one,
      from: at(wholeMs) - (seen.turnedMs ?? 0),
    })),
    ...(figures.bodyPace ? paceTimings(sight, figures.bodyPace, sight.raw.length - sight.body.length) : []),
    ...(figures.pace ? paceTimings(sight, figures.pace, 0) : []),
    ...(figures.uploadPace ? uploadTimings(seen, figures.uploadPace) : []),
    ...(figures.interimMs && interim.length > 0 ? interimTimings(sight, figures.interimMs) : []),
  ];
}

/** When each quarter of what is paced had come; `before` came ahead of it. */
function paceTimings(sight: Sight, bytesPerSecond: number, before: number): Timing[] {
  const { beganAt, marks, raw } = sight;
  const startMs = before === 0 ? 0 : (marks.find(({ bytes }) => bytes >= before)?.atMs ?? 0);
  const paced = raw.length - before;
  const ofMs = (paced * 1000) / bytesPerSecond;
  return [0.25, 0.5, 0.75, 1].map((part) => {
    const reached = marks.find(({ bytes }) => bytes >= before + paced * part);
    return {
      what: `${part * 100} % after`,
      promisedMs: ((paced * 1000) / bytesPerSecond) * part,
      observedMs: reached && reached.atMs - startMs,
      from: beganAt + startMs,
      to: beganAt + (reached?.atMs ?? sight.watchedMs),
      chained: true,
      ofMs,
    };
  });
}

/** Its last bytes have taken their time before the first byte of the answer comes, which is paced as well. */
function uploadTimings({ sight, sentBytes }: Seen, bytesPerSecond: number): Timing[] {
  const promisedMs = (sentBytes * 1000) / bytesPerSecond;
  const to = sight.beganAt + (sight.firstByteMs ?? sight.watchedMs);
  return [
    {
      what: 'taken after',
      promisedMs,
      observedMs: sight.firstByteMs,
      from: sight.beganAt,
      to,
      chained: true,
      ofMs: promisedMs,
    },
  ];
}

/** The longest and the shortest time from one to the next, and from the last to the end of the watch. */
function interimTimings({ beganAt, marks, watchedMs }: Sight, everyMs: number): Timing[] {
  const gaps = marks.slice(1).map(({ atMs }, i) => ({ fromMs: marks[i]?.atMs ?? 0, toMs: atMs }));
  const sorted = gaps.toSorted((a, b) => a.toMs - a.fromMs - (b.toMs - b.fromMs));
  const lastMs = marks.at(-1)?.atMs ?? 0;
  const silence = watchedMs - lastMs > everyMs ? [{ fromMs: lastMs, toMs: watchedMs }] : [];
  return [sorted[0], sorted.at(-1), ...silence]
    .filter((gap) => gap !== undefined)
    .map(({ fromMs, toMs }) => ({
      what: 'next after',
      promisedMs: everyMs,
      observedMs: toMs - fromMs,
      from: beganAt + fromMs,
      to: beganAt + toMs,
    }));
}

/** Holds if it does whatever the noise did to it, fails if it does not whatever the noise did. */
export function timeFacet(timing: Timing, { late, chained }: Noise): Facet {
  const { what, promisedMs, observedMs, ofMs = promisedMs } = timing;
  const promised = `${what} ${Math.round(promisedMs)} ms`;
  if (observedMs === undefined || Number.isNaN(observedMs))
    return { promised, observed: `${what} never`, verdict: 'fails', timed: true };
  const tolerance = Math.max(TOLERANCE.leastMs, ofMs * TOLERANCE.part);
  const least = observedMs - late - (timing.chained ? chained : 0);
  const most = observedMs + late;
  const fits = Math.abs(observedMs - promisedMs) <= tolerance;
  const sure = least >= promisedMs - tolerance && most <= promisedMs + tolerance;
  const cannot = most < promisedMs - tolerance || least > promisedMs + tolerance;
  const observed = fits ? promised : `${what} ${Math.round(observedMs)} ms`;
  if (sure) return { promised, observed, verdict: 'holds', timed: true };
  if (cannot) return { promised, observed, verdict: 'fails', timed: true };
  return {
    promised,
    observed: `${what} ${Math.round(observedMs)} ms, give or take ${Math.round(most - least)} ms`,
    verdict: 'unclear',
    timed: true,
  };
}
