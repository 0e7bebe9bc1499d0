// `test` of node:test, with an upstream of its own for each test.
import { after, test as base, type TestOptions as RunOptions, type TestContext } from 'node:test';
import { withWords } from './append-words.ts';
import type { TestOptions, UpstreamOptions } from './options.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import type { TestWorld } from './test-world.ts';
import type { Upstream } from './upstream.ts';

export interface Fixtures {
  readonly upstream: Upstream;
  /** As node:test hands it over: for subtests, mocks and the signal. */
  readonly t: TestContext;
}

export type TestBody = (fixtures: Fixtures) => unknown;
/** Those of node:test, and of this test's world. */
export interface OneTestOptions extends RunOptions {
  readonly upstream?: UpstreamOptions;
}

type Declare = {
  (name: string, body: TestBody): Promise<void>;
  (name: string, options: OneTestOptions, body: TestBody): Promise<void>;
};

export interface UpstreamTest extends Declare {
  readonly only: Declare;
  readonly skip: Declare;
  /** A test that may fail; without a body, a name to come back to. */
  readonly todo: Declare & ((name: string) => Promise<void>);
}

type NodeTest = (name: string, options: RunOptions, body?: (t: TestContext) => Promise<void>) => Promise<void>;

/** A `test` whose worlds, and whose server, begin with these options; the server stops after the last test around it. */
export function createTest(options: TestOptions = {}): UpstreamTest {
  let server: Promise<TestServer> | undefined;
  const shared = (): Promise<TestServer> => (server ??= startTestServer(options));
  after(async () => (await server?.catch(() => undefined))?.close());
  const declared =
    (declare: NodeTest): Declare & ((name: string) => Promise<void>) =>
    (name: string, second?: OneTestOptions | TestBody, third?: TestBody) => {
      const { upstream, ...rest } = typeof second === 'object' ? second : {};
      const body = typeof second === 'function' ? second : third;
      if (!body) return declare(name, rest);
      return declare(name, rest, async (t) => {
        const title = { name: t.name, full: t.fullName };
        await runIn(await (await shared()).open(title, upstream), t, body);
      });
    };
  return Object.assign(declared(base), {
    only: declared(base.only),
    skip: declared(base.skip),
    todo: declared(base.todo),
  });
}

async function runIn(world: TestWorld, t: TestContext, body: TestBody): Promise<void> {
  let state: 'under way' | 'passed' | 'told' = 'under way';
  t.after(async () => {
    const failed = state !== 'passed';
    if (state === 'under way') for (const line of (await world.told()).split('\n')) t.diagnostic(line); // it took too long, and nobody throws
    await world.close().catch((closing: unknown) => {
      if (!failed) throw closing;
    });
  });
  try {
    await body({ upstream: world.upstream, t });
    state = 'passed';
  } catch (error) {
    const words = await world.told();
    state = 'told';
    throw withWords(error, words);
  }
}

export const test = createTest();
