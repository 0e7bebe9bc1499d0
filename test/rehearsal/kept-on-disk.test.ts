// Records in a folder: found again after a restart, also when the process was killed, and refused where they cannot be made.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { refusalOf } from '../director/stage.ts';
import { startInProcess, startProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';
import { FILE, openRig } from './rig.ts';

const home = mkdtempSync(join(tmpdir(), 'showstopper-records-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const LONG = {
  title: 'killed in the middle',
  phases: [
    { name: 'calm', for: '100ms' },
    { name: 'fault', for: '10m', on: [{ profile: 'checkout-hang', operations: ['completeOrder'] }] },
  ],
};

describe('a record on disk', () => {
  test('of a process that was killed loses a second at most, and can be read again after a restart', async () => {
    const folder = join(home, 'made', 'by-us');
    const env = { SHOWSTOPPER_DATA_DIR: folder };
    const first = await startProcess({ env });
    onTestFinished(() => void first.child.kill('SIGKILL'));
    const admin = createAdminClient({ url: first.admin });
    const { id, record } = await admin.startRehearsal(LONG);
    expect(record.file).toBe(join(folder, `${id}.ndjson`));
    for (let n = 0; n < 20; n++) await ask(`${first.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'shop' } });
    await admin.noteRehearsal({ author: 'Ada', text: 'all is well', kind: 'saw' });
    await new Promise((resolve) => setTimeout(resolve, 1000)); // what is older than a second must be there
    expect(await first.stop('SIGKILL')).toBeNull();
    appendFileSync(join(folder, `${id}.ndjson`), '{"type":"exchange","at":17'); // as if it were cut off in a line
    writeFileSync(join(folder, 'notes.txt'), 'not ours');

    const second = await startInProcess(env);
    onTestFinished(() => second.stop());
    const again = createAdminClient({ url: second.admin });
    expect(await again.rehearsals()).toMatchObject([{ id, status: 'interrupted', title: LONG.title }]);
    const read = await again.rehearsal(id);
    expect(read).toMatchObject({
      status: 'interrupted',
      notes: [{ text: 'all is well' }],
      phases: [{ name: 'calm' }, {}],
    });
    expect(read.troubles.join('\n')).toMatch(/cut off in line \d+, of which 26 bytes(.|\n)*the server ended before/);
    const shop = read.result?.scorecards.find(({ client }) => client === 'shop');
    expect(shop).toBeDefined();
    expect(read.result?.holds).toBe(false);
    expect(await again.finishRehearsal(id).catch((error: Error) => error.message)).toContain('does not run');
  });

  test('holds what happened until the server was stopped, and says that it was', async () => {
    const folder = join(home, 'stopped');
    const server = await startInProcess({ SHOWSTOPPER_DATA_DIR: folder });
    const { id } = await createAdminClient({ url: server.admin }).startRehearsal(JSON.stringify(LONG));
    await server.stop();
    const again = await startInProcess({ SHOWSTOPPER_DATA_DIR: folder });
    onTestFinished(() => again.stop());
    const read = await createAdminClient({ url: again.admin }).rehearsal(id);
    expect(read).toMatchObject({
      status: 'aborted',
      abort: { condition: 'world', value: 'the server was stopped' },
      troubles: [],
    });
    expect(read.result).not.toBeNull();
  });

  test('that cannot be made is told with its folder, and nothing begins', async () => {
    const folder = join(home, 'gone');
    mkdirSync(folder);
    const rig = await openRig({ folder });
    rmSync(folder, { recursive: true });
    const refusal = await refusalOf(() => rig.start(FILE));
    expect(refusal).toMatchObject({
      code: 'no_record',
      message: expect.stringContaining(`SHOWSTOPPER_DATA_DIR ${folder}: ENOENT`),
    });
    expect(await rig.rehearsals.list(rig.world)).toEqual([]);
    mkdirSync(folder);
    await rig.start(FILE);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('a folder that is none is a mistake at the start', async () => {
    writeFileSync(join(home, 'file'), '');
    const asked = startInProcess({ SHOWSTOPPER_DATA_DIR: join(home, 'file', 'below') });
    await expect(asked).rejects.toThrow(/SHOWSTOPPER_DATA_DIR must be a folder.*file\/below/);
    expect(existsSync(join(home, 'file', 'below'))).toBe(false);
  });

  test('a folder in which no file can be made is told in the log at the start', async () => {
    const told = async (folder: string) => {
      const server = await startProcess({ env: { SHOWSTOPPER_DATA_DIR: folder } });
      onTestFinished(() => void server.child.kill('SIGKILL'));
      return server.lines.find((line) => line.includes('can only be read'));
    };
    expect(JSON.parse((await told('/proc')) ?? '{}')).toMatchObject({
      level: 'warn',
      folder: '/proc',
      why: expect.stringContaining('/proc'),
    });
    expect(await told(home)).toBeUndefined();
    expect(readdirSync(home).filter((name) => name.startsWith('.writable'))).toEqual([]);
  });
});
