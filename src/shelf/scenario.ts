// A scenario: a story as cues over time; read from YAML or JSON with exact mistakes.
import { z } from 'zod';
import { type PlacedMistake, readDocument, together } from '../base/document.ts';
import { parseDuration } from '../base/duration.ts';
import { MAX_MISTAKES, readPath, showPath } from '../base/mistake.ts';
import type { KnownNames } from '../faults/check.ts';
import { forOneDocument, unknownNames } from '../faults/known-names.ts';
import { itemsOf, memberOf, readableFields, readableMatch } from '../faults/readable.ts';
import { type Cue, cueSchema, verbMistakes, type WrittenCue } from './cue.ts';
import { ActivationsByCue, cueMistakes, type ScenarioNames } from './cue-check.ts';
import { type LoadReader, readLoadCues } from './load-cues.ts';
import { bounded, type Phase, phasesSchema } from './phase.ts';
import { CLOCK_FORM, parseClock, readStoryTime, type StoryStart, showStoryTime } from './story-time.ts';

/** Cues in one scenario. */
export const MAX_SCENARIO_CUES = 1000;
/** A scenario is at most this long, since nothing else runs while YAML is parsed. */
export const MAX_SCENARIO_BYTES = 262_144;
/** Box-office time runs at most so many times as fast as real time. */
const MAX_TIME_SCALE = 100_000;

export const scenarioSchema = z.strictObject({
  summary: z.string().min(1).max(200).describe('what a seller will live through, in one sentence'),
  starts: z
    .string()
    .optional()
    .describe('where the story begins on the clock, as "13:55"; else its times are durations'),
  ends: z.string().optional().describe('when everything is undone; default the last cue, or the end of the last ttl'),
  hidden: z.boolean().optional().describe('viewers see neither name nor cues nor faults until it has ended'),
  timeScale: z
    .number()
    .positive()
    .max(MAX_TIME_SCALE)
    .optional()
    .describe('how much faster than real time the box office lives meanwhile; speed does not change it'),
  cues: z.array(cueSchema).min(1).max(MAX_SCENARIO_CUES).describe('in order of time; those of one time run as written'),
  phases: phasesSchema,
});
type Written = z.output<typeof scenarioSchema>;

/** A scenario that can be played. */
export interface Scenario {
  readonly summary: string;
  readonly start: StoryStart;
  /** Story milliseconds from the start. */
  readonly endsMs: number;
  readonly hidden: boolean;
  /** Null: box-office time is left as it is. */
  readonly timeScale: number | null;
  /** In order of time. */
  readonly cues: readonly Cue[];
  /** What a client should see; they change nothing. */
  readonly phases: readonly Phase[];
}

export type { ScenarioNames } from './cue-check.ts';

export type ScenarioRead = { readonly scenario: Scenario } | { readonly mistakes: readonly PlacedMistake[] };

/** Reads a scenario whole, or gives everything that is wrong with it; `file` names it in mistakes. */
export function readScenario(text: string, file: string, known: ScenarioNames): ScenarioRead {
  if (Buffer.byteLength(text) > MAX_SCENARIO_BYTES)
    return { mistakes: [{ file, line: 1, path: '', message: `is longer than ${MAX_SCENARIO_BYTES} bytes` }] };
  const read = readDocument(text, scenarioSchema, file);
  const source = 'mistakes' in read ? read.source : read;
  if (!source) return { mistakes: 'mistakes' in read ? read.mistakes : [] };
  const mistakes: PlacedMistake[] = [];
  const complain: Complain = (path, message) =>
    mistakes.push({ file, line: source.lineOf(path), path: showPath(path), message });
  const written = 'mistakes' in read ? readableScenario(source.raw) : { ...read.value, isWhole: true };
  const scenario = scenarioOf(written, itemsOf(source.raw, 'cues'), forOneDocument(known), complain);
  const form = 'mistakes' in read ? read.mistakes : [];
  return form.length + mistakes.length > 0 ? { mistakes: together(form, mistakes) } : { scenario };
}

/** What can be read of a scenario of bad form: each cue with those of its fields that are good. */
function readableScenario(raw: unknown): Partly {
  const { cues: _, ...fields } = readableFields(scenarioSchema, raw);
  const cues = itemsOf(raw, 'cues')
    .slice(0, MAX_SCENARIO_CUES)
    .map((cue) => {
      const match = readableMatch(memberOf(cue, 'match'));
      return { at: UNREADABLE, ...readableFields(cueSchema, cue), ...(match && { match }) };
    });
  return { summary: '', ...fields, cues, isWhole: false };
}

/** A time that its field does not tell; that is said of the form. */
const UNREADABLE = '';

type Complain = (path: readonly PropertyKey[], message: string) => void;
/** Not whole: some of it could not be read, and is told already. */
type Partly = Written & { readonly isWhole: boolean };

