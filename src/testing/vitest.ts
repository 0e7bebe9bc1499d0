// `test` and `expect` of Vitest, with an upstream of its own for each test.
import { type Assertion, test as base, type ExpectStatic, expect as plainExpect, type TestAPI } from 'vitest';
import { appendWords } from './append-words.ts';
import { toHaveReceived, type UpstreamMatchers } from './matcher.ts';
import type { Title } from './names.ts';
import type { TestOptions, UpstreamOptions } from './options.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import type { Upstream } from './upstream.ts';

/** Vitest's own, and for the fixture one more matcher; not by its `Matchers`, which differ from version to version. */
export type UpstreamExpect = ((
  upstream: Upstream,
  message?: string,
) => Assertion & UpstreamMatchers & { readonly not: UpstreamMatchers }) &
  ExpectStatic;

export interface Fixtures {
  readonly upstream: Upstream;
  /** `test.override({ upstreamOptions: { catalog: 'festival' } })` changes them for a group of tests. */
  readonly upstreamOptions: UpstreamOptions;
  /** Once a worker: started by its first test that asks for `upstream`. */
  readonly showstopper: TestServer;
}

/** A `test` whose worlds, and whose server, begin with these options. */
export function createTest(options: TestOptions = {}): TestAPI<Fixtures> {
  return base.extend<Fixtures>({
    upstreamOptions: {},
    showstopper: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures it needs, and it needs none
      async ({}, use) => {
        const server = await startTestServer(options);
        await use(server);
        await server.close();
      },
      { scope: 'worker' },
    ],
    upstream: async ({ showstopper, upstreamOptions, task }, use) => {
      const world = await showstopper.open(titleOf(task), upstreamOptions);
      const before = task.result?.errors?.length ?? 0; // of tries before this one
      await use(world.upstream);
      const error = task.result?.state === 'fail' ? task.result.errors?.[before] : undefined;
      if (error) appendWords(error, await world.told());
      await world.close().catch((closing: unknown) => {
        if (!error) throw closing;
      });
    },
  });
}

interface Named {
  readonly name: string;
  readonly suite?: Named | undefined;
}

function titleOf(task: Named): Title {
  const names: string[] = [];
  for (let at: Named | undefined = task; at; at = at.suite) names.unshift(at.name);
  return { name: task.name, full: names.join(' > ') };
}

export const test = createTest();
plainExpect.extend({ toHaveReceived });
export const expect = plainExpect as UpstreamExpect;
