// The shelf: what is laid over what, what stays when a file goes bad, and what is never read.
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BadProfiles, createShelf, type Shelf } from '../../src/shelf/shelf.ts';
import { LOOK_EVERY_MS } from '../../src/shelf/watch.ts';
import { faultsFolder, KNOWN, quiet, refusalOf } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';

const profile = (summary: string): string => `summary: ${summary}\nrules:\n  - fault: hang\n`;
const BAD = 'summary: Bad.\nrules:\n  - fault: nope\n';

async function open(
  shipped: Record<string, string>,
  overlay?: Record<string, string>,
): Promise<{ shelf: Shelf; clock: ManualClock; shippedFolder: string; overlayFolder: string }> {
  const clock = new ManualClock();
  const folders = { shippedFolder: faultsFolder(shipped), overlayFolder: overlay ? faultsFolder(overlay) : '' };
  const shelf = await createShelf({
    shipped: folders.shippedFolder,
    overlay: folders.overlayFolder || undefined,
    known: KNOWN,
    clock,
    log: quiet,
  });
  onTestFinished(() => shelf.close());
  return { shelf, clock, ...folders };
}

/** Resolves with the next reading of the folders, which the clock sets off. */
const reread = (shelf: Shelf, clock: ManualClock): Promise<unknown> =>
  new Promise((resolve) => {
    shelf.changed.subscribe(resolve);
    clock.advance(LOOK_EVERY_MS);
  });

