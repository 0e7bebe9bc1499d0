// A server within a program, a test say: free ports, nothing read from the environment, nothing said on stdout but warnings.
import { type Options, readOptions } from '../config.ts';
import { type RunningServer, startServer } from '../server.ts';
import { createLog } from '../telemetry/log.ts';

export { BadFaultsFolder } from '../shelf/folder.ts';
export { BadScenarios } from '../shelf/scenario-shelf.ts';
export { BadProfiles } from '../shelf/shelf.ts';

/** `await using server = await start()` stops it at the end of the scope. */
export interface StartedServer extends RunningServer, AsyncDisposable {}

/** Where two servers beside each other, and a run after another, must not differ. */
const DEFAULTS = { port: 0, adminPort: 0, seed: 1, logLevel: 'warn' } as const satisfies Options;

/**
 * Resolves when both listeners and all profiles are live. Options are the settings of `showstopper serve`; those that
 * are not given are as there, save that ports are free ones, the seed is 1, and only warnings are logged.
 * Rejects with ConfigError, BadFaultsFolder, BadProfiles, BadScenarios or StartError for what its user can mend.
 */
export async function start(options: Options = {}): Promise<StartedServer> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const config = readOptions({ ...DEFAULTS, ...Object.fromEntries(given) });
  const log = Object.assign(await createLog({ level: config.logLevel }), { ready: () => {} });
  const server = await startServer(config, { log });
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}