function scenarioOf(written: Partly, raw: readonly unknown[], known: ScenarioNames, complain: Complain): Scenario {
  const { summary, hidden = false, timeScale = null } = written;
  const start = written.starts === undefined ? null : (parseClock(written.starts) ?? null);
  if (written.starts !== undefined && start === null)
    complain(['starts'], `must be ${CLOCK_FORM}, got ${JSON.stringify(written.starts)}`);
  const load = readLoadCues((index, { path, message }) => complain(['cues', index, ...path], message), known);
  const standing = new ActivationsByCue(written.isWhole);
  const cues: Cue[] = [];
  let told = 0;
  for (const [index, cue] of written.cues.entries()) {
    const above = cues.at(-1)?.atMs ?? 0;
    if (told <= MAX_MISTAKES) {
      const wrong = [...verbMistakes(Object(raw[index])), ...cueMistakes(cue, known)];
      for (const { path, message } of wrong) complain(['cues', index, ...readPath(path)], message);
      told += wrong.length;
    }
    const time = cue.at === UNREADABLE ? { ms: above } : readStoryTime(cue.at, start);
    if ('mistake' in time) complain(['cues', index, 'at'], time.mistake);
    else if (time.ms < above)
      complain(['cues', index, 'at'], `${cue.at} is before the cue above it, ${showStoryTime(above, start)}`);
    const played = playable(cue, { index, atMs: 'ms' in time ? Math.max(above, time.ms) : above }, load);
    const idle = standing.after(played);
    if (idle !== undefined) complain(['cues', index, played.verb], idle);
    cues.push(played);
  }
  const endsMs = endOf(written, { start, cues }, complain);
  const phases = phasesOf(written, { start, endsMs, known }, complain);
  return { summary, start, hidden, timeScale, cues, phases, endsMs };
}

function phasesOf(
  { phases = [] }: Written,
  { start, endsMs, known }: { readonly start: StoryStart; readonly endsMs: number; readonly known: KnownNames },
  complain: Complain,
): Phase[] {
  let above = 0;
  const timed = phases.map(({ from, ...phase }, index) => {
    const time = readStoryTime(from, start);
    const place = ['phases', index, 'from'];
    if ('mistake' in time) complain(place, time.mistake);
    else if (time.ms < above) complain(place, `${from} is before the phase above it, ${showStoryTime(above, start)}`);
    else if (time.ms >= endsMs) complain(place, `${from} is not before the end, ${showStoryTime(endsMs, start)}`);
    else above = time.ms;
    for (const { path, message } of unknownNames('operations', phase.operations, known.operations))
      complain(['phases', index, ...readPath(path).slice(1)], message);
    return { ...phase, fromMs: above };
  });
  return bounded(timed, endsMs);
}

/** Everything is undone at the end, so a cue at that moment would do nothing. */
function endOf(
  { ends, isWhole }: Partly,
  { start, cues }: Pick<Scenario, 'start' | 'cues'>,
  complain: Complain,
): number {
  const last = cues.at(-1);
  const lastMs = last?.atMs ?? 0;
  if (ends !== undefined) {
    const time = readStoryTime(ends, start);
    if ('mistake' in time) complain(['ends'], time.mistake);
    else if (time.ms < lastMs) complain(['ends'], `${ends} is before the last cue, ${showStoryTime(lastMs, start)}`);
    else return time.ms;
    return lastMs;
  }
  const lapses = cues.map((cue) => (cue.verb === 'activate' ? cue.atMs + (cue.ttlMs ?? 0) : cue.atMs));
  const endsMs = Math.max(...lapses, 0);
  const changes = (cue: Cue): boolean =>
    cue.verb === 'activate' || ((cue.verb === 'capacity' || cue.verb === 'crowd') && cue.settings !== null);
  const idle = cues.find((cue) => cue.atMs === endsMs && changes(cue));
  if (idle && isWhole)
    complain(['cues', idle.index], 'would be undone at once: give it a ttl, a later cue, or the scenario `ends`');
  return endsMs;
}

function playable(cue: WrittenCue, timed: { readonly index: number; readonly atMs: number }, load: LoadReader): Cue {
  const { activate, deactivate, heal, note, share, match, ttl, connections } = cue;
  if (activate !== undefined) {
    const ttlMs = ttl === undefined ? null : (parseDuration(ttl) ?? null);
    const profile = activate;
    return { ...timed, verb: 'activate', profile, as: cue.as ?? profile, share, match, ttlMs, connections };
  }
  if (deactivate !== undefined) return { ...timed, verb: 'deactivate', profile: deactivate, as: cue.as ?? null };
  if (heal !== undefined) {
    return { ...timed, verb: 'heal', release: heal === true ? undefined : heal.release };
  }
  if (cue.capacity !== undefined)
    return { ...timed, verb: 'capacity', settings: load.capacity(timed.index, cue.capacity), written: cue.capacity };
  if (cue.crowd !== undefined)
    return { ...timed, verb: 'crowd', settings: load.crowd(timed.index, cue.crowd), written: cue.crowd };
  return { ...timed, verb: 'note', text: note ?? '' };
}
