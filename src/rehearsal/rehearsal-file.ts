// Reads the file of a rehearsal, YAML or JSON, whole, or gives everything that is wrong with it, with file and line.
import type { ClientNamed } from '../base/client-names.ts';
import { type PlacedMistake, readDocument, together } from '../base/document.ts';
import { formatDuration, parseDuration } from '../base/duration.ts';
import { readPath, showPath } from '../base/mistake.ts';
import type { Parsed, Unreadable } from '../base/yaml.ts';
import { conditionMistakes, conditionOf, conditionSchema } from './condition.ts';
import type { Metrics } from './metrics.ts';
import { type Complain, withNames } from './named.ts';
import {
  type AbortLimits,
  type BlastRadius,
  type PhaseKind,
  type Plan,
  type PlannedPhase,
  SCENARIO_PHASES,
} from './plan.ts';
import { rehearsalSchema, type WrittenPhase, type WrittenRehearsal } from './rehearsal-schema.ts';

/** A file is at most this long. */
export const MAX_REHEARSAL_BYTES = 65_536;
const MAX_SPEED = 10_000;
const MIN_SPEED = 0.01;

/** What a file may name. */
export interface RehearsalNames {
  readonly metrics: Metrics;
  readonly operations: readonly string[];
  /** A seller as it is shown, given by name or by key. */
  named(client: string): ClientNamed;
}

export type RehearsalRead =
  | {
      readonly plan: Plan;
      lineOf(path: readonly PropertyKey[]): number;
    }
  | { readonly mistakes: readonly PlacedMistake[] };

/** `file` names it in mistakes; `parsed` is its text parsed before. */
export function readRehearsal(
  text: string,
  file: string,
  names: RehearsalNames,
  parsed?: Parsed | Unreadable,
): RehearsalRead {
  if (Buffer.byteLength(text) > MAX_REHEARSAL_BYTES)
    return { mistakes: [{ file, line: 1, path: '', message: `is longer than ${MAX_REHEARSAL_BYTES} bytes` }] };
  const read = readDocument(parsed ?? text, rehearsalSchema, file);
  const source = 'mistakes' in read ? read.source : read;
  if (!source) return { mistakes: 'mistakes' in read ? read.mistakes : [] };
  const said: PlacedMistake[] = [];
  const complain: Complain = (path, message) =>
    said.push({ file, line: source.lineOf(path), path: showPath(path), message });
  const phases = phaseNames(source.raw);
  for (const [index, condition] of conditionsIn(source.raw).entries())
    for (const { path, message } of conditionMistakes(condition, names.metrics, phases))
      complain(['hypothesis', index, ...readPath(path)], message);
  if ('mistakes' in read) return { mistakes: together(read.mistakes, said) };
  courseMistakes(read.value, complain);
  frontDoorMistakes(read.value.abort, complain);
  const written = withNames(read.value, names, complain);
  if (said.length > 0) return { mistakes: together([], said) };
  return { plan: planOf(written, names.metrics), lineOf: read.lineOf };
}

/** Names that can be read, of a document that may be of bad form. */
function phaseNames(raw: unknown): readonly string[] {
  const { phases } = Object(raw) as { readonly phases?: unknown };
  if (!Array.isArray(phases)) return SCENARIO_PHASES;
  return phases.map((phase) => String((Object(phase) as { readonly name?: unknown }).name));
}

/** Of those of a bad form, what can be read of them. */
function conditionsIn(raw: unknown): Parameters<typeof conditionMistakes>[0][] {
  const { hypothesis } = Object(raw) as { readonly hypothesis?: unknown };
  if (!Array.isArray(hypothesis)) return [];
  return hypothesis.map((written: unknown) => {
    const whole = conditionSchema.safeParse(written);
    if (whole.success) return whole.data;
    const { metric } = Object(written) as { readonly metric?: unknown };
    return typeof metric === 'string' && metric.length > 0 ? { metric } : {};
  });
}

function courseMistakes(written: WrittenRehearsal, complain: Complain): void {
  const { phases, scenario, speed } = written;
  if ((phases === undefined) === (scenario === undefined)) complain([], 'needs either phases or a scenario');
  if (speed !== undefined && scenario === undefined) complain(['speed'], 'belongs to a scenario only');
  if (speed !== undefined && !(speedOf(speed) >= MIN_SPEED && speedOf(speed) <= MAX_SPEED))
    complain(['speed'], `must be ${MIN_SPEED} to ${MAX_SPEED}, got ${speed}`);
  if (phases) phaseMistakes(phases, written, complain);
}

