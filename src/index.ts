// The package's face: start a Showstopper within a test, and control it.
import './base/require-node.ts';

export {
  type AdminClient,
  AdminError,
  AdminUnreachable,
  createAdminClient,
  type FaultScope,
  type OnOptions,
  WaitedInVain,
  type WorldScope,
} from './client.ts';
export { ConfigError, type Options } from './config.ts';
export { BadFaultsFolder, BadProfiles, BadScenarios, type StartedServer, start } from './server/start.ts';
export { StartError } from './server.ts';
