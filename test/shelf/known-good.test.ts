// Texts that are known to be good are read when they are asked for; every other text is read at the start, as ever.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { KNOWN_GOOD_FILE } from '../../src/shelf/known-good.ts';
import { BadScenarios, createScenarioShelf, type ScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { BadProfiles, createShelf, type Shelf } from '../../src/shelf/shelf.ts';
import { faultsFolder, KNOWN, PROFILES, quiet } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ROOT } from '../support/shipped.ts';

const BAD = 'summary: Bad.\nrules:\n  - fault: nope\n';
const STORY = 'summary: A story.\ncues:\n  - { at: 1m, activate: hang, ttl: 1m }\n';
const BAD_STORY = 'summary: A story.\ncues:\n  - { at: 1m, activate: nope, ttl: 1m }\n';

const digests = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digestOf(text)]));

interface Folder {
  readonly profiles?: Readonly<Record<string, string>>;
  readonly scenarios?: Readonly<Record<string, string>>;
}

/** A faults folder, all of whose texts are said to be known good, whatever they are. */
function trusted({ profiles = PROFILES, scenarios = {} }: Folder): string {
  const folder = faultsFolder(profiles);
  mkdirSync(join(folder, 'scenarios'));
  for (const [name, text] of Object.entries(scenarios)) writeFileSync(join(folder, 'scenarios', `${name}.yaml`), text);
  const list = { profiles: digests(profiles), scenarios: digests(scenarios) };
  writeFileSync(join(folder, KNOWN_GOOD_FILE), JSON.stringify(list));
  return folder;
}

async function open(shipped: string, overlay?: string): Promise<{ profiles: Shelf; scenarios: ScenarioShelf }> {
  const places = { shipped, overlay, known: KNOWN, clock: new ManualClock(), log: quiet };
  const profiles = await createShelf(places);
  onTestFinished(() => profiles.close());
  const scenarios = await createScenarioShelf({ ...places, profiles });
  onTestFinished(() => scenarios.close());
  return { profiles, scenarios };
}

const profileIn = (folder: string, name: string): string => join(folder, 'profiles', `${name}.yaml`);

describe('a text that is known to be good', () => {
  test('is not read at the start, and is a usable one of the list all the same', async () => {
    const { profiles, scenarios } = await open(trusted({ profiles: { a: BAD }, scenarios: { s: BAD_STORY } }));
    expect(profiles.list().map(({ name, source, usable }) => [name, source, usable])).toEqual([['a', 'shipped', true]]);
    expect(scenarios.list().map(({ name, source, usable }) => [name, source, usable])).toEqual([
      ['s', 'shipped', true],
    ]);
    expect([profiles.mistakes, scenarios.mistakes]).toEqual([[], []]);
    expect(() => profiles.get('a')).toThrow(/known to be good, and has mistakes:\n.*a\.yaml:3 rules\[0\]\.fault/);
    expect(() => scenarios.get('s')).toThrow(/known to be good, and has mistakes:\n.*s\.yaml:3 cues\[0\]\.activate/);
  });

  test('is read once, when it is asked for', async () => {
    const { profiles, scenarios } = await open(trusted({ scenarios: { s: STORY } }));
    expect(profiles.get('slow').profile.rules.map(({ fault }) => fault)).toEqual(['latency', 'hang']);
    expect(profiles.get('slow')).toBe(profiles.find('slow')?.profile);
    await profiles.readAll();
    await scenarios.readAll();
    expect(profiles.list().map(({ profile }) => profile?.checked.length)).toEqual([1, 1, 2]);
    expect(scenarios.get('s')).toBe(scenarios.list()[0]?.item);
  });

  test('is counted among what a reading found', async () => {
    const { profiles } = await open(trusted({}));
    await expect(profiles.reload({ forgetDeleted: true })).resolves.toEqual({ profiles: 3, mistakes: [] });
  });

  test('stays as it was when its file goes bad', async () => {
    const folder = trusted({});
    const { profiles } = await open(folder);
    writeFileSync(profileIn(folder, 'hang'), BAD);
    expect((await profiles.reload({ forgetDeleted: true })).mistakes).toHaveLength(1);
    expect(profiles.get('hang').profile.summary).toBe('Nothing is answered.');
  });

  test('leaves a scenario as it was checked, whatever is put in the place of a profile of it since', async () => {
    const { profiles, scenarios } = await open(trusted({ scenarios: { s: STORY } }));
    await profiles.put('other', 'summary: Other.\nrules:\n  - fault: hang\n');
    profiles.delete('hang');
    expect(scenarios.get('s').scenario.summary).toBe('A story.');
  });
});

describe('read at the start is', () => {
  test('a text that differs from the one that is known', async () => {
    const folder = trusted({});
    writeFileSync(profileIn(folder, 'hang'), BAD);
    await expect(open(folder)).rejects.toThrow(BadProfiles);
  });

  test.each([
    ['no list', undefined],
    ['a list that is cut off', '{"profiles": {'],
    ['a list that is none', 'null'],
    ['a list of another form', '{"profiles": "hang"}'],
  ])('every text, with %s', async (_, list) => {
    const folder = trusted({ profiles: { hang: BAD } });
    if (list === undefined) rmSync(join(folder, KNOWN_GOOD_FILE));
    else writeFileSync(join(folder, KNOWN_GOOD_FILE), list);
    await expect(open(folder)).rejects.toThrow(BadProfiles);
  });

  test('the user’s own text, also when the shipped folder has it in its list', async () => {
    const shipped = trusted({ profiles: { hang: BAD } });
    await expect(open(shipped, faultsFolder({ hang: BAD }))).rejects.toThrow(BadProfiles);
  });

  test.each<[string, (folder: string) => void]>([
    ['is changed', (folder) => writeFileSync(profileIn(folder, 'slow'), 'summary: S.\nrules:\n  - fault: hang\n')],
    ['is new', (folder) => writeFileSync(profileIn(folder, 'new'), 'summary: N.\nrules:\n  - fault: hang\n')],
  ])('every scenario, when a shipped profile %s', async (_, change) => {
    const folder = trusted({ scenarios: { s: BAD_STORY } });
    change(folder);
    await expect(open(folder)).rejects.toThrow(BadScenarios);
  });

  test('every scenario, beside profiles of the user’s', async () => {
    const overlay = faultsFolder({ mine: 'summary: M.\nrules:\n  - fault: hang\n' });
    await expect(open(trusted({ scenarios: { s: BAD_STORY } }), overlay)).rejects.toThrow(BadScenarios);
  });
});

test('the list is of all that is shipped', () => {
  const list = JSON.parse(readFileSync(join(ROOT, 'faults', KNOWN_GOOD_FILE), 'utf8')) as Record<string, object>;
  expect(Object.keys(list)).toEqual(['profiles', 'scenarios']);
  expect(Object.values(list).every((section) => Object.keys(section).length > 0)).toBe(true);
});