describe('the shelf', () => {
  test('lays the user’s folder over the shipped one, and the same name wins', async () => {
    const { shelf } = await open({ a: profile('Shipped a.'), b: profile('Shipped b.') }, { b: profile('Mine.') });
    expect(shelf.list().map(({ name, source }) => [name, source])).toEqual([
      ['a', 'shipped'],
      ['b', 'folder'],
    ]);
    expect(shelf.get('b').profile.summary).toBe('Mine.');
  });

  test('does not open over a bad file, and names every mistake with file and line', async () => {
    const opening = open({ a: BAD, b: 'summary: 1\nrules: []' });
    await expect(opening).rejects.toThrow(BadProfiles);
    await expect(opening).rejects.toThrow(
      /a\.yaml:3 rules\[0\]\.fault: unknown kind "nope".*b\.yaml:1 summary.*b\.yaml:2 rules/s,
    );
  });

  test('refuses a folder that is not there, and one with profiles in the wrong place', async () => {
    const make = (overlay: string) =>
      createShelf({ shipped: faultsFolder({}), overlay, known: KNOWN, clock: new ManualClock(), log: quiet });
    await expect(make('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all');
    const misplaced = faultsFolder({});
    rmSync(join(misplaced, 'profiles'), { recursive: true });
    writeFileSync(join(misplaced, 'a.yaml'), profile('A.'));
    await expect(make(misplaced)).rejects.toThrow('profiles belong into');
  });

  test.each(['../secret', '..%2fsecret', '/etc/passwd', 'a/b', 'A', '-a', '', '.', 'a.yaml', `a${'b'.repeat(63)}`])(
    'never takes %j for a path',
    async (name) => {
      const { shelf, shippedFolder } = await open({ a: profile('A.') });
      writeFileSync(join(shippedFolder, 'secret.yaml'), profile('Secret.'));
      expect((await refusalOf(() => shelf.get(name))).code).toBe('unknown_profile');
      expect((await refusalOf(() => shelf.put(name, profile('X.')))).code).toBe('malformed');
    },
  );

  test('follows no link that leaves its folder, and one inside of it', async () => {
    const outside = join(faultsFolder({ other: profile('Other.') }), 'profiles', 'other.yaml');
    const folder = faultsFolder({});
    mkdirSync(join(folder, 'profiles', '..data'));
    writeFileSync(join(folder, 'profiles', '..data', 'a.yaml'), profile('A.'));
    symlinkSync(join('..data', 'a.yaml'), join(folder, 'profiles', 'a.yaml'));
    const options = { shipped: folder, known: KNOWN, clock: new ManualClock(), log: quiet };
    const shelf = await createShelf(options);
    shelf.close();
    expect(shelf.get('a').profile.summary).toBe('A.');
    symlinkSync(outside, join(folder, 'profiles', 'b.yaml'));
    await expect(createShelf(options)).rejects.toThrow('b.yaml:1: is a link that leaves its folder');
  });

  test('refuses a file that is too long, a name that is none, and two files of one name', async () => {
    await expect(open({ a: `${profile('A.')}#${'x'.repeat(131_072)}` })).rejects.toThrow('is longer than 131072 bytes');
    await expect(open({ Big_Name: profile('A.') })).rejects.toThrow('the name of a profile must be');
    const folder = faultsFolder({ a: profile('A.') });
    writeFileSync(join(folder, 'profiles', 'a.yml'), profile('A.'));
    const options = { shipped: folder, known: KNOWN, clock: new ManualClock(), log: quiet };
    await expect(createShelf(options)).rejects.toThrow('has the same name as a.yaml');
  });
});

describe('reading the files again', () => {
  test('keeps the last good text of a bad file, takes the others, and says so', async () => {
    const { shelf, shippedFolder } = await open({ a: profile('A.'), b: profile('B.') });
    writeFileSync(join(shippedFolder, 'profiles', 'a.yaml'), BAD);
    writeFileSync(join(shippedFolder, 'profiles', 'b.yaml'), profile('New b.'));
    const { profiles, mistakes } = await shelf.reload({ forgetDeleted: true });
    expect([profiles, mistakes.length]).toEqual([2, 1]);
    expect(shelf.get('a').profile.summary).toBe('A.');
    expect(shelf.get('b').profile.summary).toBe('New b.');
    expect(shelf.list().map(({ name, mistakes: wrong }) => [name, wrong.length])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
    writeFileSync(join(shippedFolder, 'profiles', 'a.yaml'), profile('Good again.'));
    await shelf.reload({ forgetDeleted: true });
    expect([shelf.mistakes, shelf.get('a').profile.summary]).toEqual([[], 'Good again.']);
  });

  test('lists a new file that was never good, and refuses it with its mistakes', async () => {
    const { shelf, shippedFolder } = await open({ a: profile('A.') });
    writeFileSync(join(shippedFolder, 'profiles', 'new.yaml'), BAD);
    await shelf.reload({ forgetDeleted: true });
    expect(shelf.list().map(({ name }) => name)).toEqual(['a', 'new']);
    const { code, facts } = await refusalOf(() => shelf.get('new'));
    expect([code, facts.errors]).toMatchObject(['validation_failed', [{ line: 3 }]]);
  });

  test('happens by itself when a file changes, comes or goes', async () => {
    const { shelf, clock, shippedFolder } = await open({ a: profile('A.'), b: profile('B.') });
    const at = (name: string): string => join(shippedFolder, 'profiles', name);
    writeFileSync(at('tmp'), profile('A that was replaced.'));
    renameSync(at('tmp'), at('a.yaml'));
    rmSync(at('b.yaml'));
    writeFileSync(at('c.yaml'), profile('C.'));
    await reread(shelf, clock);
    expect(shelf.list().map(({ name, profile: one }) => [name, one?.profile.summary])).toEqual([
      ['a', 'A that was replaced.'],
      ['c', 'C.'],
    ]);
  });
});

describe('what is put on the shelf', () => {
  test('lies over the files, also after they are read again', async () => {
    const { shelf } = await open({ a: profile('A.') });
    expect((await shelf.put('a', profile('Put.'))).created).toBe(false);
    expect((await shelf.put('new', profile('New.'))).created).toBe(true);
    await shelf.reload({ forgetDeleted: true });
    expect(shelf.list().map(({ name, source }) => [name, source])).toEqual([
      ['a', 'memory'],
      ['new', 'memory'],
    ]);
  });

  test('is refused with its mistakes, and what was there stays', async () => {
    const { shelf } = await open({ a: profile('A.') });
    expect((await refusalOf(() => shelf.put('a', BAD))).code).toBe('validation_failed');
    const { code, facts } = await refusalOf(() => shelf.put('a', 'summary: [\n'));
    expect([code, facts.errors]).toMatchObject(['malformed', [{ file: 'profiles/a.yaml' }]]);
    expect(shelf.get('a').profile.summary).toBe('A.');
  });

  test('is gone when it is deleted, and so is a file until the files are read again on request', async () => {
    const { shelf } = await open({ a: profile('A.') });
    await shelf.put('new', profile('New.'));
    shelf.delete('new');
    shelf.delete('a');
    expect(shelf.list()).toEqual([]);
    await shelf.reload({ forgetDeleted: false });
    expect((await refusalOf(() => shelf.delete('a'))).code).toBe('unknown_profile');
    await shelf.reload({ forgetDeleted: true });
    expect(shelf.get('a').source).toBe('shipped');
  });
});
