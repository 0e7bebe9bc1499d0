// Fixtures for node:test: `test` with an upstream of its own for each test.
import './base/require-node.ts';

export type { Title } from './testing/names.ts';
export {
  createTest,
  type Fixtures,
  type OneTestOptions,
  type TestBody,
  test,
  type UpstreamTest,
} from './testing/node-test.ts';
export type { TestOptions, UpstreamOptions } from './testing/options.ts';
export type { ReceivedMatch, ReceivedOptions } from './testing/received.ts';
export type { TestServer } from './testing/test-server.ts';
export type { Upstream, UpstreamClock } from './testing/upstream.ts';
