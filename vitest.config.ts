import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { runRemarks } from './test/support/run-remarks.ts';

/** Files for a check: a report in JSON to count, and lines that it repeats at its end. */
const { CI, VITEST_JSON: report, VITEST_REMARKS: remarks } = process.env;

/** Rooms without a socket: their tests compute. */
const PURE = [
  'base',
  'box-office',
  'capacity',
  'config',
  'crowd',
  'director',
  'journal',
  'scenarios',
  'shelf',
  'support',
];
/** Whose tests start processes: the command line, and what stands at the top of `test/`. */
const PROCESS = ['test/*.test.ts', 'test/{cli,server}/**/*.test.ts'];
const pure = [`test/{${PURE}}/**/*.test.ts`];

/** Whose answers are timed: they need the machine to themselves, one file after the other. */
const MEASURED = [
  'test/scorecard-calibration.test.ts',
  'test/scorecard-calibration-lasting.test.ts',
  'test/scorecard-behind-proxies.test.ts',
  'test/stall.test.ts',
  'test/admin/always-answers.test.ts',
];

/** Where the command is started. */
const globalSetup = ['test/support/command-package.ts'];

/** Sockets and processes are waited for rather than computed, so that more of them than cores overlap. */
const waiting = { maxWorkers: 2 * availableParallelism(), sequence: { groupOrder: 1 } };

/** In CI alone, what a busy machine may spoil is tried once more, and said so: sockets, processes and browsers, never what computes. */
const retry = CI ? 1 : 0;

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 10,
    expect: { poll: { interval: 10, timeout: 30_000 } },
    pool: 'forks',
    isolate: false, // no module holds state
    projects: [
      { extends: true, test: { name: 'pure', include: pure, maxWorkers: availableParallelism() } },
      {
        extends: true,
        test: {
          name: 'wire',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...pure, ...PROCESS, ...MEASURED],
          globalSetup,
          retry,
          ...waiting,
        },
      },
      { extends: true, test: { name: 'process', include: PROCESS, exclude: MEASURED, globalSetup, retry, ...waiting } },
      {
        extends: true,
        resolve: { alias: { 'showstopper/vitest': fileURLToPath(new URL('src/vitest.ts', import.meta.url)) } },
        test: { name: 'examples', include: ['examples/**/*.test.ts'], retry, maxWorkers: availableParallelism() },
      },
      {
        extends: true,
        test: { name: 'measured', include: MEASURED, globalSetup, retry, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
    ...((CI || report) && {
      reporters: ['default', ...(report ? ['json'] : []), runRemarks(remarks)],
      ...(report && { outputFile: { json: report } }),
    }),
  },
});
