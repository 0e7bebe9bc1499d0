// How sources become the JavaScript of the package, for the build and for the tests that start it.
import { join } from 'node:path';
import type { InputOptions, OutputOptions } from 'rolldown';
import { INPUT, PEERS, ROOT } from './entries.ts';

/** Packages are bundled with our code: what is installed is one package, and a start reads a few files instead of eight hundred. */
export const bundleInput = {
  input: INPUT,
  platform: 'node',
  external: PEERS.map((name) => new RegExp(`^${name}(/|$)`)),
  // its ES module imports node:http, which loads a whole HTTP client; its CommonJS twin does not
  resolve: { alias: { '@koa/router': join(ROOT, 'node_modules/@koa/router/dist/index.js') } },
  checks: { eval: false },
} satisfies InputOptions;

export const bundleOutput = {
  format: 'esm',
  comments: { legal: true, annotation: false, jsdoc: false },
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // two files apart from the rest: an entry runs them before what an old Node cannot run, and the command the first alone
  codeSplitting: {
    groups: [
      { name: 'node-version', test: /\/base\/node-version\.ts$/, priority: 2 },
      { name: 'require-node', test: /\/base\/require-node\.ts$/, priority: 1 },
    ],
  },
} satisfies OutputOptions;
