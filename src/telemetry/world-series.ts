// Worlds as Prometheus sees them: rules in force, requests and playing scenarios, of so many worlds by name.
import { OTHER } from '../base/client-names.ts';
import type { Sample, Series } from './series.ts';

/** Worlds told by name: the default one, and those in which something goes on; all else is `other`. */
export const MAX_WORLDS = 20;
/** Kinds of faults told apart in one world. */
const MAX_FAULTS = 100;

/** What may be told of it: of a sealed one only that it is played, and for how long. */
interface PlayFigures {
  readonly scenario: string;
  readonly status: 'playing' | 'paused';
  /** Of the last cue that was played, from 0; null: none yet, or not to be told. */
  readonly cue: number | null;
  readonly storyMs: number;
}

export interface WorldFigures {
  readonly name: string;
  /** Kinds of its rules in force, one for each rule. */
  readonly faults: readonly string[];
  readonly inFlight: number;
  readonly held: number;
  /** Null: nothing is played. */
  readonly play: PlayFigures | null;
}

/** Asked at every scrape, the default world first. */
export interface WorldSources {
  worlds(): Iterable<WorldFigures>;
}

export function worldSeries(sources: WorldSources): Series[] {
  const gauge = (name: string, help: string, samplesOf: (world: WorldFigures) => Iterable<Sample>): Series => ({
    name: `showstopper_${name}`,
    help,
    type: 'gauge',
    collect: () =>
      told(sources.worlds()).flatMap((world) => [...samplesOf(world)].map((sample) => inWorld(world, sample))),
  });
  const play = (samplesOf: (now: PlayFigures) => Sample[]) => (world: WorldFigures) =>
    world.play ? samplesOf(world.play) : [];
  return [
    gauge('rules_in_force', 'Rules in force, by world and kind of fault (sealed: not to be told now).', faultSamples),
    gauge('world_requests_in_flight', 'Requests begun and not ended, by world.', ({ inFlight }) => [
      { value: inFlight },
    ]),
    gauge('world_requests_held', 'Requests that a fault holds back, by world.', ({ held }) => [{ value: held }]),
    gauge(
      'playback',
      '1 for each scenario that is played or paused, by world (sealed: which one is not to be told now).',
      play(({ scenario, status }) => [{ labels: { scenario, status }, value: 1 }]),
    ),
    gauge(
      'playback_cue',
      'Index of the last cue that was played, from 0; nothing before the first, and while it is sealed.',
      play(({ scenario, cue }) => (cue === null ? [] : [{ labels: { scenario }, value: cue }])),
    ),
    gauge(
      'playback_story_seconds',
      'Where the story stands, from its start.',
      play(({ scenario, storyMs }) => [{ labels: { scenario }, value: storyMs / 1000 }]),
    ),
  ];
}

const inWorld = ({ name }: WorldFigures, { labels, ...sample }: Sample): Sample => ({
  ...sample,
  labels: { world: name, ...labels },
});

function* faultSamples({ faults }: WorldFigures): Iterable<Sample> {
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const label = counts.has(fault) || counts.size < MAX_FAULTS ? fault : OTHER;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  for (const [fault, value] of counts) yield { labels: { fault }, value };
}

/** Those that have a label of their own, and all others as one. */
function told(worlds: Iterable<WorldFigures>): WorldFigures[] {
  const own: WorldFigures[] = [];
  const others: WorldFigures[] = [];
  for (const world of worlds) {
    const isOwn = own.length === 0 || (isBusy(world) && own.length < MAX_WORLDS && world.name !== OTHER);
    (isOwn ? own : others).push(world);
  }
  return others.some(isBusy) ? [...own, together(others)] : own;
}

const isBusy = ({ faults, inFlight, held, play }: WorldFigures): boolean =>
  faults.length > 0 || inFlight > 0 || held > 0 || play !== null;

/** What is played in them is not told: it would be more than one. */
const together = (worlds: readonly WorldFigures[]): WorldFigures => ({
  name: OTHER,
  faults: worlds.flatMap(({ faults }) => faults),
  inFlight: worlds.reduce((sum, { inFlight }) => sum + inFlight, 0),
  held: worlds.reduce((sum, { held }) => sum + held, 0),
  play: null,
});
