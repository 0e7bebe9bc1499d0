// The shelf of scenarios: what is laid over what, what stays when a file goes bad, and what a new profile mends.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BadScenarios, createScenarioShelf, type ScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createShelf, type Shelf } from '../../src/shelf/shelf.ts';
import { LOOK_EVERY_MS } from '../../src/shelf/watch.ts';
import { faultsFolder, KNOWN, PROFILES, quiet, refusalOf } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';

const story = (summary: string, profile = 'hang'): string =>
  `summary: ${summary}\ncues:\n  - { at: 1m, activate: ${profile}, ttl: 1m }\n`;

function scenariosFolder(scenarios: Readonly<Record<string, string>>): string {
  const folder = faultsFolder(PROFILES);
  mkdirSync(join(folder, 'scenarios'));
  for (const [name, text] of Object.entries(scenarios)) writeFileSync(join(folder, 'scenarios', `${name}.yaml`), text);
  return folder;
}

interface Opened {
  readonly scenarios: ScenarioShelf;
  readonly profiles: Shelf;
  readonly clock: ManualClock;
  readonly shipped: string;
}

async function open(texts: Record<string, string>, overlaid?: Record<string, string>): Promise<Opened> {
  const clock = new ManualClock();
  const shipped = scenariosFolder(texts);
  const places = { shipped, overlay: overlaid && scenariosFolder(overlaid), known: KNOWN, clock, log: quiet };
  const profiles = await createShelf(places);
  onTestFinished(() => profiles.close());
  const scenarios = await createScenarioShelf({ ...places, profiles });
  onTestFinished(() => scenarios.close());
  return { scenarios, profiles, clock, shipped };
}

const reread = ({ scenarios }: Opened, set: () => unknown): Promise<void> =>
  new Promise((resolve) => {
    scenarios.changed.subscribe(resolve);
    set();
  });

test('lays the user’s scenarios over the shipped ones, and the same name wins', async () => {
  const { scenarios } = await open({ a: story('Shipped a.'), b: story('Shipped b.') }, { b: story('Mine.') });
  expect(scenarios.list().map(({ name, source, item }) => [name, source, item?.scenario.summary])).toEqual([
    ['a', 'shipped', 'Shipped a.'],
    ['b', 'folder', 'Mine.'],
  ]);
  expect(scenarios.get('b').text).toBe(story('Mine.'));
});

test('does not open over a bad file, and names each mistake with file and line', async () => {
  const opening = open({ a: story('A.', 'nope') });
  await expect(opening).rejects.toThrow(BadScenarios);
  await expect(opening).rejects.toThrow(
    /scenarios\/a\.yaml:3 cues\[0\]\.activate: unknown profile "nope"; `showstopper profiles` lists all 3/,
  );
});

test('a bad file keeps its last good text, and a new one that was never good is refused with its mistakes', async () => {
  const opened = await open({ a: story('A.') });
  const { scenarios, clock, shipped } = opened;
  writeFileSync(join(shipped, 'scenarios', 'a.yaml'), 'summary: [');
  writeFileSync(join(shipped, 'scenarios', 'new.yaml'), story('New.', 'nope'));
  await reread(opened, () => clock.advance(LOOK_EVERY_MS));
  expect(scenarios.get('a').scenario.summary).toBe('A.');
  expect(scenarios.mistakes.map(({ line }) => line)).toEqual([1, 3]);
  expect(await refusalOf(() => scenarios.get('new'))).toMatchObject({
    code: 'validation_failed',
    facts: { errors: [{ path: 'cues[0].activate' }] },
  });
});

test('a profile that comes later mends the scenario that names it', async () => {
  const opened = await open({ a: story('A.') });
  const { scenarios, profiles, shipped } = opened;
  writeFileSync(join(shipped, 'scenarios', 'b.yaml'), story('B.', 'late'));
  await scenarios.reload();
  expect(scenarios.mistakes).toHaveLength(1);
  writeFileSync(join(shipped, 'profiles', 'late.yaml'), PROFILES.hang ?? '');
  await reread(opened, () => profiles.reload({ forgetDeleted: false }));
  expect([scenarios.mistakes, scenarios.get('b').scenario.summary]).toEqual([[], 'B.']);
});

test('an unknown name is refused with the nearest, and is never taken for a path', async () => {
  const { scenarios } = await open({ 'fajr-1399': story('A.') });
  expect(await refusalOf(() => scenarios.get('fajr-1398'))).toMatchObject({
    code: 'unknown_scenario',
    facts: { known: ['fajr-1399'], nearest: 'fajr-1399' },
  });
  expect((await refusalOf(() => scenarios.get('../profiles/hang'))).code).toBe('unknown_scenario');
});

test('a folder without scenarios has none', async () => {
  const clock = new ManualClock();
  const places = { shipped: faultsFolder(PROFILES), known: KNOWN, clock, log: quiet };
  const profiles = await createShelf(places);
  const scenarios = await createScenarioShelf({ ...places, profiles });
  expect(scenarios.list()).toEqual([]);
  scenarios.close();
  profiles.close();
});

test('what a cue lays over the rules of its profile is checked as the file is read', async () => {
  const bad = 'summary: Cut.\ncues:\n  - at: 1m\n    activate: lost\n    connections: sever\n    ttl: 1m\n';
  await expect(open({ bad })).rejects.toThrow(
    /bad\.yaml:5 cues\[0\]\.connections: sever cannot be had with a match by operations/,
  );
  const good = bad.replace('activate: lost', 'activate: hang');
  expect((await open({ good })).scenarios.get('good').scenario.cues[0]).toMatchObject({ connections: 'sever' });
});
