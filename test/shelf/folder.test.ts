// What lies in a folder of faults and is no document is named, and keeps nobody from the others.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { showMistake } from '../../src/base/document.ts';
import { MAX_FOLDER_FILES, PROFILES, readFolder } from '../../src/shelf/folder.ts';
import { createShelf, type Shelf } from '../../src/shelf/shelf.ts';
import { faultsFolder, KNOWN, quiet } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';

const profile = (summary: string): string => `summary: ${summary}\nrules:\n  - fault: hang\n`;

async function open(folder: string): Promise<Shelf> {
  const shelf = await createShelf({ shipped: folder, known: KNOWN, clock: new ManualClock(), log: quiet });
  onTestFinished(() => shelf.close());
  return shelf;
}

/** Puts at a path what is no regular file. */
const IRREGULAR: Readonly<Record<string, (path: string) => void>> = {
  'is a pipe': (path) => void execFileSync('mkfifo', [path]),
  'is a folder': (path) => mkdirSync(path),
  'cannot be read: ENOENT': (path) => symlinkSync('nowhere', path),
  'cannot be read: ELOOP': (path) => symlinkSync('loop.yaml', path),
  'is a link that leaves its folder': (path) => symlinkSync('/dev/zero', path),
};

test.each(Object.keys(IRREGULAR))('a document that %s is named, and the others are read', async (words) => {
  const folder = faultsFolder({ a: profile('A.') });
  IRREGULAR[words]?.(join(folder, 'profiles', 'loop.yaml'));
  const { files } = await readFolder(folder, PROFILES);
  expect(files.map(({ name, text }) => [name, text !== undefined])).toEqual([
    ['a', true],
    ['loop', false],
  ]);
  expect(files[1]?.mistake?.message).toContain(words);
  await expect(open(folder)).rejects.toThrow(words);
});

test.each(Object.keys(IRREGULAR))(
  'a good document keeps its text when it is replaced by one that %s',
  async (words) => {
    const folder = faultsFolder({ a: profile('A.'), loop: profile('Good.') });
    const shelf = await open(folder);
    rmSync(join(folder, 'profiles', 'loop.yaml'));
    IRREGULAR[words]?.(join(folder, 'profiles', 'loop.yaml'));
    const { profiles, mistakes } = await shelf.reload({ forgetDeleted: true });
    expect(profiles).toBe(2);
    expect(mistakes.map(showMistake).join()).toContain(words);
    expect(shelf.get('loop').profile.summary).toBe('Good.');
  },
);

test('of more documents than are read the first by name are, and those known before stay', async () => {
  const names = Array.from({ length: MAX_FOLDER_FILES }, (_, i) => `p${String(i).padStart(4, '0')}`);
  const folder = faultsFolder(Object.fromEntries(names.map((name) => [name, profile('A.')])));
  const shelf = await open(folder);
  writeFileSync(join(folder, 'profiles', 'a-new.yaml'), profile('New.'));
  writeFileSync(join(folder, 'profiles', 'z-new.yaml'), profile('New.'));
  const { profiles, mistakes } = await shelf.reload({ forgetDeleted: true });
  expect(profiles).toBe(MAX_FOLDER_FILES + 1);
  expect([shelf.find('a-new') !== undefined, shelf.find('p0999') !== undefined, shelf.find('z-new')]).toEqual([
    true,
    true,
    undefined,
  ]);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]?.message).toBe(
    'has 1002 profiles, and at most 1000 are read, by name: p0999.yaml and all behind it are not',
  );
  rmSync(join(folder, 'profiles', 'p0999.yaml'));
  await shelf.reload({ forgetDeleted: true });
  expect(shelf.find('p0999')).toBeUndefined();
  await expect(open(folder)).rejects.toThrow('at most 1000 are read');
});

test('a folder that cannot be read any more keeps all it held', async () => {
  const folder = faultsFolder({ a: profile('A.') });
  const shelf = await open(folder);
  rmSync(join(folder, 'profiles'), { recursive: true });
  writeFileSync(join(folder, 'profiles'), 'no folder');
  const { profiles, mistakes } = await shelf.reload({ forgetDeleted: true });
  expect([profiles, mistakes.map(({ message }) => message)]).toEqual([
    1,
    [expect.stringContaining('cannot be read: ENOTDIR')],
  ]);
});