/** What is written there is not said again: it may have a password in it. */
function frontDoorMistakes({ frontDoor }: WrittenRehearsal['abort'], complain: Complain): void {
  if (!frontDoor) return;
  const url = URL.parse(frontDoor.url);
  const path = ['abort', 'frontDoor', 'url'];
  if (!url || !/^https?:$/.test(url.protocol)) complain(path, 'must be an http or https URL');
  else if (url.username !== '' || url.password !== '')
    complain(path, 'must have no user name and no password, which would be recorded; give a page that needs none');
}

function phaseMistakes(phases: readonly WrittenPhase[], { blastRadius }: WrittenRehearsal, complain: Complain): void {
  const longest = parseDuration(blastRadius.longest ?? '');
  const names = phases.map(({ name }) => name);
  for (const [index, { name, on, for: lasts }] of phases.entries()) {
    if (names.indexOf(name) < index)
      complain(['phases', index, 'name'], `${name} is the name of phases[${names.indexOf(name)}]`);
    const lastsMs = parseDuration(lasts) ?? 0;
    if (lastsMs <= 0) complain(['phases', index, 'for'], `must be longer than nothing, got ${lasts}`);
    if (on && longest !== undefined && lastsMs > longest)
      complain(['phases', index, 'for'], `is beyond blastRadius.longest, ${formatDuration(longest)}, got ${lasts}`);
  }
  if (phases[0]?.on) complain(['phases', 0, 'on'], 'the first phase must be calm: faults are armed only after it');
  if (!phases.some(({ on }) => on)) complain(['phases'], 'no phase has a fault; give one of them `on`');
}

function planOf(written: WrittenRehearsal, metrics: Metrics): Plan {
  const { title, client = null, demand, scenario, speed = 1, hypothesis, blastRadius, abort } = written;
  const phases = written.phases ?? [];
  return {
    ...{ title, client, demand: demand === undefined ? null : Number.parseFloat(demand) },
    phases: phases.map(({ name, on = [], for: lasts }, index) => ({
      ...{ name, kind: kindAt(phases, index), forMs: msOf(lasts) },
      on: on.map((fault) => within(fault, blastRadius)),
    })),
    scenario: scenario === undefined ? null : { name: scenario, speed: speedOf(speed) },
    hypothesis: hypothesis.map((condition) => conditionOf(condition, metrics, client)),
    blastRadius: radiusOf(blastRadius),
    abort: limitsOf(abort),
  };
}

/** What it does not say itself, the blast radius says for it. */
const within = (fault: Fault, { clients, operations }: WrittenRehearsal['blastRadius']): Fault => ({
  ...(clients && { clients }),
  ...(operations && { operations }),
  ...fault,
});
type Fault = PlannedPhase['on'][number];

function kindAt(phases: readonly WrittenPhase[], index: number): PhaseKind {
  const first = phases.findIndex(({ on }) => on);
  const last = phases.findLastIndex(({ on }) => on);
  return index < first ? 'calm' : index <= last ? 'fault' : 'recovery';
}

function radiusOf({ clients, operations, share, longest }: WrittenRehearsal['blastRadius']): BlastRadius {
  const longestMs = longest === undefined ? null : msOf(longest);
  return { clients: clients ?? null, operations: operations ?? null, share: share ?? null, longestMs };
}

function limitsOf(written: WrittenRehearsal['abort']): AbortLimits {
  const { wallClock, openRequests, errorShare, frontDoor, memory, eventLoopLag } = written;
  return {
    wallClockMs: wallClock === undefined ? null : msOf(wallClock),
    openRequests: openRequests ?? null,
    errorShare: errorShare ? { above: errorShare.above, forMs: msOf(errorShare.for) } : null,
    frontDoor: frontDoor ? { url: frontDoor.url, failingMs: msOf(frontDoor.failing) } : null,
    memoryBytes: memory === undefined ? null : bytesOf(memory),
    eventLoopLagMs: eventLoopLag === undefined ? null : msOf(eventLoopLag),
  };
}

const bytesOf = (written: string): number =>
  Number.parseInt(written, 10) * (written.endsWith('GiB') ? 2 ** 30 : 2 ** 20);
const msOf = (written: string): number => parseDuration(written) ?? 0;
const speedOf = (speed: number | string): number => Number.parseFloat(String(speed));
