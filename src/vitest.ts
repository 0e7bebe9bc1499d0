// Fixtures for Vitest: `test` with an upstream of its own for each test, and `expect` with `toHaveReceived`.
import './base/require-node.ts';

export type { Title } from './testing/names.ts';
export type { TestOptions, UpstreamOptions } from './testing/options.ts';
export type { ReceivedMatch, ReceivedOptions } from './testing/received.ts';
export type { TestServer } from './testing/test-server.ts';
export type { Upstream, UpstreamClock } from './testing/upstream.ts';
export { createTest, expect, type Fixtures, test, type UpstreamExpect } from './testing/vitest.ts';
