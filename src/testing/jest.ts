// `test` and `expect` of Jest, with an upstream of its own for each test.
import { afterAll, afterEach, test as base, expect as baseExpect } from '@jest/globals';
import { withWords } from './append-words.ts';
import { toHaveReceived, type UpstreamMatchers } from './matcher.ts';
import type { TestOptions, UpstreamOptions } from './options.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import type { TestWorld } from './test-world.ts';
import type { Upstream } from './upstream.ts';

/** Jest's own, and for the fixture one more matcher. */
export type UpstreamExpect = ((upstream: Upstream) => UpstreamMatchers & { readonly not: UpstreamMatchers }) &
  typeof baseExpect;

export interface Fixtures {
  readonly upstream: Upstream;
}

export type TestBody = (fixtures: Fixtures) => unknown;
/** Of this test. */
export interface OneTestOptions {
  readonly upstream?: UpstreamOptions;
  /** In milliseconds. */
  readonly timeout?: number;
}

type Declare = {
  (name: string, body: TestBody): void;
  (name: string, options: OneTestOptions, body: TestBody): void;
};

export interface UpstreamTest extends Declare {
  readonly only: Declare;
  readonly skip: Declare;
  /** A test that is known to fail, and passes by that. */
  readonly failing: Declare;
  /** A name to come back to. */
  readonly todo: (name: string) => void;
}

type JestTest = (name: string, body: () => Promise<void>, timeout?: number) => void;

/** A `test` whose worlds, and whose server, begin with these options; the server stops after the last test around it. */
export function createTest(options: TestOptions = {}): UpstreamTest {
  let server: Promise<TestServer> | undefined;
  const shared = (): Promise<TestServer> => (server ??= startTestServer(options));
  let underWay: TestWorld | undefined; // Jest runs one test at a time
  afterEach(async () => {
    const left = underWay;
    underWay = undefined; // it may never end, and must not fail the tests that follow
    if (left) throw new Error(`it took too long.\n\n${await lastWords(left)}`);
  });
  afterAll(async () => (await server?.catch(() => undefined))?.close());
  const declared =
    (declare: JestTest): Declare =>
    (name: string, second: OneTestOptions | TestBody, third?: TestBody) => {
      const { upstream, timeout } = typeof second === 'object' ? second : {};
      const body = typeof second === 'function' ? second : third;
      if (!body) throw new TypeError(`the test “${name}” has no function`);
      const run = async (): Promise<void> => {
        const title = { name, full: baseExpect.getState().currentTestName ?? name };
        const world = await (await shared()).open(title, upstream);
        underWay = world;
        await runIn(world, body).finally(() => {
          if (underWay === world) underWay = undefined;
        });
      };
      return timeout === undefined ? declare(name, run) : declare(name, run, timeout);
    };
  return Object.assign(declared(base), {
    only: declared(base.only),
    skip: declared(base.skip),
    failing: declared(base.failing),
    todo: (name: string) => base.todo(name),
  });
}

async function runIn(world: TestWorld, body: TestBody): Promise<void> {
  try {
    await body({ upstream: world.upstream });
  } catch (error) {
    throw withWords(error, await lastWords(world));
  }
  await world.close();
}

/** Of the world of a test that has failed, which is closed with them. */
async function lastWords(world: TestWorld): Promise<string> {
  const words = await world.told();
  await world.close().catch(() => {}); // the test's own error is told
  return words;
}

export const test = createTest();

baseExpect.extend({ toHaveReceived });
export const expect = baseExpect as UpstreamExpect;
