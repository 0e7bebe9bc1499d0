// `showstopper check` finds every mistake in profiles without a server.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'showstopper-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('the shipped profiles have no mistake', async () => {
  const { status, out, err } = await run(['check']);
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^\d\d profiles and 9 scenarios checked, no mistake$/m);
});

test('each mistake comes with file, line and path, and the status is 2', async () => {
  const file = write('bad.yaml', 'summary: Bad.\nrules:\n  - fault: hang\n    share: 2\n  - fault: earthquake\n');
  const { status, err } = await run(['check', file]);
  expect(status).toBe(2);
  expect(err).toContain(`${file}:4 rules[0].share: `);
  const unknown = write(
    'unknown.yaml',
    'summary: Bad.\nrules:\n  - fault: hang\n    match: { operations: [buy] }\n  - fault: earthquake\n',
  );
  const second = await run(['check', unknown]);
  expect(second.err).toContain(`${unknown}:4 rules[0].match.operations[0]: unknown name "buy"; known: getHealth`);
  expect(second.err).toContain(
    `${unknown}:5 rules[1].fault: unknown kind "earthquake"; \`showstopper kinds\` lists all`,
  );
});

test('a folder of faults is read as the server reads it', async () => {
  mkdirSync(join(folder, 'faults/profiles'), { recursive: true });
  write('faults/profiles/good.yaml', 'summary: Good.\nrules: [{ fault: hang }]\n');
  write('faults/profiles/worse.yaml', 'rules: [{ fault: hang }]\n');
  const { status, err } = await run(['check', join(folder, 'faults')]);
  expect(status).toBe(2);
  expect(err).toMatch(/worse\.yaml:1 summary: /);
  expect(err).not.toContain('good.yaml');
  const overlay = await run(['check', '--json'], { SHOWSTOPPER_FAULTS: join(folder, 'faults') });
  expect(overlay.status).toBe(2);
  expect(JSON.parse(overlay.out)).toMatchObject({ mistakes: [{ path: 'summary', line: 1 }] });
});

test('what a cue lays over the rules of its profile is checked with them', async () => {
  const file = write(
    'cut.yaml',
    'summary: Cut.\ncues:\n  - { at: 1m, activate: half-dead, connections: sever, ttl: 1m }\n',
  );
  expect(await run(['check', file])).toMatchObject({ status: 0, err: '' });
  const aimed = write(
    'aimed.yaml',
    'summary: Cut.\ncues:\n  - at: 1m\n    activate: cut-mid-flow\n    connections: sever\n    ttl: 1m\n',
  );
  const { status, err } = await run(['check', aimed]);
  expect([status, err]).toEqual([2, expect.stringContaining(`${aimed}:5 cues[0].connections: sever cannot be had`)]);
});

test('the doors it knows are those of the settings', async () => {
  const text = 'summary: Two.\nrules:\n  - fault: hang\n    match: { doors: [team-a, tls] }\n';
  const file = write('doors.yaml', text);
  const { err } = await run(['check', file]);
  expect(err).toContain(`${file}:4 rules[0].match.doors[0]: unknown name "team-a"; known: main`);
  const settings = { SHOWSTOPPER_DOORS: 'team-a:8081', SHOWSTOPPER_TLS_PORT: '8443' };
  expect((await run(['check', file], settings)).status).toBe(0);
});

test('what is no regular file is named at once', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
  mkdirSync(join(folder, 'irregular/profiles'), { recursive: true });
  execFileSync('mkfifo', [join(folder, 'irregular/profiles/one.yaml')]);
  write('irregular/profiles/two.yaml', 'summary: Two.\nrules: [{ fault: hang }]\n');
  const { status, err } = await run(['check', join(folder, 'pipe.yaml'), '/dev/zero', join(folder, 'irregular')]);
  expect(status).toBe(2);
  expect(err.trim().split('\n')).toEqual([
    expect.stringContaining('pipe.yaml:1: is a pipe, and must be a regular file'),
    expect.stringContaining('/dev/zero:1: is a device, and must be a regular file'),
    expect.stringContaining('one.yaml:1: is a pipe, and must be a regular file'),
  ]);
});

test('a file that is not there is bad input', async () => {
  const { status, err } = await run(['check', join(folder, 'nowhere.yaml')]);
  expect(status).toBe(2);
  expect(err).toMatch(/nowhere\.yaml:1: cannot be read: ENOENT/);
});

test('what the command line does not know is bad usage', async () => {
  for (const args of [['chekc'], ['check', '--harder'], []]) expect((await run(args)).status).toBe(2);
  for (const args of [['--help'], ['check', '--help'], ['--version']]) expect((await run(args)).status).toBe(0);
});
