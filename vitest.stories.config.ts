import { defineConfig } from 'vitest/config';
import { runRemarks } from './test/support/run-remarks.ts';

/** Files for a check: a report in JSON to count, and lines that it repeats at its end. */
const { VITEST_JSON: report, VITEST_REMARKS: remarks } = process.env;

/** Scenarios played at sockets: minutes long, so not a part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/stories/*.story.ts'],
    maxConcurrency: 8,
    pool: 'forks',
    globalSetup: ['test/support/command-package.ts'],
    ...(report && { reporters: ['default', 'json', runRemarks(remarks)], outputFile: { json: report } }),
  },
});
