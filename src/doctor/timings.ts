// Proves times and paces within a tolerance, beside what the machine itself was late by at the time.
import type { Figures } from '../faults/signature.ts';
import type { Noise, NoiseMeter } from './noise.ts';
import type { Sight } from './probe.ts';
import type { Facet, Seen } from './promise.ts';

/** Of what was promised, whichever is larger. */
const TOLERANCE = { part: 0.1, leastMs: 25 } as const;
/** Timers that were late by more than this part of what they make up could hide a pace twice as fast. */
const MAX_NOISE = 0.4;

/** From one time by the clock's ticks to another. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time that was promised, and one that was measured. */
export interface Timing extends Span {
  readonly what: string;
  readonly promisedMs: number;
  readonly observedMs: number | undefined;
  /** What was measured before, to compare with; its noise counts too. */
  readonly than?: Span;
  /** It is made up of many timers, whose lateness adds up. */
  readonly chained?: true;
  /** What it is a part of; its tolerance is that of the whole. */
  readonly ofMs?: number;
}

interface Measured {
  readonly seen: Seen;
  readonly honest: Seen;
  readonly meter: NoiseMeter;
}

export function timeFacets(figures: Figures, { seen, honest, meter }: Measured): Facet[] {
  return timingsOf(figures, seen, honest).map((timing) => {
    const { late, chained } = meter.between(timing.from, timing.to);
    const before = timing.than ? meter.between(timing.than.from, timing.than.to).late : 0;
    return timeFacet(timing, { late: late + before, chained, isStarved: meter.isStarved(timing.from, timing.to) });
  });
}

function timingsOf(figures: Figures, seen: Seen, honest: Seen): Timing[] {
  const { sight } = seen;
  const { beganAt, firstByteMs, wholeMs, endMs } = sight;
  const timing = (
    what: string,
    promisedMs: number | undefined,
    tookMs: number | undefined,
    endedMs = tookMs,
  ): Timing[] =>
    promisedMs === undefined
      ? []
      : [{ what, promisedMs, observedMs: tookMs, from: beganAt, to: beganAt + (endedMs ?? sight.watchedMs) }];
  const than = { from: honest.sight.beganAt, to: honest.sight.beganAt + (honest.sight.wholeMs ?? 0) };
  const compared = (all: Timing[]): Timing[] => all.map((one) => ({ ...one, than }));
  const beginsMs = difference(firstByteMs, honest.sight.firstByteMs);
  const laterMs = difference(wholeMs, honest.sight.wholeMs);
  return [
    ...compared(timing('begins after', figures.beginsMs, beginsMs, firstByteMs)),
    ...compared(timing('whole after', figures.wholeMs, laterMs, wholeMs)),
    ...timing('ends after', figures.endsMs, endMs),
    ...timing('ends after the answer by', figures.endsAfterWholeMs, difference(endMs, wholeMs), endMs),
    ...timing('turns after', figures.turnsMs, seen.turnedMs, wholeMs).map((one) => ({
      ...one,
      from: one.to - (seen.turnedMs ?? 0),
    })),
    ...(figures.bodyPace === undefined ? [] : paceTimings(seen, figures.bodyPace, 'body')),
    ...(figures.pace === undefined ? [] : paceTimings(seen, figures.pace, 'all')),
    ...(figures.uploadPace === undefined ? [] : uploadTimings(seen, figures.uploadPace)),
    ...(figures.interimMs === undefined ? [] : interimTimings(sight, figures.interimMs)),
  ];
}

const difference = (ms: number | undefined, than: number | undefined): number | undefined =>
  ms === undefined || than === undefined ? undefined : ms - than;

/** When each quarter of the body had come since its head, or of the whole answer once the request was taken at that pace. */
function paceTimings({ sight, sentBytes }: Seen, bytesPerSecond: number, part: 'body' | 'all'): Timing[] {
  const { beganAt, marks, raw, body } = sight;
  const before = part === 'body' ? raw.length - body.length : 0;
  const startMs = part === 'body' ? (marks.find(({ bytes }) => bytes >= before)?.atMs ?? 0) : 0;
  const bytes = raw.length - before;
  const waits = part === 'body' ? 0 : sentBytes;
  return [0.25, 0.5, 0.75, 1].map((share) => {
    const reached = marks.find((mark) => mark.bytes >= before + bytes * share);
    return {
      what: `${share * 100} % after`,
      promisedMs: ((waits + bytes * share) * 1000) / bytesPerSecond,
      observedMs: reached && reached.atMs - startMs,
      from: beganAt + startMs,
      to: beganAt + (reached?.atMs ?? sight.watchedMs),
      chained: true,
      ofMs: ((waits + bytes) * 1000) / bytesPerSecond,
    };
  });
}

/** The request has taken its time before the first byte of the answer comes. */
function uploadTimings({ sight, sentBytes }: Seen, bytesPerSecond: number): Timing[] {
  const { beganAt, firstByteMs: observedMs, watchedMs } = sight;
  const promisedMs = (sentBytes * 1000) / bytesPerSecond;
  const to = beganAt + (observedMs ?? watchedMs);
  return [{ what: 'taken after', promisedMs, observedMs, from: beganAt, to, chained: true }];
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

/** The noise of a time, and whether there was little else in it. */
interface NoiseThen extends Noise {
  readonly isStarved?: boolean;
}

/**
 * Holds if it does whatever the noise did to it, fails if it does not whatever the noise did. What comes is written, read
 * and answered in many steps, each of which may be late: so it may be too late by all of them, and too early by none.
 */
export function timeFacet(timing: Timing, { late, chained, isStarved = false }: NoiseThen): Facet {
  const { what, promisedMs, observedMs, ofMs = promisedMs } = timing;
  const promised = `${what} ${Math.round(promisedMs)} ms`;
  if (observedMs === undefined)
    return { promised, observed: `${what} never`, verdict: isStarved ? 'unclear' : 'fails', timed: true };
  const tolerance = Math.max(TOLERANCE.leastMs, ofMs * TOLERANCE.part);
  const sum = timing.chained ? chained : 0;
  const [least, most] = [promisedMs - tolerance, promisedMs + tolerance];
  const fits = observedMs >= least && observedMs <= most;
  if (observedMs - late >= least && observedMs + late <= most && sum <= ofMs * MAX_NOISE)
    return { promised, observed: promised, verdict: 'holds', timed: true };
  const observed = `${what} ${Math.round(observedMs)} ms`;
  if (!fits && (observedMs + late < least || observedMs - late - chained > most))
    return { promised, observed, verdict: 'fails', timed: true };
  return {
    promised,
    observed: `${observed}, give or take ${Math.round(late + (observedMs > most ? chained : sum))} ms`,
    verdict: 'unclear',
    timed: true,
  };
}
