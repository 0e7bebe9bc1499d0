// `test` with an upstream of its own, closed behind it: such tests may run beside each other.
import { test as plain } from 'vitest';
import { type OpenUpstream, openUpstream } from './open-upstream.ts';

export const test = plain.extend<{ upstream: OpenUpstream }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures it needs, and it needs none
  upstream: async ({}, use) => {
    const upstream = await openUpstream();
    await use(upstream);
    await upstream.close();
  },
});
