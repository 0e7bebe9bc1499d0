// The package's face: start a Showstopper within a test, and control it.
import './base/require-node.ts';

export { type Config, ConfigError, readConfig } from './config.ts';
export { createAdminClient } from './sdk/admin-client.ts';
export { type RunningServer, type ServerOptions, StartError, startServer } from './server.ts';
