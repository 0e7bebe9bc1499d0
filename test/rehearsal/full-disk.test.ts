// A record that its system lets grow no further, for good or for a while: nothing is lost but by a kill, and the trouble is told.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileChunks } from '../../src/base/text-file.ts';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { startProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

const BLOCKS = 64;
const MAX_BYTES = BLOCKS * 512;
const REQUESTS = 200;
const FILE = {
  title: 'the disk is full',
  phases: [
    { name: 'calm', for: '5m' },
    { name: 'fault', for: '1m', on: [{ profile: 'checkout-hang', operations: ['completeOrder'] }] },
  ],
};

test('a record beyond the file size that its process may have is read from file and memory, and after a kill from the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-full-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startProcess({ env: { SHOWSTOPPER_DATA_DIR: folder }, fileBlocks: BLOCKS });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const admin = createAdminClient({ url: server.admin });
  const { id, record } = await admin.startRehearsal(FILE);
  const file = record.file ?? '';
  for (let n = 0; n < REQUESTS; n++) await ask(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'shop' } });
  const troubleOf = async () => (await admin.rehearsal(id)).record.trouble;
  await expect.poll(troubleOf, { timeout: 20_000 }).toMatch(/\.ndjson cannot be written: EFBIG.* stays in memory/);
  expect(statSync(file).size).toBe(MAX_BYTES);

  const finished = await admin.finishRehearsal(id); // it was not killed by SIGXFSZ
  expect(finished).toMatchObject({ status: 'finished', record: { dropped: 0 } });
  expect(finished.troubles.join('\n')).toContain('EFBIG');
  const report = JSON.parse(await admin.rehearsalReport(id, 'json'));
  expect(report).toMatchObject({ outcome: 'finished', counts: { requests: REQUESTS } });
  expect(report.gaps.join('\n')).toContain('EFBIG');

  await server.stop('SIGKILL');
  const left = await readRecord(fileChunks(file));
  expect(left).toMatchObject({ header: { id }, finish: null, phases: [{ name: 'calm' }] });
  expect(left.exchanges).toBeGreaterThan(10);
  expect(left.exchanges).toBeLessThan(REQUESTS);
  expect(left.troubles.join('\n')).toMatch(
    /it is cut off in line \d+, of which \d+ bytes are there[\s\S]*it has no end/,
  );
});

const DISK_BYTES = 2 ** 20;
const LEFT_BYTES = 2 ** 15;

/** A small file system of its own; undefined where this process may not mount any. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'showstopper', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

test('a record on a file system that was full, and has room again, is whole in its file', async (context) => {
  const disk = smallDisk();
  if (disk === undefined) {
    process.stderr.write('SKIPPED: a file system that is truly full: this process may not mount one\n');
    return context.skip('this process may not mount a file system');
  }
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(DISK_BYTES - LEFT_BYTES));
  const server = await startProcess({ env: { SHOWSTOPPER_DATA_DIR: disk } });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const admin = createAdminClient({ url: server.admin });
  const { id, record } = await admin.startRehearsal(FILE);
  for (let n = 0; n < REQUESTS; n++) await ask(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'shop' } });
  const recordOf = async () => (await admin.rehearsal(id)).record;
  await expect.poll(async () => (await recordOf()).trouble, { timeout: 20_000 }).toMatch(/ENOSPC.* stays in memory/);
  expect(statSync(record.file ?? '').size).toBeLessThan(LEFT_BYTES + 1);

  rmSync(filler);
  await expect.poll(async () => (await recordOf()).trouble, { timeout: 20_000 }).toBeNull();
  await admin.finishRehearsal(id);
  await server.stop('SIGKILL');
  const left = await readRecord(fileChunks(record.file ?? ''));
  expect(left).toMatchObject({ header: { id }, exchanges: REQUESTS, finish: { status: 'finished' } });
  expect(left.troubles.join('\n')).toContain('ENOSPC');
});
