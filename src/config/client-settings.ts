// What the client commands need to know: where admin is, and the token it asks for.

const DEFAULT_ADMIN_URL = 'http://127.0.0.1:9190';

export interface ClientSettings {
  readonly adminUrl: string;
  readonly token: string | undefined;
}

/** The address as asked for, then that of the environment; a token comes from the environment only. */
export function readClientSettings(adminUrl?: string, env: NodeJS.ProcessEnv = process.env): ClientSettings {
  return {
    adminUrl: adminUrl || env.SHOWSTOPPER_ADMIN_URL || DEFAULT_ADMIN_URL,
    token: env.SHOWSTOPPER_ADMIN_TOKEN || undefined,
  };
}

/** Where a probe on the same machine finds admin; what Kubernetes injects in place of a port is no port. */
export function localAdminUrl(env: NodeJS.ProcessEnv = process.env): string {
  const { SHOWSTOPPER_ADMIN_HOST: host = '', SHOWSTOPPER_ADMIN_PORT: port = '' } = env;
  const reachable = ['', '0.0.0.0', '::', '[::]'].includes(host) ? '127.0.0.1' : host;
  const authority = reachable.includes(':') && !reachable.startsWith('[') ? `[${reachable}]` : reachable;
  return `http://${authority}:${/^\d+$/.test(port) ? port : '9190'}`;
}

/** The user's folder of faults, for commands that read it without starting a server. */
export const faultsFolder = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.SHOWSTOPPER_FAULTS || undefined;
