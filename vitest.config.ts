import { defineConfig } from 'vitest/config';

/** File for a report in JSON, for a check that counts. */
const report = process.env.VITEST_JSON;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    ...(report && { reporters: ['default', 'json'], outputFile: { json: report } }),
  },
});
