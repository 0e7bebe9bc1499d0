import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    maxConcurrency: 10,
    maxWorkers: 4, // they wait more than they compute
    pool: 'forks',
    isolate: false, // one upstream for each worker, and not for each file
  },
});
