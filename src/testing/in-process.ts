// A quiet server on free ports in the process of the tests.
import { readConfig } from '../config.ts';
import { type RunningServer, startServer } from '../server.ts';

export type Options = Record<string, unknown>;

export function startInProcess(options: Options = {}): Promise<RunningServer> {
  return startServer(
    readConfig({ port: 0, adminPort: 0, seed: 1, catalog: 'small', logLevel: 'silent', ...options }, {}),
  );
}
