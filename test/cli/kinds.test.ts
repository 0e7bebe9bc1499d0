// `showstopper kinds` needs no server and says what the registry says.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faults } from '../../src/faults/registry.ts';
import { MACHINE_ENV } from '../support/machine-env.ts';
import { ROOT } from '../support/shipped.ts';
import { run } from './command.ts';

test('every kind is listed in its own words', async () => {
  const { status, out } = await run(['kinds']);
  expect(status).toBe(0);
  for (const { name, summary } of faults)
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toContainEqual([name, summary]);
});

test('one kind is shown with what it teaches, its signature and its parameters', async () => {
  const { status, out } = await run(['kinds', 'error-status']);
  expect(status).toBe(0);
  const kind = faults.find(({ name }) => name === 'error-status');
  expect(out).toContain(kind?.teaches);
  expect(out).toContain(kind?.signature.says);
  expect(out).toMatch(/^retryAfterForm +seconds +one of seconds, date$/m);
});

test('for machines it is JSON with a schema of the parameters', async () => {
  const { status, out } = await run(['kinds', '--json']);
  expect(status).toBe(0);
  const kinds = JSON.parse(out) as { name: string; signature: object; parameters: { type: string } }[];
  expect(kinds.map(({ name }) => name)).toEqual(faults.map(({ name }) => name));
  expect(kinds.every(({ parameters }) => parameters.type === 'object')).toBe(true);
  for (const { signature } of kinds) expect(Object.keys(signature)).toEqual(['says', 'shows']);
});

test('an unknown kind is bad input, and the known ones are named', async () => {
  const { status, err } = await run(['kinds', 'earthquake']);
  expect(status).toBe(2);
  expect(err).toMatch(/no kind "earthquake"; there are: latency, hang/);
});

test('the sources run as they are, and say what the bundle says', async () => {
  const sources = execFileSync(process.execPath, [join(ROOT, 'src/cli/main.ts'), 'kinds'], {
    env: MACHINE_ENV,
    encoding: 'utf8',
  });
  expect(sources).toBe((await run(['kinds'])).out);
});
