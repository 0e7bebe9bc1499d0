// The package's face: start a Showstopper within a test, and control it.
export { ConfigError, type Options } from './config.ts';
export { createAdminClient } from './sdk/admin-client.ts';
export { type StartedServer, start } from './server/start.ts';
export { type RunningServer, StartError } from './server.ts';
