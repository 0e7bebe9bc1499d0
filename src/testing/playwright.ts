// `test` and `expect` of Playwright, with an upstream of its own for each test.
import {
  test as base,
  expect as baseExpect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestInfo,
  type TestType,
} from '@playwright/test';
import { appendWords } from './append-words.ts';
import { toHaveReceived } from './matcher.ts';
import type { TestOptions, UpstreamOptions } from './options.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import type { Upstream } from './upstream.ts';

export interface Fixtures {
  readonly upstream: Upstream;
  /** `test.use({ upstreamOptions: { catalog: 'festival' } })` changes them for a file or a group of tests. */
  readonly upstreamOptions: UpstreamOptions;
}

export interface WorkerFixtures {
  /** Once a worker: started by its first test that asks for `upstream`. */
  readonly showstopper: TestServer;
}

export type UpstreamTest = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
>;

/** A `test` whose worlds, and whose server, begin with these options. */
export function createTest(options: TestOptions = {}): UpstreamTest {
  return base.extend<Fixtures, WorkerFixtures>({
    upstreamOptions: [{}, { option: true }],
    showstopper: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures it needs, and it needs none
      async ({}, use) => {
        const server = await startTestServer(options);
        await use(server);
        await server.close();
      },
      { scope: 'worker' },
    ],
    upstream: async ({ showstopper, upstreamOptions }, use, info) => {
      const full = info.titlePath.slice(1).join(' > ');
      const world = await showstopper.open({ name: info.title, full }, upstreamOptions);
      await use(world.upstream);
      const failed = info.status !== info.expectedStatus;
      if (failed) await tell(info, await world.told());
      await world.close().catch((closing: unknown) => {
        if (!failed) throw closing;
      });
    },
  });
}

async function tell(info: TestInfo, words: string): Promise<void> {
  const [error] = info.errors;
  if (error) appendWords(error, words);
  await info.attach('upstream journal', { body: words, contentType: 'text/plain' });
}

export const test = createTest();
export const expect = baseExpect.extend({ toHaveReceived });
