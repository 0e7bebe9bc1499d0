import { defineConfig } from 'vitest/config';

/** File for a report in JSON, for a check that counts. */
const report = process.env.VITEST_JSON;

/** Scenarios played at sockets: minutes long, so not a part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/stories/*.story.ts'],
    maxConcurrency: 8,
    pool: 'forks',
    globalSetup: ['test/support/command-package.ts'],
    ...(report && { reporters: ['default', 'json'], outputFile: { json: report } }),
  },
});
