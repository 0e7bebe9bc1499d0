// The list of records on disk: read once while a file stays as it is, and again when it has changed.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Records } from '../../src/rehearsal/records.ts';
import { bytesOf, recordedLines } from './report/recorded.ts';

const ID = 'r-20300101-000000-0000000a';
const OLDER = 'r-20290101-000000-0000000b';
let folder: string;
let records: Records;

beforeEach(() => {
  const made = mkdtempSync(join(tmpdir(), 'showstopper-list-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  folder = made;
  records = new Records(folder);
});

const fileOf = (id: string): string => join(folder, `${id}.ndjson`);
const write = (id: string, title: string): void =>
  writeFileSync(fileOf(id), bytesOf(recordedLines({ id, written: { title, phases: PHASES, client: 'shop' } })));
const PHASES = [
  { name: 'calm', for: '30s' },
  { name: 'fault', for: '60s', on: [{ profile: 'hang', operations: ['completeOrder'] }] },
];
const titles = async () => (await records.list(() => false)).map(({ title }) => title);

/** Other bytes of the same length, as old as before. */
function changeUnseen(id: string, from: string, to: string): void {
  const { atime, mtime } = statSync(fileOf(id));
  writeFileSync(fileOf(id), readFileSync(fileOf(id), 'utf8').replaceAll(from, to));
  utimesSync(fileOf(id), atime, mtime);
}

describe('the list of records', () => {
  test('reads a file once, and again when its size or time has changed', async () => {
    write(ID, 'first');
    const { mtime } = statSync(fileOf(ID));
    utimesSync(fileOf(ID), mtime, new Date(mtime.getTime() - 60_000));
    expect(await titles()).toEqual(['first']);
    changeUnseen(ID, 'first', 'other');
    expect(await titles()).toEqual(['first']); // it was not read
    utimesSync(fileOf(ID), mtime, mtime);
    expect(await titles()).toEqual(['other']);
    changeUnseen(ID, 'other', 'third');
    const before = statSync(fileOf(ID)).mtime;
    appendFileSync(fileOf(ID), '\n');
    utimesSync(fileOf(ID), before, before);
    expect(await titles()).toEqual(['third']);
  });

  test('is in order, forgets what has gone, and tells nothing that is long', async () => {
    write(OLDER, 'older');
    write(ID, 'newer');
    writeFileSync(fileOf('r-20310101-000000-0000000c'), 'no record');
    const [line, ...others] = await records.list(() => false);
    expect(line).toEqual({
      ...{ id: ID, title: 'newer', world: 'default', status: 'finished', phase: null, holds: null, file: fileOf(ID) },
      ...{ startedAt: expect.any(Number), endedAt: expect.any(Number) },
    });
    expect(others).toMatchObject([{ id: OLDER }]);
    rmSync(fileOf(ID));
    expect(await titles()).toEqual(['older']);
    expect(await records.list((id) => id === OLDER)).toEqual([]);
  });
});
