// At the end of its output a run says which tests failed, and which passed only at the second try.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './support/shipped.ts';
import { program, type Ran, type SampleProject, sampleProject } from './testing/sample-project.ts';

const CONFIG = `
import { runRemarks } from '${join(ROOT, 'test/support/run-remarks.ts')}';
export default { test: { include: ['*.spec.js'], retry: 1, reporters: ['default', runRemarks('remarks')] } };`;

const SPEC = `
import { beforeAll, describe, expect, test } from 'vitest';
let tries = 0;
describe('a door', () => {
  test('opens', () => {});
  test('opens late', () => expect(++tries).toBe(2));
  test('stays shut', () => { throw new Error('no key\\nand no crowbar'); });
});
describe('a house', () => {
  beforeAll(() => { throw new Error('no ground'); });
  test('stands', () => {});
});`;

let project: SampleProject;
let ran: Ran;
beforeAll(async () => {
  const files = { 'vitest.config.ts': CONFIG, 'a.spec.js': SPEC, 'b.spec.js': "throw new Error('not a test');" };
  project = sampleProject({ ...files, remarks: 'what was there\n' }, ['vitest']);
  ran = await project.run([program('vitest/vitest.mjs'), 'run']);
});
afterAll(() => project.remove());

test('what passed at the second try is printed after all else, and is no failure', () => {
  expect(ran.out.match(/^passed at the second try: .*$/gm)).toEqual([
    'passed at the second try: a.spec.js > a door > opens late',
  ]);
  expect(ran.out.indexOf('passed at the second try')).toBeGreaterThan(ran.out.indexOf('Duration'));
});

test('a file keeps both it and every failure, a line each, beside what it had', () => {
  const [had, ...remarks] = readFileSync(join(project.folder, 'remarks'), 'utf8').trimEnd().split('\n');
  expect(had).toBe('what was there');
  expect(remarks.sort()).toEqual([
    'failed: a.spec.js > a door > stays shut: no key',
    'failed: a.spec.js, outside of its tests: no ground',
    'failed: b.spec.js, outside of its tests: not a test',
    'passed at the second try: a.spec.js > a door > opens late',
  ]);
});
