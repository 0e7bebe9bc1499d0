// Metrics of worlds: rules in force, requests and plays by name, bounded, and no two series alike.
import { afterEach, expect, test } from 'vitest';
import { MAX_WORLDS, type WorldFigures } from '../../src/telemetry/world-series.ts';
import { metricsOf, stopMetrics } from './metrics.ts';

afterEach(stopMetrics);

const quiet = (name: string): WorldFigures => ({ name, faults: [], inFlight: 0, held: 0, play: null });
const told = async (worlds: readonly WorldFigures[], metric: string): Promise<string[]> => {
  const text = await metricsOf({ worlds: () => worlds }).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`showstopper_${metric}{`))
    .map((line) => line.slice(`showstopper_${metric}`.length));
};

test('the default world is always told, another while something goes on in it', async () => {
  const worlds = [quiet('default'), quiet('idle'), { ...quiet('team-a'), inFlight: 3, held: 2 }];
  expect(await told(worlds, 'world_requests_in_flight')).toEqual(['{world="default"} 0', '{world="team-a"} 3']);
  expect(await told(worlds, 'world_requests_held')).toEqual(['{world="default"} 0', '{world="team-a"} 2']);
});

test('rules are told by kind', async () => {
  const worlds = [quiet('default'), { ...quiet('team-a'), faults: ['hang', 'latency', 'hang'] }];
  expect(await told(worlds, 'rules_in_force')).toEqual([
    '{world="team-a",fault="hang"} 2',
    '{world="team-a",fault="latency"} 1',
  ]);
});

test('a play is told with its cue, once there was one, and where its story stands', async () => {
  const play = { scenario: 'opening-night', status: 'playing', cue: null, storyMs: 1500 } as const;
  const before = [{ ...quiet('default'), play }];
  expect(await told(before, 'playback')).toEqual(['{world="default",scenario="opening-night",status="playing"} 1']);
  expect(await told(before, 'playback_story_seconds')).toEqual(['{world="default",scenario="opening-night"} 1.5']);
  expect(await told(before, 'playback_cue')).toEqual([]);
  const after = [{ ...quiet('default'), play: { ...play, cue: 2 } }];
  expect(await told(after, 'playback_cue')).toEqual(['{world="default",scenario="opening-night"} 2']);
});

test('worlds beyond the bound, and one that is called so, are other', async () => {
  const busy = (name: string): WorldFigures => ({ ...quiet(name), faults: ['hang'], inFlight: 1 });
  const worlds = [quiet('default'), busy('other'), ...Array.from({ length: 50 }, (_, at) => busy(`w-${at}`))];
  const inFlight = await told(worlds, 'world_requests_in_flight');
  expect(inFlight).toHaveLength(MAX_WORLDS + 1);
  expect(inFlight.at(-1)).toBe(`{world="other"} ${51 - (MAX_WORLDS - 1)}`);
  expect((await told(worlds, 'rules_in_force')).at(-1)).toBe(`{world="other",fault="hang"} ${51 - (MAX_WORLDS - 1)}`);
});
